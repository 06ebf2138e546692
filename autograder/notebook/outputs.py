"""A student's outputs as they may be kept: clean text and re-encoded pictures, nothing else."""

from __future__ import annotations

import base64
import io
import json
import re
import warnings
from typing import Any

from PIL import Image, ImageSequence

MAX_PIXELS = 4_000_000
MAX_FRAMES = 120
MAX_OUTPUTS = 500  # of a cell
MAX_PICTURES = 40  # of a cell
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}

_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|.)")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

Output = dict[str, Any]


def clean(text: str) -> str:
    """Text without terminal escapes, control characters, changes of writing direction and surrogates."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def clean_markdown(text: str) -> str:
    """Markdown that renders as words, lists, tables and code: no HTML, no pictures, no live links.

    Tags are shown instead of rendered, wherever they stand, because where a renderer sees code
    and where it sees HTML is not ours to guess.
    """
    text = re.sub(r"&(?=#|\w+;)", "& ", clean(text).replace("![", "["))  # entities hide schemes
    text = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text)
    text = re.sub(r"(?i)\b(javascript|vbscript|data|file)(\s*):", r"\1\2 :", text)
    return re.sub(
        r"\\(?=(href|url|style|class|cssId|require|html\w*|unicode|data|def|newcommand)\b)", "", text
    )


def for_notebook(outputs: list[Output], pictures: list[bytes], room: int = 8 << 20) -> list[Output]:
    """Notebook outputs (nbformat 4) from what a kernel reported; raises nothing, drops what is odd.

    At most `room` bytes, and bounded here, too, because a report may be forged.
    """
    kept: list[Output] = []
    left = list(pictures[:MAX_PICTURES])
    for output in outputs[:MAX_OUTPUTS]:
        try:
            made = _one(output, left)
        except (KeyError, TypeError, IndexError, ValueError, AttributeError):
            made = note("An output was left out: it could not be read.")
        room -= size([made])
        if room < 0:
            break
        kept.append(made)
    if len(kept) < len(outputs):
        kept.append(note(f"{len(outputs) - len(kept)} outputs were left out: there is more than is kept."))
    return kept


def size(outputs: list[Output]) -> int:
    """About the bytes that outputs take in a file."""
    return len(json.dumps(outputs))


def note(text: str) -> Output:
    """An output of ours among the student's."""
    return {"output_type": "stream", "name": "stdout", "text": f"[{text}]\n"}


def failed(name: str, message: str) -> Output:
    """An error output; nbgrader counts a graded cell that holds one as 0."""
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [f"{name}: {message}"]}


def not_judged(reason: str = "This cell has not been judged.") -> Output:
    """Return what a graded cell holds as long as nobody has judged it: no points, whatever else happens."""
    return failed("NotJudged", reason)


def _one(output: Output, pictures: list[bytes]) -> Output:
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": clean(output["text"])}
    if kind == "error":
        return {
            "output_type": "error",
            "ename": clean(output["ename"])[:200],
            "evalue": clean(output["evalue"])[:2000],
            "traceback": [clean(line) for line in output["traceback"]],
        }
    data = {"text/plain": clean(output["data"].get("text/plain", ""))}
    for mime, form in FORMATS.items():
        if mime in output["data"]:
            index = output["data"][mime]
            picture, pictures[index] = pictures[index], b""  # each is drawn once
            recoded = _recode(picture, form)
            if recoded is None:
                data["text/plain"] += "\n[a picture was left out: it could not be read or is too large]"
            else:
                data[recoded[0]] = base64.b64encode(recoded[1]).decode()
                break
    result: Output = {"output_type": "display_data", "data": data, "metadata": {}}
    if kind == "execute_result":
        result |= {"output_type": "execute_result", "execution_count": None}
    return result


def _recode(data: bytes, form: str) -> tuple[str, bytes] | None:
    """The picture drawn anew (PNG, or GIF when it moves), or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=(form,))
            if picture.width * picture.height > MAX_PIXELS:
                return None
            buffer = io.BytesIO()
            count = int(getattr(picture, "n_frames", 1))
            if count > 1:
                if count > MAX_FRAMES or count * picture.width * picture.height > 4 * MAX_PIXELS:
                    return None
                frames = [_frame(each) for each in ImageSequence.Iterator(picture)]
                pause = int(picture.info.get("duration", 100)) or 100
                frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=pause, loop=0)
                return "image/gif", buffer.getvalue()
            picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(buffer, "PNG")
            return "image/png", buffer.getvalue()
    except Exception:  # Pillow raises many kinds on what is not a picture
        return None


def _frame(picture: Image.Image) -> Image.Image:
    """A frame without what came with it; grey where it is grey, for which no palette has to be found."""
    coloured = picture.convert("RGB")
    red, green, blue = (band.tobytes() for band in coloured.split())
    return coloured.getchannel(0) if red == green == blue else coloured
