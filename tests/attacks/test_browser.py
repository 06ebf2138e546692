"""A feedback page full of injections, opened in a real browser: no script runs, nothing is asked for."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from common import ROOT
from injections import ASSIGNMENT, CODE, MARKDOWN, NAME, SCRIPT, submission

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--virtual-time-budget=3000", "--dump-dom"),
)


@pytest.fixture
def listening():
    """A server that writes down what it is asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_HEAD = do_GET  # noqa: N815  their names in http.server

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def opened(page, profile):
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.skipif(
    CHROMIUM is None, reason="chromium is not installed (on Debian: apt-get install chromium)"
)
def test_a_feedback_page_runs_no_script_and_asks_for_nothing(listening):
    url, asked = listening
    assert len(MARKDOWN) + len(CODE) >= 20
    root = Path(tempfile.mkdtemp(prefix="cg-"))
    try:
        for folder in ("source", "release"):
            shutil.copytree(ROOT / folder / ASSIGNMENT, root / folder / ASSIGNMENT)
            for path in (root / folder / ASSIGNMENT).glob("*.ipynb"):
                if path.stem != NAME:
                    path.unlink()
        shutil.copy(ROOT / "nbgrader_config.py", root)
        student = "evil<img src=x onerror=alert(1)>"
        folder = root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_text(submission(url))
        for command in ("generate_assignment", "autograde", "generate_feedback"):
            arguments = [sys.executable, "-m", "nbgrader", command, ASSIGNMENT]
            done = subprocess.run(
                arguments, cwd=root, capture_output=True, text=True, check=False, timeout=200
            )
            assert done.returncode == 0, done.stderr[-3000:]
        page = root / "feedback" / student / ASSIGNMENT / f"{NAME}.html"
        assert not re.search(r"<(script|iframe|object|embed|base|form)\b", page.read_text(), re.IGNORECASE)
        dom = opened(page, root / "profile")
        assert "INJECTED" not in re.findall(r"<title>(.*?)</title>", dom, re.DOTALL)
        assert "<h1" in dom  # it is the page, not an error
        assert asked == []
        control = root / "control.html"  # the same browser does run scripts and does ask
        control.write_text(
            f"<title>x</title><script>{SCRIPT.replace('URL', url)}</script><img src={url}/control>"
        )
        assert "<title>INJECTED</title>" in opened(control, root / "profile-2")
        assert "/control" in asked
    finally:
        shutil.rmtree(root)
