"""`make screenshots`: the pictures of the README, taken from the demo course with headless Chromium.

docs/images/card.png    the feedback card of a student whose kernel is flipped
docs/images/report.png  excerpts of the class report: facts, what to teach, marks, the worst checks
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops
from pour import ROOT

DEMO = ROOT / "demo"
IMAGES = ROOT / "docs" / "images"
CARD = re.compile(
    r'<style>(?:(?!</style>).)*\.cg\.cg.*?</style>\s*<div class="cg">.*?</ul>\s*</div>', re.DOTALL
)
PAGE = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><body style="margin:12px">{}</body></html>'
EXCERPT = """<style>
details, .soft, svg.chart ~ svg.chart, svg.chart ~ details + p, .teach li:nth-child(n + 3),
h2:nth-of-type(n + 4), h2:nth-of-type(4) ~ *, tbody tr:nth-child(n + 6) { display: none !important }
p { max-width: none !important }
h2 { margin-top: 1em !important }
</style>"""  # which parts of the report are left out
WIDTH = 940  # pixels
MARGIN = 12
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def card(student: str, notebook: str, function: str) -> str:
    """Return a page with nothing but one student's card for a function."""
    feedback = (DEMO / "feedback" / student / "conv2d" / f"{notebook}.html").read_text()
    found = [text for text in CARD.findall(feedback) if f"<h3>{function}:" in text]
    return PAGE.format(found[0])


def report() -> str:
    """Return the class report, cut down to what fits a small picture."""
    page = (DEMO / "reports" / "conv2d.html").read_text()
    page = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>', "", page)  # which refuses other styles
    return page.replace("</head>", f"{EXCERPT}</head>", 1)


def shot(page: Path, height: int) -> Image.Image:
    """Return a picture of the top of a page, `height` pixels high at most, without empty margins."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("chromium not found (on Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory(prefix="cg-") as profile:
        target = Path(profile, "shot.png")
        command = [
            *(chromium, *FLAGS, f"--user-data-dir={profile}/profile", f"--window-size={WIDTH},{height}"),
            *(f"--screenshot={target}", page.as_uri()),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return trimmed(Image.open(target).convert("RGB"))


def trimmed(picture: Image.Image) -> Image.Image:
    """Return the picture with margins of one width around what is drawn."""
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, picture.getpixel((0, 0)))).getbbox()
    left, top, right, bottom = box or (0, 0, *picture.size)
    return picture.crop(
        (
            max(0, left - MARGIN),
            max(0, top - MARGIN),
            min(picture.width, right + MARGIN),
            min(picture.height, bottom + MARGIN),
        )
    )


def save(picture: Image.Image, name: str) -> None:
    """Save a picture with few colours, which keeps the file small."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = IMAGES / name
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {picture.width} by {picture.height}, {path.stat().st_size >> 10} kB")


def main() -> None:
    """Take all pictures; make the demo course first if there is none."""
    if not (DEMO / "reports" / "conv2d.html").is_file():
        subprocess.run([sys.executable, Path(__file__).with_name("demo.py")], check=True)
    with tempfile.TemporaryDirectory(prefix="cg-") as folder:
        for name, text in (("card", card("student-06", "1_convolve2d", "convolve2d")), ("report", report())):
            page = Path(folder, f"{name}.html")
            page.write_text(text)
            save(shot(page, 1600), f"{name}.png")


if __name__ == "__main__":
    main()
