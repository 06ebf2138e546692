"""A marker's minutes in formgrader: cards and pictures are there, a mark and a comment are kept."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from browsing import environment, requested, serving, wait
from common import ROOT
from injections import submission
from nbgrader.api import Gradebook
from pour import pour, released, sections
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.slow

ASSIGNMENT, NAME, REFLECTION = "conv2d", "1_convolve2d", "reflect_smaller"
UNFOLD = "document.querySelectorAll('#notebook-container details').forEach(each => each.open = true)"
FIGURES = {"edges.png", "cnn_architecture.png", "sliding_window.png"}
FLIPPED = "Your kernel is rotated by 180 degrees; use it exactly as it is written."
ELSEWHERE = "http://elsewhere.test"
READY = "return window.formgrader?.grades?.loaded && formgrader.comments?.loaded"
FLASH = "//tr[.//*[text()='{}']]//td[contains(@class, 'autograde')]/a"
LOADED = "return [...document.images].every(image => image.complete)"
# what a student could have made that acts by itself or when it is clicked on
ACTIVE = """
return [...document.querySelectorAll('#notebook-container *')].filter(element =>
    ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'META', 'LINK', 'FORM', 'VIDEO'].includes(element.tagName)
    || [...element.attributes].some(({name, value}) => /^on/i.test(name) || /^\\s*javascript:/i.test(value))
).map(element => element.outerHTML)
"""


@pytest.fixture(scope="module")
def course(room):
    """A course of one notebook with three submissions, autograded; "scripts" is full of them."""
    root = room / "course"
    shutil.copytree(ROOT / "source" / ASSIGNMENT, root / "source" / ASSIGNMENT)
    for path in (root / "source" / ASSIGNMENT).glob("*.ipynb"):
        if path.stem != NAME:
            path.unlink()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    handed_in = {"scripts": submission(ELSEWHERE)}
    for student in ("student-01", "student-06"):
        handed_in[student] = json.dumps(pour(released(ASSIGNMENT, NAME), sections(ASSIGNMENT, student)))
    for student, text in handed_in.items():
        folder = root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_text(text)
    for command in ("generate_assignment", "autograde"):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", command, ASSIGNMENT],
            cwd=root,
            env=environment(room / "home"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
    return root


@pytest.fixture(scope="module")
def gradebook(course):
    """What the gradebook says about a reflection: mark, whether it needs manual grading, comment."""

    def read(student):
        where = (REFLECTION, NAME, ASSIGNMENT, student)
        with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
            grade, comment = book.find_grade(*where), book.find_comment(*where)
            return grade.manual_score, grade.needs_manual_grade, comment.manual_comment

    return read


@pytest.fixture(scope="module")
def formgrader(course, room):
    with serving(course, room / "home") as server:
        yield server


def open_submission(browser, formgrader, student):
    """From the list of submissions to the page of one student, as a marker gets there."""
    browser.get(formgrader.address(f"/formgrader/gradebook/{ASSIGNMENT}/{NAME}"))
    wait(browser, lambda here: here.find_elements(By.CSS_SELECTOR, "#main-table .name"), "the list")
    browser.find_element(By.ID, "toggle_names").click()
    found = wait(browser, lambda here: here.find_elements(By.LINK_TEXT, student), f"the name {student}")
    requested(browser)
    found[0].click()
    wait(browser, lambda here: here.execute_script(READY), "marks and comments")
    wait(browser, lambda here: here.execute_script(LOADED), "pictures")


def there(browser, by, path):
    """The first element at this place, as soon as there is one."""
    return wait(browser, lambda here: here.find_elements(by, path), path)[0]


def test_cards_and_pictures_are_there_and_can_be_seen(course, formgrader, browser):
    open_submission(browser, formgrader, "student-06")
    cards = browser.find_elements(By.CSS_SELECTOR, ".output_area .cg")
    assert [card.text.splitlines()[0] for card in cards] == [
        "output_size: 4 of 4 points",
        "zero_pad: 4 of 4 points",
        "convolve2d_examples: 0.875 of 2 points",
        "convolve2d: 12 of 14 points",
    ]
    assert FLIPPED in cards[-1].text
    assert all(card.is_displayed() for card in cards)
    assert {card.value_of_css_property("border-top-style") for card in cards} == {"solid"}
    tables = cards[-1].find_elements(By.TAG_NAME, "table")
    assert sum(table.is_displayed() for table in tables) >= 4  # image, kernel, expected, got
    given = browser.find_element(By.ID, "test_convolve2d")
    assert given.get_attribute("placeholder") == "12"
    browser.execute_script(UNFOLD)
    pictures = browser.find_elements(By.CSS_SELECTOR, "#notebook-container img")
    assert all(browser.execute_script("return arguments[0].naturalWidth > 0", each) for each in pictures)
    sources = [each.get_attribute("src") for each in pictures if each.is_displayed()]
    assert {source.rpartition("/")[2] for source in sources} >= FIGURES
    assert (course / "autograded/student-06" / ASSIGNMENT / "figures").is_symlink()
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert sum(source.startswith("data:image/png;base64,") for source in sources) >= 4  # of code cells


def test_a_mark_and_a_comment_are_kept(formgrader, gradebook, browser):
    assert gradebook("student-01") == (None, True, None)
    open_submission(browser, formgrader, "student-01")
    browser.find_element(By.ID, REFLECTION).send_keys("1.5", Keys.TAB)
    comment = browser.find_element(By.ID, f"{REFLECTION}-comment")
    comment.click()
    comment.send_keys("Where does the half point go? See <padding>.", Keys.TAB)
    kept = (1.5, False, "Where does the half point go? See <padding>.")
    wait(browser, lambda _: gradebook("student-01") == kept, "the gradebook to hold mark and comment")
    browser.refresh()
    wait(browser, lambda here: here.execute_script(READY), "marks and comments")
    assert browser.find_element(By.ID, REFLECTION).get_attribute("value") == "1.5"
    assert browser.find_element(By.ID, f"{REFLECTION}-comment").get_attribute("value") == kept[2]
    assert gradebook("student-06") == (None, True, None)


def test_nothing_a_student_wrote_acts(formgrader, browser):
    open_submission(browser, formgrader, "scripts")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".output_area .cg")) == 4
    shown = browser.find_element(By.ID, "notebook-container").text
    assert f'</td></table><img src="{ELSEWHERE}/card"' in shown  # on the card, as words
    assert browser.title == NAME
    assert browser.execute_script(ACTIVE) == []
    assert [url for url in requested(browser) if ELSEWHERE in url] == []
    script = f"<img src=x onerror=\"document.title='INJECTED';new Image().src='{ELSEWHERE}/control'\">"
    write = "document.getElementById('notebook-container').insertAdjacentHTML('beforeend', arguments[0])"
    browser.execute_script(write, script)  # this page would run scripts, and they would be noticed
    wait(browser, lambda here: here.title == "INJECTED", "the control to run")
    assert len(browser.execute_script(ACTIVE)) == 1
    assert wait(browser, lambda here: [url for url in requested(here) if ELSEWHERE in url], "its request")


def test_the_button_grades_a_folder_without_a_notebook(course, formgrader, browser):
    """A row for everybody: who handed in nothing, and who handed in something else."""
    right = json.dumps(pour(released(ASSIGNMENT, NAME), sections(ASSIGNMENT, "student-01")))
    given = {"empty": {}, "a-script": {f"{NAME}.py": "print(1)"}, "in-a-folder": {f"w 1/{NAME}.ipynb": right}}
    for student, files in given.items():
        folder = course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        for file, text in files.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(text)
    browser.get(formgrader.address(f"/formgrader/manage_submissions/{ASSIGNMENT}"))
    for student in given:
        there(browser, By.XPATH, FLASH.format(student)).click()
        done = f"Successfully autograded '{ASSIGNMENT}' for student '{student}'."
        wait(browser, lambda here, done=done: done in here.find_element(By.TAG_NAME, "body").text, done)
        browser.refresh()
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions(ASSIGNMENT)}
    assert [scores.get(student) for student in given] == [0, 0, 24]
