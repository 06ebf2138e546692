"""The feedback card: what students read, and what nbgrader reads off it."""

from __future__ import annotations

import html.parser
import json
import re
from dataclasses import replace

import nbformat
import numpy as np
import pytest
from common import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.utils import determine_grade

from autograder import notebook
from autograder.checks.failure import Failure, unanswered
from autograder.course.settings import LEVELS
from autograder.judge import card
from autograder.judge.job import Job
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict, summed_up
from autograder.nbgrader_plugin.feedback import TEMPLATES
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.kinds import Other
from autograder.submission.restore import restore

SOURCE = json.loads((ROOT / "source/conv2d/1_convolve2d.ipynb").read_bytes())
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def failing(call, message="wrong", outcome=None, **others):
    failure = Failure(message, "zero_pad", call, outcome or Outcome(), **others)
    return check(status="failed", message=failure.message, counterexample=failure.counterexample)


def check(status="passed", earned=0.0, **others):
    return CheckResult("id", "What is checked.", 1.0, earned, status, **others)


def cell(*checks, grade_id="test_zero_pad", score=0.0, worth=4.0, status="graded", message=""):
    return CellVerdict(grade_id, "zero_pad", score, worth, status, checks, message)


def verdict(*cells):
    return summed_up(Job("conv2d", "1", "ada", "00", SOURCE), cells, sandbox="none")


def attached(*cells):
    """The judged notebook as nbgrader reads it back from a file."""
    nb = card.attach(restore(SOURCE, SOURCE).notebook, verdict(*cells))
    return nbformat.reads(json.dumps(nb), as_version=4)


def judged_cell(nb, grade_id="test_zero_pad"):
    [found] = [c for c in nb.cells if notebook.grade_id(c) == grade_id]
    return found


