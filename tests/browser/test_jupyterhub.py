"""A course on a JupyterHub that is set up as docs/hub.md says: from a hand-in to the page that comes back."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
import small
from browsing import SECONDS, ended, environment, wait
from common import ROOT
from pour import pour
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.slow

PROXY = shutil.which("configurable-http-proxy")
SETTINGS = re.compile(r"```python\n(# jupyterhub_config\.py\n.*?)```", re.DOTALL)
HERE = """
import os, sys
from pathlib import Path
room, *ports = {room!r}, *{ports!r}
single = str(Path(sys.executable).with_name("jupyterhub-singleuser"))
shared = {{"PATH": os.environ["PATH"], "JUPYTER_CONFIG_PATH": f"{{room}}/etc"}}
c.JupyterHub.bind_url = f"http://127.0.0.1:{{ports[0]}}"
c.JupyterHub.hub_port = ports[1]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{{ports[2]}}"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{{room}}/{{{{username}}}}"
c.Spawner.cmd = [single]
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = shared
service = c.JupyterHub.services[0]
del service["user"]
service["url"] = f"http://127.0.0.1:{{ports[3]}}"
service["command"] = [single, "--allow-root"]
service["cwd"] = f"{{room}}/course"
service["environment"] |= shared | {{"HOME": f"{{room}}/grader"}}
"""
EVERYBODY = 'c = get_config()\nc.CourseDirectory.course_id = "convgrade"\nc.Exchange.root = "{}"\n'
POST = """
const [address, done] = [arguments[0], arguments[1]];
const token = document.cookie.match(/_xsrf=([^;]*)/)[1];
fetch(address, {method: "POST", headers: {"X-XSRFToken": token}})
    .then(answer => answer.text().then(text => done([answer.status, text])));
"""


@pytest.fixture(scope="module")
def hub(room):
    """The address of a hub in a folder that is gone afterwards."""
    pytest.importorskip("jupyterhub", reason="pip install '.[hub]'")
    if PROXY is None:
        pytest.skip("npm install --global configurable-http-proxy")
    (room / "etc").mkdir()
    (room / "etc/nbgrader_config.py").write_text(EVERYBODY.format(room / "exchange"))
    (room / "exchange").mkdir()
    (room / "exchange").chmod(0o777)
    small.lay_out(room / "course")
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(4)]
        ports = [each.getsockname()[1] for each in found]
    documented = SETTINGS.search((ROOT / "docs/hub.md").read_text())[1]
    here = HERE.format(room=str(room), ports=ports, proxy=[PROXY])
    (room / "jupyterhub_config.py").write_text(documented + here)
    with (room / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub"],
            cwd=room,
            env=environment(room / "home"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield answering(f"http://127.0.0.1:{ports[0]}", process, room / "hub.log")
    finally:
        with ended(process.pid):
            process.terminate()
            process.wait(60)  # until it has stopped everybody's servers


def answering(url, process, log):
    """Return the hub's address as soon as the course's server answers behind it."""
    limit = time.monotonic() + 2 * SECONDS
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/services/convgrade/api").close()
            return url
        time.sleep(0.2)
    raise AssertionError(f"the hub does not start:\n{log.read_text()[-3000:]}")


def come(browser, hub, name, page, wanted=""):
    """Log in as somebody else, go to a page, and wait until that or another one is there."""
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
    browser.get(f"{hub}/hub/login?next={page}")
    wait(browser, lambda here: here.find_elements(By.ID, "username_input"), "the hub's login")
    browser.find_element(By.ID, "username_input").send_keys(name)
    browser.find_element(By.ID, "password_input").send_keys("any")
    browser.find_element(By.ID, "login_submit").click()
    wait(browser, lambda here: here.current_url.startswith(f"{hub}{wanted or page}"), page)


def ask(browser, address):
    """Send a request as the pages' own scripts do, and return what is answered."""
    status, text = browser.execute_async_script(POST, address)
    assert status == 200, text
    return json.loads(text)


def student(browser, action):
    address = f"/user/student-01/assignments/{action}?course_id=convgrade&assignment_id={small.ASSIGNMENT}"
    return ask(browser, address)["value"]


def test_a_hand_in_gets_its_mark_and_its_page_and_students_get_no_further(hub, room, browser):
    browser.set_script_timeout(120)
    formgrader = "/services/convgrade/formgrader"
    ours = f"{formgrader}/api/assignment/{small.ASSIGNMENT}"
    come(browser, hub, "grader-01", formgrader)
    wait(browser, lambda here: here.find_elements(By.LINK_TEXT, small.ASSIGNMENT), "the assignment")
    assert ask(browser, f"{ours}/release")["success"]

    come(browser, hub, "student-01", "/hub/spawn", "/user/student-01/lab")
    (fetched,) = [each for each in student(browser, "fetch") if each["status"] == "fetched"]
    notebook = room / "student-01" / fetched["path"] / f"{small.NAME}.ipynb"
    answer = {"output_size": small.ANSWERS[0]}
    notebook.write_text(json.dumps(pour(json.loads(notebook.read_bytes()), answer)))
    student(browser, "submit")
    browser.get(f"{hub}{formgrader}")
    wait(browser, lambda here: "403" in here.page_source, "a refusal")

    come(browser, hub, "grader-02", formgrader)
    assert ask(browser, f"{ours}/collect")["success"]
    browser.get(f"{hub}{formgrader}/manage_submissions/{small.ASSIGNMENT}")
    (button,) = wait(
        browser, lambda here: here.find_elements(By.CSS_SELECTOR, ".autograde a"), "a submission"
    )
    button.click()
    wait(browser, lambda here: "4 / 4" in here.find_element(By.ID, "main-table").text, "the mark", 120)
    said = "Successfully autograded"
    wait(browser, lambda here: said in here.find_element(By.ID, "success-modal").text, said)
    for step in ("generate_feedback", "release_feedback"):
        assert ask(browser, f"{ours}/{step}")["success"]
    assert ask(browser, "/services/convgrade/api/terminals")["name"]

    come(browser, hub, "student-01", "/hub/spawn", "/user/student-01/lab")
    student(browser, "fetch_feedback")
    (page,) = (room / "student-01" / small.ASSIGNMENT / "feedback").glob("*/*.html")
    browser.get(f"{hub}/user/student-01/files/{page.relative_to(room / 'student-01')}")
    assert "output_size" in browser.find_element(By.TAG_NAME, "body").text
