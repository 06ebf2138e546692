"""A student's minutes in the site of `make site`: run a lesson in the browser, download it, hand it in."""

from __future__ import annotations

import base64
import functools
import http.server
import io
import json
import re
import threading

import lite
import pytest
from browsing import browsing, wait
from common import ROOT, blank
from PIL import Image
from pour import notebooks, pour, released, sections

from autograder import notebook as cells_of
from autograder.submission.restore import restore

PYODIDE = ROOT / ".pyodide"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (PYODIDE / ".installed").exists(), reason="Pyodide is not here (`make pyodide` brings it)"
    ),
]

LESSONS = [(lesson, name) for lesson in ("conv2d", "conv_arithmetic") for name in notebooks(lesson)]
SECONDS = 300  # Python itself has to be compiled in the browser
PANEL = "const panel = window.jupyterapp?.shell.currentWidget;"
IDLE = f"{PANEL} return panel?.context?.isReady && panel.sessionContext.session?.kernel?.status === 'idle'"
RUN = "window.jupyterapp.commands.execute('runmenu:run-all').then(arguments[0], arguments[0])"
DOWNLOAD = "window.jupyterapp.commands.execute('docmanager:download').then(arguments[0], arguments[0])"
EXAMPLES = re.compile(r"(\d+) of \1 examples pass\n|\d+ examples, and nothing wrong so far .*\n")
ADDRESS = re.compile(r'"url":"([^"?]*)')


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(room):
    """The address of the site, in which student-01 has filled in all notebooks."""
    lite.build(room / "site", PYODIDE)
    for lesson, name in LESSONS:
        filled = pour(released(lesson, name), sections(lesson, "student-01"))
        (room / "site" / "files" / lesson / f"{name}.ipynb").write_text(json.dumps(filled))
    handler = functools.partial(Quiet, directory=room / "site")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def requested(log, site):
    """What the site's pages and workers have asked for; the browser asks its maker for things, too."""
    lines = [line for line in log.read_text().splitlines() if f'"initiator":"{site}"' in line]
    return {found for line in lines for found in ADDRESS.findall(line)}


@pytest.mark.parametrize(("lesson", "name"), LESSONS)
def test_a_lesson_runs_in_the_browser_alone_and_can_be_handed_in(site, room, lesson, name):
    log = room / f"net-{name}.json"
    with browsing(room / f"home-{name}", f"--log-net-log={log}") as browser:
        browser.set_script_timeout(SECONDS)
        behaviour = {"behavior": "allow", "downloadPath": str(room)}
        browser.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
        browser.get(f"{site}/lab/index.html?path={lesson}/{name}.ipynb")
        wait(browser, lambda here: here.execute_script(IDLE), "the notebook and an idle kernel", SECONDS)
        browser.execute_async_script(RUN)
        browser.execute_async_script(DOWNLOAD)
        downloaded = room / f"{lesson}_{name}.ipynb"  # its folder becomes a part of the name
        wait(browser, lambda _: downloaded.exists(), "the download")
    handed_in = json.loads(downloaded.read_bytes())
    outputs = {cell["id"]: cell.get("outputs", []) for cell in handed_in["cells"]}
    assert [output for each in outputs.values() for output in each if output["output_type"] == "error"] == []
    for cell in filter(cells_of.is_autograded, handed_in["cells"]):
        assert EXAMPLES.fullmatch(outputs[cell["id"]][0]["text"])
    if "see" in outputs:
        [seen] = [output["data"] for output in outputs["see"] if output["output_type"] == "display_data"]
        with Image.open(io.BytesIO(base64.b64decode(seen["image/png"]))) as picture:
            assert picture.width > 400
    restored = restore(blank(lesson, name), handed_in)
    assert restored.notes == ()
    wanted = sections(lesson, "student-01")
    given = {cells_of.grade_id(cell): cells_of.source(cell) for cell in restored.notebook["cells"]}
    answers = [name for name in given if name in wanted]
    assert answers
    assert [given[name] for name in answers] == [wanted[name] for name in answers]
    asked = requested(log, site)
    assert f"{site}/static/pyodide/pyodide.asm.wasm" in asked
    moving = 'src="figures/' in "".join(cells_of.source(cell) for cell in handed_in["cells"])
    assert any(address.startswith(f"{site}/files/{lesson}/figures/") for address in asked) == moving
    assert [address for address in asked if not address.startswith(f"{site}/")] == []