class Page(html.parser.HTMLParser):
    """What a browser would see: tags, attributes and text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


TAGS = {
    *("style", "div", "h3", "p", "ul", "li", "b", "code", "span", "details", "summary"),
    *("table", "caption", "tr", "th", "td"),
}
ATTRIBUTES = {"class", "scope", "role", "tabindex", "aria-label"}


def rendered(*checks, **others):
    page = Page(card.render(cell(*checks, **others)))
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    return page.text


IMAGE = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    "evil",
    [
        failing(Call((IMAGE, 1)), message=EVIL),
        failing(Call((IMAGE, 1)), outcome=Outcome(raised=("ValueError",), text=EVIL)),
        failing(Call((IMAGE, 1)), outcome=Outcome(raised=(EVIL,), text="x")),
        failing(Call((IMAGE, 1)), outcome=Outcome(value=EVIL)),
        failing(Call((IMAGE, 1)), outcome=Outcome(value=[EVIL, (EVIL,)])),
        failing(Call((IMAGE, 1)), outcome=Outcome(value=Other(EVIL))),
        failing(Call((IMAGE, EVIL))),
        check(status="grader_error", message=EVIL),
        check(status="skipped", message=EVIL),
    ],
    ids=["message", "exception", "class", "text", "list", "type", "argument", "error", "skipped"],
)
def test_words_of_a_student_are_text_and_never_markup(evil):
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in rendered(evil)


def test_the_message_of_a_cell_is_text_too():
    assert EVIL in rendered(status="raised", message=EVIL)


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_arbitrary_words_never_make_a_tag(message, text, name):
    rendered(failing(Call((IMAGE, 1)), message=message, outcome=Outcome(raised=(name,), text=text)))
    rendered(failing(Call((IMAGE, 1)), message=message, outcome=Outcome(value=Other(text))))


def test_control_characters_of_a_result_are_not_shown():
    text = rendered(failing(Call((IMAGE, 1)), outcome=Outcome(value="a\x1b[31mb\u202ec")))
    assert "abc" in text


def test_differing_cells_are_marked_by_a_sign_in_both_arrays():
    got = np.array([[1.0, 2.0], [8.0, 4.0]])
    text = card.render(
        cell(
            failing(
                Call((IMAGE, 1)), expected=IMAGE, outcome=Outcome(value=got), differs=np.not_equal(IMAGE, got)
            )
        )
    )
    marked = re.findall(r'<td class="cg-wrong">(.*?)</td>', text)
    assert marked == [f'{value} ≠<span class="cg-said"> differs</span>' for value in ("3", "8")]
    assert text.count("≠") == 2


def test_expected_and_got_are_told_with_shape_and_dtype():
    text = rendered(
        failing(Call((IMAGE, 1)), expected=IMAGE, outcome=Outcome(value=np.ones((2, 3), np.int8)))
    )
    assert "expected 2 by 2, float64" in text
    assert "got 2 by 3, int8" in text


def test_a_call_whose_kernel_was_lost_shows_its_arguments_alone():
    shown = unanswered("zero_pad", Call((IMAGE, 1)))
    text = rendered(check(status="failed", message="The call did not finish.", counterexample=shown))
    assert "zero_pad(image, 1)" in text
    assert "expected" not in text


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        1.5,
        float("nan"),
        1j,
        "text",
        [],
        (1, [2]),
        np.zeros((0, 3)),
        np.zeros((3, 0)),
        np.float32(2),
        np.array(5),
        np.zeros(3),
        np.zeros((2, 2, 2)),
        np.zeros((9, 9)),
        np.full((2, 2), np.nan),
        np.ones((2, 2), complex),
        Other("builtins.thing"),
    ],
    ids=repr,
)
def test_whatever_came_back_can_be_shown(value):
    found = failing(Call((IMAGE, 1)), expected=IMAGE, outcome=Outcome(value=value))
    assert json.loads(json.dumps(found.counterexample.to_json(), allow_nan=False)) is not None
    assert "got" in rendered(found)


@pytest.mark.parametrize("status", ["passed", "failed", "skipped", "grader_error"])
def test_the_status_of_a_check_is_said_by_sign_and_word(status):
    assert card.SIGNS[status] in rendered(check(status=status))
    assert len(set(card.SIGNS.values())) == 4


def test_a_value_without_a_right_answer_is_shown_alone():
    failure = Failure("All weights are 0.", "my_kernel", Call(()), Outcome(value=np.zeros((3, 3))))
    text = rendered(check(status="failed", message="No.", counterexample=failure.counterexample))
    assert "your my_kernel 3 by 3, float64" in text
    assert "expected" not in text
    assert "Called" not in text


def test_a_list_of_pictures_is_shown_as_pictures():
    frames = [np.full((1, 2), 3, np.uint8), np.full((1, 2), 4, np.uint8)]
    text = rendered(failing(Call((IMAGE, 1)), expected=frames, outcome=Outcome(value=frames[:1])))
    assert "expected, 2 of 2 1 by 2, uint8" in text
    assert "got, 1 of 1 1 by 2, uint8" in text
    assert "'shape'" not in text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "[]"),
        ([[1.0]], "[[1.0]]"),
        ([[0.0, 0.0], [0.0, 5.0]], "[[0.0, 0.0], [0.0, 5.0]]"),
        ((1, 2), "1, 2"),
    ],
)
def test_nested_lists_are_shown_as_they_are(value, words):
    assert f"got: {words}" in rendered(
        failing(Call((IMAGE, 1)), expected=IMAGE, outcome=Outcome(value=value))
    )


def test_what_stands_between_backticks_is_code_and_a_lone_backtick_is_not():
    text = card.render(cell(check(message="Is `steps` there? Your line: `a<b>c = 1`; this ` is alone.")))
    assert "Is <code>steps</code> there? Your line: <code>a&lt;b&gt;c = 1</code>; this ` is alone." in text


def test_code_does_not_go_beyond_its_line():
    text = card.render(cell(check(message="One ` here,\nanother ` there.")))
    assert "<code>" not in text


# ----------------------------------------------------------------------------- who reads it, and how


class Outline(html.parser.HTMLParser):
    """Tables as lists of rows of (tag, scope), captions, headings."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.captions, self.headings, self.stack = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.stack.append(tag)
        if tag == "table":
            self.tables.append([])
            self.captions.append("")
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append((tag, dict(attrs).get("scope")))
        elif re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if "caption" in self.stack:
            self.captions[-1] += data


def test_a_table_has_a_caption_and_headers_for_its_rows_and_columns():
    found = failing(Call((np.ones((2, 3)), 1)), expected=IMAGE, outcome=Outcome(value=np.ones((4, 1))))
    outline = Outline(card.render(cell(found)))
    assert outline.captions == ["image 2 by 3, float64", "expected 2 by 2, float64", "got 4 by 1, float64"]
    for table, (height, width) in zip(outline.tables, [(2, 3), (2, 2), (4, 1)], strict=True):
        assert table[0] == [("td", None)] + [("th", "col")] * width
        assert table[1:] == [[("th", "row")] + [("td", None)] * width] * height


