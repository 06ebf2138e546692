"""A student's minutes in JupyterLab: run a lesson as it was released, fill it, validate it, watch it."""

from __future__ import annotations

import base64
import io
import json
import shutil
import tempfile
from pathlib import Path

import pytest
from browsing import serving, wait
from commands import run
from common import ROOT, blank
from PIL import Image
from pour import notebooks, pour, released, sections
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from autograder.submission.restore import restore

pytestmark = pytest.mark.slow

NAME = "1_convolve2d"
PANEL = "const panel = window.jupyterapp?.shell.currentWidget;"
IDLE = f"{PANEL} return panel?.context?.isReady && panel.sessionContext.session?.kernel?.status === 'idle'"
COUNTS = f"""{PANEL}
    return panel.content.widgets.filter(cell => cell.model.type === 'code')
        .map(cell => cell.model.executionCount ?? 0)  // they only grow; a cell that waits has none
"""
SAVED = f"{PANEL} return !panel.context.model.dirty"
CELL = f"{PANEL} return panel.content.widgets.find(cell => cell.model.id === arguments[0]).node"
LOADED = "return arguments[0].every(image => image.complete && image.naturalWidth > 0)"
STILL = r"title=\"My dilation\""
SHOWN = f"""{PANEL}
    const room = panel.content.node.getBoundingClientRect();
    return [...panel.node.querySelectorAll('.jp-RenderedMarkdown img')].filter(image => image.src)
        .filter(image => !image.src.includes('.gif')).map(image => {{
            const box = image.getBoundingClientRect();
            return [image.alt, image.naturalWidth, room.width - box.width, room.height - box.height]
        }})
"""
UNFOLD = "document.querySelectorAll('.jp-Notebook details').forEach(each => each.open = true)"
TODO = "NotImplementedError: {} is still a TODO"
LESSONS = [(lesson, name) for lesson in ("conv2d", "conv_arithmetic") for name in notebooks(lesson)]
LAST = {  # the function whose cell is edited before it is saved
    "1_convolve2d": "convolve2d",
    "2_normalization": "edge_magnitude",
    "3_custom_kernels": "transition_frames",
    "1_dilation": "max_pool2d",
    "2_transposed": "conv_transpose2d",
}


@pytest.fixture(scope="module")
def lab(room):
    """JupyterLab in a folder where each test has a folder of its own."""
    (room / "work").mkdir()
    with serving(room / "work", room / "home") as server:
        yield server


@pytest.fixture
def handed_out(room):
    """Folder of this test with both assignments as they were released."""
    folder = Path(tempfile.mkdtemp(dir=room / "work"))
    for assignment in ("conv2d", "conv_arithmetic"):
        shutil.copytree(ROOT / "release" / assignment, folder / assignment)
    return folder


def fill(folder, assignment, notebook, *, but=()):
    """Put what student-01 wrote into a notebook's cells, some left out."""
    texts = {name: text for name, text in sections(assignment, "student-01").items() if name not in but}
    path = folder / assignment / f"{notebook}.ipynb"
    path.write_text(json.dumps(pour(released(assignment, notebook), texts)))


def open_notebook(browser, lab, path):
    """Open a notebook, in a workspace of this test's own, and wait for its kernel."""
    browser.get(lab.address(f"/lab/workspaces/{path.split('/')[0]}/tree/{path}"))
    wait(browser, lambda here: here.execute_script(IDLE), "the notebook and an idle kernel")


def run_all(browser):
    """Run > Run All Cells."""
    menu = "//*[contains(@class, 'lm-MenuBar-itemLabel')][text()='Run']"
    browser.find_element(By.XPATH, menu).click()
    item = wait(
        browser,
        lambda here: here.find_elements(By.CSS_SELECTOR, ".lm-Menu-item[data-command='runmenu:run-all']"),
        "the menu",
    )
    before = max(browser.execute_script(COUNTS))
    item[0].click()
    wait(browser, lambda here: min(here.execute_script(COUNTS)) > before, "all cells to be run")
    wait(browser, lambda here: here.execute_script(IDLE), "the last one to end")


def validated(browser):
    """Press Validate and close the dialog; what it said."""
    browser.find_element(By.CSS_SELECTOR, ".validate-button").click()
    dialogs = wait(
        browser, lambda here: here.find_elements(By.CSS_SELECTOR, ".jp-Dialog-content"), "a dialog"
    )
    text = dialogs[0].text
    dialogs[0].find_element(By.CSS_SELECTOR, "button").click()
    wait(browser, lambda here: not here.find_elements(By.CSS_SELECTOR, ".jp-Dialog"), "the dialog to close")
    return text


def cell(browser, identity):
    """The cell with this id, in sight."""
    found = browser.execute_script(CELL, identity)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    return found


def write(browser, identity, text):
    """Replace what stands in a cell."""
    editor = cell(browser, identity).find_element(By.CSS_SELECTOR, ".cm-content")
    editor.click()
    editor.send_keys(Keys.CONTROL, "a")
    browser.execute_cdp_cmd("Input.insertText", {"text": text})  # in one go, or the editor indents it again


