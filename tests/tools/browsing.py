"""A Jupyter server and a browser for a test: nothing of the user's is read, nothing is left behind."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
SECONDS = 40  # the longest that anything is waited for

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--window-size=1400,1000", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
)
OPTIONS = (
    *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"),
    "--LabApp.expose_app_in_browser=True",  # for asking the page what it is doing, instead of sleeping
)
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},  # would cover things
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight are on the page, too
}


@dataclass(frozen=True)
class Server:
    """A running Jupyter server."""

    url: str
    token: str

    def address(self, path: str) -> str:
        """Return the address of a page, for a browser that has not logged in yet."""
        return f"{self.url}/login?token={self.token}&next={path}"


def environment(home: Path) -> dict[str, str]:
    """Return the environment of somebody who has just come to this machine, with `home` as home."""
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    foreign = ("JUPYTER", "IPYTHON", "XDG_")
    own = {
        "HOME": home,
        "TMPDIR": home / "tmp",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {name: str(path) for name, path in own.items()}


@contextlib.contextmanager
def serving(folder: Path, home: Path) -> Iterator[Server]:
    """Run JupyterLab with nbgrader's extensions, in `folder`, on a free port of this machine."""
    for name, values in SETTINGS.items():
        path = home / "config" / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values))
    log = home / "server.log"
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=folder, env=environment(home), stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )
    try:
        yield _said(process, home / "runtime", log)
    finally:
        with ended(process.pid):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
        process.wait()


def _said(process: subprocess.Popen[bytes], runtime: Path, log: Path) -> Server:
    """Return what a server says of itself as soon as it answers."""
    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit and process.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(json.JSONDecodeError):  # half written
                said = json.loads(path.read_text())
                return Server(said["url"].rstrip("/"), said["token"])
        time.sleep(0.1)
    raise AssertionError(f"the Jupyter server does not start:\n{log.read_text()[-3000:]}")


@contextlib.contextmanager
def browsing(home: Path, *flags: str) -> Iterator[Chrome]:
    """Run headless Chromium, its profile in `home`; it finds this machine and no other."""
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, *flags, f"--user-data-dir={home / 'profile'}"):
        options.add_argument(flag)
    options.page_load_strategy = "eager"  # formgrader's pages ask for a library on the internet
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = Chrome(options=options, service=ChromeService(CHROMEDRIVER, env=environment(home)))
    try:
        yield driver
    finally:
        with ended(driver.service.process.pid):
            driver.quit()


@contextlib.contextmanager
def ended(pid: int) -> Iterator[None]:
    """Let the block end a process, then end what that had started."""
    started = psutil.Process(pid).children(recursive=True)
    try:
        yield
    finally:
        for process in started:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(started, timeout=10)


def wait(browser: Chrome, condition: Callable[[Chrome], Any], what: str, seconds: float = SECONDS) -> Any:
    """Return what `condition(browser)` gives as soon as it is true."""
    return WebDriverWait(browser, seconds, poll_frequency=0.2).until(condition, f"waited for: {what}")


def requested(browser: Chrome) -> list[str]:
    """Return the addresses that pages have asked for since this was called last."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