def test_a_card_has_one_heading_below_those_of_the_sections_and_closes_what_it_opens():
    outline = Outline(card.render(cell(check(), failing(Call((IMAGE, 1)), expected=IMAGE))))
    assert outline.headings == ["h3"]  # a lesson's sections are h2
    assert outline.stack == []


def test_what_may_scroll_can_be_reached_by_keyboard():
    text = card.render(cell(failing(Call((np.ones((2, 30)), 1)), expected=IMAGE)))
    scrolling = re.findall(r"\.cg\.cg\.cg \.([\w-]+)\{[^}]*overflow-x:auto", text)
    assert scrolling
    for name in scrolling:
        tags = re.findall(f'<div class="{name}"[^>]*>', text)
        assert tags
        assert all('tabindex="0" role="group" aria-label="' in tag for tag in tags)


STYLE = re.search("<style>(.*?)</style>", card.render(cell()), re.DOTALL)[1]
NAMED = re.compile(r"var\((--cg-[\w-]+),([^)]+)\)")
DARK = dict(re.findall(r"(--cg-[\w-]+):([^;}]+)", (TEMPLATES / "feedback.css").read_text()))


def rules(style):
    return {
        selector: dict(part.split(":", 1) for part in body.split(";") if part)
        for selectors, body in re.findall(r"([^{}]+)\{([^}]*)\}", style)
        for selector in selectors.strip().split(",")
    }


RULES = rules(NAMED.sub(r"\2", STYLE))
IN_THE_DARK = rules(NAMED.sub(lambda found: DARK[found[1]], STYLE))
BOTH = pytest.mark.parametrize("rules", [RULES, IN_THE_DARK], ids=["light", "dark"])