def save(browser):
    """Press Ctrl+S."""
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("s").key_up(Keys.CONTROL).perform()
    wait(browser, lambda here: here.execute_script(SAVED), "the notebook to be saved")


def test_as_released_everything_runs_and_validate_says_what_is_missing(lab, handed_out, browser):
    open_notebook(browser, lab, f"{handed_out.name}/conv2d/{NAME}.ipynb")
    run_all(browser)
    assert "This cell needs your convolve2d first." in cell(browser, "see").text
    said = validated(browser)
    for function in ("output_size", "zero_pad", "convolve2d"):
        assert f"{function}(" in said
        assert said.count(f"\n{TODO.format(function)}\n") == 1
    assert "YOUR ANSWER HERE\nYou did not provide a response." in said
    assert "Success" not in said
    assert "convgrade" not in said


def test_a_mistake_is_named_by_its_example_and_the_right_answer_passes(lab, handed_out, browser):
    fill(handed_out, "conv2d", NAME, but=["convolve2d"])
    open_notebook(browser, lab, f"{handed_out.name}/conv2d/{NAME}.ipynb")
    right = sections("conv2d", "student-01")["convolve2d"]
    write(browser, "convolve2d", right.replace("kernel.astype(float)", "kernel[::-1, ::-1].astype(float)"))
    run_all(browser)
    said = validated(browser)
    assert said.count("The following cell failed:") == 1
    assert "    [[19, 24],              [[11. 16.]\n     [34, 39]]               [26. 31.]]" in said
    write(browser, "convolve2d", right)
    run_all(browser)
    assert "kernel rotated first" in cell(browser, "flip").text
    save(browser)
    written = {
        each["id"]: each for each in json.loads((handed_out / f"conv2d/{NAME}.ipynb").read_bytes())["cells"]
    }
    assert "".join(written["convolve2d"]["source"]) == right
    assert [output["text"] for output in written["test-convolve2d"]["outputs"]] == [
        ["5 of 5 examples pass\n"]
    ]
    assert "Success! Your notebook passes all the tests." in validated(browser)


def test_a_moving_picture_of_the_students_own_function_is_shown(lab, handed_out, browser):
    fill(handed_out, "conv2d", NAME)
    fill(handed_out, "conv_arithmetic", "1_dilation")
    path = handed_out / "conv_arithmetic/1_dilation.ipynb"
    still = path.read_text()
    assert still.count(STILL) == 1
    path.write_text(still.replace(STILL, f"{STILL}, moving=True"))
    open_notebook(browser, lab, f"{handed_out.name}/conv_arithmetic/1_dilation.ipynb")
    run_all(browser)
    moving = cell(browser, "watch").find_elements(By.CSS_SELECTOR, ".jp-OutputArea img")
    lesson = browser.find_elements(By.CSS_SELECTOR, ".jp-MarkdownOutput img")
    assert len(moving) == 1
    assert len(lesson) >= 10
    wait(browser, lambda here: here.execute_script(LOADED, moving + lesson), "the pictures")
    assert moving[0].is_displayed()
    header, _, data = moving[0].get_attribute("src").partition(",")
    assert header == "data:image/gif;base64"
    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        assert picture.n_frames >= 16  # a place a frame: the output has 4 by 4 numbers
        assert picture.width == moving[0].size["width"]


def all_shown(browser):
    """Whether the text has its pictures, also those folded away, and each has been read."""
    browser.execute_script(UNFOLD)
    found = browser.execute_script(SHOWN)
    return found and all(width for _, width, *_ in found)


def test_without_its_folder_a_notebook_shows_pictures_that_fit_a_laptop(lab, handed_out, browser):
    browser.set_window_size(1366, 768)
    for lesson, name in LESSONS:
        shutil.rmtree(handed_out / lesson / "figures", ignore_errors=True)
        open_notebook(browser, lab, f"{handed_out.name}/{lesson}/{name}.ipynb")
        wait(browser, all_shown, "the pictures")
        shown = browser.execute_script(SHOWN)
        assert [alt for alt, _, across, down in shown if across < 0 or down < 0] == []


@pytest.mark.parametrize("notebook", LESSONS, ids=[name for _, name in LESSONS])
def test_what_jupyterlab_saves_is_graded_as_if_never_opened(lab, handed_out, browser, course, notebook):
    lesson, name = notebook
    fill(handed_out, lesson, name)
    path = handed_out / lesson / f"{name}.ipynb"
    before = json.loads(path.read_bytes())
    open_notebook(browser, lab, str(path.relative_to(handed_out.parent)))
    run_all(browser)
    edited = sections(lesson, "student-01")[LAST[name]] + "\n    # looked at once more"
    write(browser, LAST[name].replace("_", "-"), edited)
    save(browser)
    saved = json.loads(path.read_bytes())
    assert saved["cells"] != before["cells"], "outputs, at least"
    found = restore(blank(lesson, name), saved)
    wanted = restore(blank(lesson, name), pour(before, {LAST[name]: edited}))
    assert found.notes == ()
    assert found.notebook == wanted.notebook
    verdict = json.loads(run(course, "convgrade", "check", str(path), "--json").stdout)
    assert (verdict["notes"], verdict["score"]) == ([], verdict["max_score"])
