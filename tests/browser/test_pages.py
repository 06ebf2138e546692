"""The pages for students and teachers, in a browser: accessible wide and narrow, by day and by night."""

from __future__ import annotations

import base64
import importlib.resources
import io

import pytest
import small
from commands import run
from nbgrader.api import Gradebook
from pypdf import PdfReader

pytestmark = pytest.mark.slow

AXE = importlib.resources.files("axe_core_python") / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
CHECK = """
const [levels, done] = arguments;
document.querySelectorAll("details").forEach(each => each.open = true);
axe.run({runOnly: levels}).then(found => done(found.violations.map(
    each => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`)));
"""
WIDTHS, SCHEMES = (1280, 400), ("light", "dark")


@pytest.fixture(scope="module")
def pages(room):
    """A feedback page with comments and the class report of a small course."""
    root = small.lay_out(room / "course")
    small.hand_in(root, 5)
    assert run(root, "nbgrader", "autograde", small.ASSIGNMENT).returncode == 0
    where = (small.NAME, small.ASSIGNMENT, "student-002")
    with Gradebook(f"sqlite:///{root}/gradebook.db", "convgrade") as book:
        book.find_comment("output_size", *where).manual_comment = "See `stride` <b>again</b>."
        book.db.commit()
    done = run(root, "nbgrader", "generate_feedback", small.ASSIGNMENT)
    assert done.returncode == 0
    assert "WARNING" not in done.stderr
    assert run(root, "convgrade", "report", small.ASSIGNMENT).returncode == 0
    return {
        "feedback": root / "feedback" / "student-002" / small.ASSIGNMENT / f"{small.NAME}.html",
        "report": root / "reports" / f"{small.ASSIGNMENT}.html",
    }


@pytest.mark.parametrize("name", ["feedback", "report"])
def test_axe_finds_nothing_and_nothing_sticks_out(pages, browser, name):
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})  # the page would not let axe in
    for width in WIDTHS:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        for scheme in SCHEMES:
            scheme_wanted = [{"name": "prefers-color-scheme", "value": scheme}]
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": scheme_wanted})
            browser.get(pages[name].as_uri())
            assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
            browser.execute_script(AXE.read_text())
            assert browser.execute_async_script(CHECK, LEVELS) == [], (width, scheme)
    browser.execute_script("document.querySelector('h1').style.color = '#333'")
    assert any(each.startswith("color-contrast") for each in browser.execute_async_script(CHECK, LEVELS))


def test_the_head_row_is_repeated_on_every_printed_page(pages, browser, room):
    rows = "const body = document.querySelector('#students tbody');"
    browser.get(pages["report"].as_uri())
    browser.execute_script(f"{rows} for (let n = 0; n < 6; n++) body.append(...body.cloneNode(true).rows)")
    printed = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(printed)).pages]
    with_rows = [text for text in texts if "student-003" in text and "student-004" in text][-3:]
    assert len(with_rows) == 3
    assert all("feedback remarks" in text for text in with_rows)