def luminance(colour):
    """Relative luminance, by the definition in WCAG 2."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one, other):
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_definition():
    assert contrast("#000", "#ffffff") == 21
    assert round(contrast("#767676", "#fff"), 2) == 4.54


@BOTH
def test_every_colour_of_text_can_be_read_on_every_background(rules):
    texts = {rule["color"] for rule in rules.values() if "color" in rule}
    backgrounds = {rule["background"] for rule in rules.values() if "background" in rule}
    assert len(texts) >= 4
    assert len(backgrounds) >= 4
    assert min(contrast(text, background) for text in texts for background in backgrounds) >= 4.5


@BOTH
def test_lines_that_carry_meaning_can_be_seen(rules):
    marks = [rule["outline"].split()[-1] for rule in rules.values() if "outline" in rule]
    marks += [rules[".cg.cg.cg td"]["border"].split()[-1]]
    backgrounds = {rule["background"] for rule in rules.values() if "background" in rule}
    assert min(contrast(mark, background) for mark in marks for background in backgrounds) >= 3


def test_no_colour_is_left_to_the_page():
    # JupyterLab and nbconvert colour tables and code by rules of up to two classes and two elements
    page = ".rendered_html img"  # wide pictures of the notebook, which formgrader would let stick out
    assert all(selector.startswith(".cg.cg.cg") for selector in RULES if selector != page)
    assert "color" in RULES[".cg.cg.cg *"]
    for element in ("", " code", " caption", " tr", " th", " td"):
        assert "background" in RULES[f".cg.cg.cg{element}"]
    assert RULES[".cg.cg.cg"]["color-scheme"] == "light"
    assert IN_THE_DARK[".cg.cg.cg"]["color-scheme"] == "dark"


# ------------------------------------------------------------------------------- levels of feedback

DETAILED = failing(Call((IMAGE, 1)), message="Mark A. The named mistake.", expected=IMAGE)


def feedback(level, *checks, **others):
    nb = card.attach(restore(SOURCE, SOURCE).notebook, verdict(cell(*checks, **others)), feedback=level)
    [found] = [each for each in nb["cells"] if notebook.grade_id(each) == "test_zero_pad"]
    return found, Page(found["outputs"][0]["data"]["text/html"]).text


def test_full_feedback_shows_the_call_and_is_what_there_is_without_a_setting():
    _, text = feedback("full", DETAILED)
    for words in (
        "What is checked.",
        "✗ failed (0 of 1)",
        "Mark A. The named mistake.",
        "np.array",
        "expected",
    ):
        assert words in text
    nb = card.attach(restore(SOURCE, SOURCE).notebook, verdict(cell(DETAILED)))
    assert nb == card.attach(restore(SOURCE, SOURCE).notebook, verdict(cell(DETAILED)), feedback="full")


def test_a_hint_has_the_message_and_no_call():
    _, text = feedback("hint", DETAILED)
    for words in ("What is checked.", "✗ failed (0 of 1)", "Mark A. The named mistake."):
        assert words in text
    for words in ("Called", "np.array", "expected", "zero_pad("):
        assert words not in text


def test_the_score_alone_says_nothing_of_what_failed():
    skipped = check(status="skipped", message="Not tried, because that failed.")
    _, text = feedback("score", DETAILED, skipped, check(earned=1.0))
    for words in ("What is checked.", "✗ failed (0 of 1)", "- not tried (0 of 1)", "✓ passed (1 of 1)"):
        assert words in text
    for words in ("Mark A", "named mistake", "because", "Called", "np.array", "expected", "zero_pad("):
        assert words not in text


@pytest.mark.parametrize("level", LEVELS)
def test_a_fault_of_ours_is_said_at_every_level(level):
    trouble = check(status="grader_error", message="The disk is full.")
    found, text = feedback(level, trouble, status="grader_error", message="Not judged.")
    assert "The disk is full." in text
    assert "Not judged." in text
    assert found["outputs"][1]["output_type"] == "error"


@pytest.mark.parametrize("level", LEVELS)
def test_the_score_is_the_same_at_every_level(level):
    found, _ = feedback(level, DETAILED, check(earned=1.0), score=1.0)
    assert determine_grade(nbformat.from_dict(found)) == (1, 4)


# ------------------------------------------------------------------------------ what nbgrader reads


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 4))
def test_nbgrader_reads_exactly_the_score(score):
    assert determine_grade(judged_cell(attached(cell(score=score)))) == (score, 4)


@pytest.mark.parametrize("score", [0.0, 1e-12, 0.1 + 0.2, 4 / 3, 4.0])
def test_nbgrader_reads_scores_that_print_oddly(score):
    assert determine_grade(judged_cell(attached(cell(score=score)))) == (score, 4)


def test_a_score_of_a_whole_number_type_is_read_too():
    assert determine_grade(judged_cell(attached(cell(score=3)))) == (3, 4)


def test_an_unjudged_cell_holds_an_error_and_no_points():
    judged = judged_cell(attached(cell(status="grader_error", score=4.0, message="The disk is full.")))
    assert [output.output_type for output in judged.outputs] == ["display_data", "error"]
    assert "The disk is full." in judged.outputs[1].evalue
    assert determine_grade(judged) == (0, 4)


def test_a_cell_without_verdict_counts_nothing():
    nb = attached(cell(score=4.0))
    for grade_id in ("test_output_size", "test_convolve2d"):
        judged = judged_cell(nb, grade_id)
        assert [output.output_type for output in judged.outputs] == ["error"]
        assert determine_grade(judged)[0] == 0


def test_a_verdict_on_another_cell_gives_no_points():
    nb = attached(cell(grade_id="test_of_nothing", score=4.0), cell(grade_id="zero_pad", score=4.0))
    assert sum(determine_grade(c)[0] for c in nb.cells if notebook.is_autograded(c)) == 0


def test_nothing_but_the_autograded_cells_is_changed():
    before = restore(SOURCE, SOURCE).notebook
    after = card.attach(before, verdict(cell(score=2.0)))
    for old, new in zip(before["cells"], after["cells"], strict=True):
        assert (old == new) == (not notebook.is_autograded(old))
        source = notebook.without_hidden_block(notebook.source(old))
        assert {**old, "outputs": 0, "source": source} == {
            **new,
            "outputs": 0,
            "source": notebook.source(new),
        }


def test_a_judged_notebook_is_valid():
    found = failing(Call((IMAGE, 1)), expected=IMAGE, outcome=Outcome(value=IMAGE))
    nbformat.validate(attached(cell(found), cell(grade_id="test_convolve2d", status="grader_error")))


def test_a_verdict_survives_json():
    found = failing(Call((IMAGE, 1)), expected=IMAGE, outcome=Outcome(value=np.full((2, 2), np.inf)))
    before = replace(verdict(cell(found, check(earned=1.0), score=1.0)), notes=("a", "b"))
    assert Verdict.from_json(json.loads(json.dumps(before.to_json()))) == before
