"""A submission is rebuilt on the source notebook, whatever was done to its cells."""

from __future__ import annotations

import copy
import json

import pytest
from common import ROOT, blank
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters import Highlight2HTML

from autograder import notebook
from autograder.submission.reading import MAX_BYTES, MAX_CELLS, Unreadable, parse
from autograder.submission.restore import MAX_RENDERED, MAX_SOURCE, PLAIN, restore

SOURCE = json.loads((ROOT / "source/conv2d/1_convolve2d.ipynb").read_bytes())
RELEASED = json.loads((ROOT / "release/conv2d/1_convolve2d.ipynb").read_bytes())
ANSWER = "def zero_pad(image, padding):\n    return image"


@pytest.fixture
def submitted():
    return copy.deepcopy(RELEASED)


def named(nb, grade_id):
    [found] = [cell for cell in nb["cells"] if notebook.grade_id(cell) == grade_id]
    return found


def position(nb, grade_id):
    return nb["cells"].index(named(nb, grade_id))


def restored(submitted):
    """The restored notebook and its notes; what holds always is checked here."""
    before = copy.deepcopy((SOURCE, submitted))
    result = restore(SOURCE, submitted)
    assert (SOURCE, submitted) == before, "the inputs were changed"
    check_skeleton(result.notebook)
    again = restore(SOURCE, result.notebook)
    assert again.notebook == result.notebook, "not idempotent"
    assert not [text for text in again.notes if text not in result.notes]
    return result.notebook, result.notes


def check_skeleton(nb):
    cells = nb["cells"]
    assert {**nb, "cells": []} == {**SOURCE, "cells": []}
    ids = [cell["id"] for cell in cells]
    assert len(set(ids)) == len(ids)
    ours = {cell["id"]: cell for cell in SOURCE["cells"]}
    assert [name for name in ids if name in ours] == list(ours)
    for cell in cells:
        held = [output["output_type"] for output in cell.get("outputs", [])]
        assert held == (["error"] if notebook.is_autograded(cell) else [])
        assert cell.get("execution_count") is None
        original = ours.get(cell["id"])
        metadata = {name: part for name, part in cell["metadata"].items() if name not in PLAIN}
        if original is None:
            assert metadata == {}
            continue
        assert cell["cell_type"] == original["cell_type"]
        assert metadata == original["metadata"]
        if notebook.grade_id(cell) and not notebook.is_solution(cell):
            assert cell["source"] == notebook.source(original)


def note(notes, *words):
    """The one note that holds all the words."""
    [found] = [text for text in notes if all(word in text for word in words)]
    return found


def test_the_source_restored_on_itself_stays_as_it_is():
    nb, notes = restored(SOURCE)
    assert notes == ()
    assert [(c["id"], c["source"]) for c in nb["cells"]] == [
        (c["id"], notebook.source(c)) for c in SOURCE["cells"]
    ]


def test_the_released_notebook_needs_no_repair(submitted):
    nb, notes = restored(submitted)
    assert notes == ()
    assert "NotImplementedError" in named(nb, "zero_pad")["source"]
    assert "# convgrade: zero_pad" in named(nb, "test_zero_pad")["source"]


def test_what_the_student_wrote_is_kept(submitted):
    named(submitted, "zero_pad")["source"] = ANSWER
    named(submitted, "reflect_smaller")["source"] = "Because."
    nb, notes = restored(submitted)
    assert notes == ()
    assert named(nb, "zero_pad")["source"] == ANSWER
    assert named(nb, "reflect_smaller")["source"] == "Because."


def test_a_source_may_be_a_list_of_lines(submitted):
    named(submitted, "zero_pad")["source"] = ANSWER.splitlines(keepends=True)
    nb, notes = restored(submitted)
    assert (named(nb, "zero_pad")["source"], notes) == (ANSWER, ())


def test_of_a_solution_that_is_there_twice_the_changed_one_counts(submitted):
    first = named(submitted, "zero_pad")
    first["source"] = notebook.source(named(SOURCE, "zero_pad"))
    submitted["cells"].append({**first, "id": "copy", "source": ANSWER})
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == ANSWER
    note(notes, "'zero_pad'", "2 times")


def test_a_test_cell_that_is_there_three_times_is_there_once_again(submitted):
    test = named(submitted, "test_zero_pad")
    submitted["cells"] += [{**test, "id": "copy-1"}, {**test, "id": "copy-2"}]
    nb, notes = restored(submitted)
    assert len(nb["cells"]) == len(SOURCE["cells"])
    assert "3 times" in note(notes, "'test_zero_pad'")


def test_a_copied_plain_cell_is_a_cell_of_the_students_own(submitted):
    plain = submitted["cells"][1]
    submitted["cells"].insert(2, {**plain, "id": "copy"})
    nb, notes = restored(submitted)
    assert notes == ()
    assert [cell["source"] for cell in nb["cells"][1:3]] == [notebook.source(plain)] * 2


@pytest.mark.parametrize("grade_id", ["test_zero_pad", "test_convolve2d", "test_output_size"])
def test_a_deleted_test_is_put_back(submitted, grade_id):
    submitted["cells"].remove(named(submitted, grade_id))
    _, notes = restored(submitted)
    assert "put back" in note(notes, repr(grade_id))


def test_a_deleted_solution_counts_as_unanswered(submitted):
    submitted["cells"].remove(named(submitted, "zero_pad"))
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == ""
    assert "unanswered" in note(notes, "'zero_pad'")


def test_the_answer_of_the_source_never_stands_in_for_a_missing_one():
    nb, _ = restored({"cells": []})
    text = json.dumps(nb)
    assert "BEGIN SOLUTION" in json.dumps(SOURCE)
    assert "BEGIN SOLUTION" not in text


def test_a_deleted_plain_cell_is_put_back_without_a_word(submitted):
    del submitted["cells"][1]
    _, notes = restored(submitted)
    assert notes == ()


def test_a_solution_that_lost_its_id_is_found_by_its_function(submitted):
    cell = named(submitted, "zero_pad")
    cell.update(id="new", metadata={}, source=ANSWER)
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == ANSWER
    note(notes, "'zero_pad'", "lost its id")


def test_of_several_cells_that_define_a_lost_solution_the_last_counts(submitted):
    at = position(submitted, "zero_pad")
    lost = {"cell_type": "code", "id": "a", "metadata": {}, "source": ANSWER}
    submitted["cells"][at : at + 1] = [lost, {**lost, "id": "b", "source": "zero_pad = abs"}]
    nb, _ = restored(submitted)
    assert named(nb, "zero_pad")["source"] == "zero_pad = abs"


@pytest.mark.parametrize("other", ["zero_padding", "", None, 7, [], {}, ["zero_pad"]])
def test_a_renamed_grade_id_is_found_by_the_id_of_the_cell(submitted, other):
    cell = named(submitted, "zero_pad")
    cell["metadata"]["nbgrader"]["grade_id"] = other
    cell["source"] = ANSWER
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == ANSWER
    assert "settings" in note(notes, "'zero_pad'")


@pytest.mark.parametrize(
    "change",
    [{"points": 100}, {"grade": False}, {"solution": True}, {"locked": False}, {"task": True}],
    ids=str,
)
def test_changed_settings_of_a_test_are_restored(submitted, change):
    named(submitted, "test_zero_pad")["metadata"]["nbgrader"].update(change)
    _, notes = restored(submitted)
    assert "settings" in note(notes, "'test_zero_pad'")


def test_an_edited_test_is_restored(submitted):
    named(submitted, "test_zero_pad")["source"] = "pass"
    nb, notes = restored(submitted)
    assert "locked and was restored" in note(notes, "'test_zero_pad'")
    assert position(nb, "test_zero_pad") == [cell["source"] for cell in nb["cells"]].index("pass") + 1


def test_a_test_that_lost_a_line_is_restored(submitted):
    cell = named(submitted, "test_zero_pad")
    cell["source"] = notebook.source(cell).split("\n", 1)[1]
    nb, notes = restored(submitted)
    assert len(nb["cells"]) == len(SOURCE["cells"])
    assert "had been changed; it was restored" in note(notes, "'test_zero_pad'")


def test_blank_lines_around_a_test_are_no_change(submitted):
    named(submitted, "test_zero_pad")["source"] += "\n\n"
    assert restored(submitted)[1] == ()


@pytest.mark.parametrize(
    "tags", [["skip-execution"], ["remove_cell", "raises-exception"], "skip-execution", 5]
)
@pytest.mark.parametrize("grade_id", ["zero_pad", "test_zero_pad"])
def test_tags_of_the_students_are_removed(submitted, tags, grade_id):
    named(submitted, grade_id)["metadata"]["tags"] = tags
    _, notes = restored(submitted)
    assert "settings" in note(notes, repr(grade_id))


def test_a_note_on_a_cell_without_grade_id_names_the_cell(submitted):
    submitted["cells"][1]["metadata"]["tags"] = ["skip-execution"]
    _, [text] = restored(submitted)
    assert repr(SOURCE["cells"][1]["id"]) in text


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_cell_whose_type_was_changed_is_turned_back(submitted, kind):
    cell = named(submitted, "zero_pad")
    cell.update(cell_type=kind, source=ANSWER)
    named(submitted, "test_zero_pad")["cell_type"] = kind
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == ANSWER
    assert kind in note(notes, "turned back")


def test_cells_in_another_order_go_back_to_their_places(submitted):
    named(submitted, "zero_pad")["source"] = ANSWER
    submitted["cells"].reverse()
    nb, _ = restored(submitted)
    assert [c["id"] for c in nb["cells"]] == [c["id"] for c in SOURCE["cells"]]
    assert named(nb, "zero_pad")["source"] == ANSWER


def test_own_cells_stay_where_they_were(submitted):
    own = {"cell_type": "code", "metadata": {}, "outputs": []}
    at = position(submitted, "zero_pad")
    submitted["cells"].insert(at, {**own, "source": "helper = 1"})
    submitted["cells"].insert(0, {**own, "source": "first = 1"})
    submitted["cells"].append({**own, "source": "last = 1", "cell_type": "markdown"})
    nb, notes = restored(submitted)
    assert notes == ()
    sources = [cell["source"] for cell in nb["cells"]]
    assert (sources[0], sources[-1]) == ("first = 1", "last = 1")
    assert sources.index("helper = 1") == position(nb, "zero_pad") - 1


def test_an_own_cell_cannot_pass_for_a_graded_one(submitted):
    forged = copy.deepcopy(named(submitted, "test_zero_pad"))
    forged["metadata"]["nbgrader"]["grade_id"] = "test_bonus"
    submitted["cells"].append({**forged, "id": "bonus"})
    nb, _ = restored(submitted)
    assert [cell for cell in nb["cells"] if notebook.grade_id(cell) == "test_bonus"] == []


def test_no_output_of_the_submission_survives(submitted):
    for cell in submitted["cells"]:
        cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "14.0 MARK"}}]
        cell["attachments"] = cell["execution_count"] = "MARK"
    submitted["metadata"] = {"MARK": 1}
    submitted["cells"].append({**submitted["cells"][0], "id": "own"})
    nb, _ = restored(submitted)
    assert "MARK" not in json.dumps(nb)


@pytest.mark.parametrize("cell", [None, 5, "code", [], {}, {"cell_type": []}, {"cell_type": "html"}])
def test_a_cell_that_is_none_is_left_out_and_said(submitted, cell):
    submitted["cells"][3:3] = [cell, cell]
    nb, notes = restored(submitted)
    assert len(nb["cells"]) == len(SOURCE["cells"])
    assert "2 cells could not be read" in note(notes, "left out")


def test_a_cell_too_long_to_read_is_left_out_and_said(submitted):
    named(submitted, "zero_pad")["source"] = "#" * (MAX_SOURCE + 1)
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == ""
    note(notes, "1 cells could not be read")


@pytest.mark.parametrize(
    "texts", [["**a *b " * 3_000], ["\\begin{a}" * 2_000] * 8], ids=["one that is long", "many together"]
)
def test_text_that_would_take_minutes_to_render_is_shown_as_it_was_written(submitted, texts):
    submitted["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": text} for text in texts]
    nb, notes = restored(submitted)
    shown = [each["source"] for each in nb["cells"][-len(texts) :]]
    assert shown[-1] == f"```\n{texts[-1]}\n```"
    assert sum(len(text) for text in shown if not text.startswith("```")) <= MAX_RENDERED
    assert note(notes, "a very long text is shown as it was written")


@pytest.mark.parametrize(
    "texts",
    [["a" + " \n" * 9_000 + "b"], ["a." * 9_000], ["b = 1\n" * 5_000], ["b = 1\n" * 3_000] * 6],
    ids=["blank lines", "dots", "one that is long", "many together"],
)
def test_code_that_would_take_minutes_to_colour_is_shown_without_colours(submitted, texts):
    named(submitted, "zero_pad")["source"] = ANSWER
    submitted["cells"] += [{"cell_type": "code", "metadata": {}, "source": text} for text in texts]
    nb, _ = restored(submitted)
    own = nb["cells"][-len(texts) :]
    assert [cell["source"] for cell in own] == texts
    page = Highlight2HTML(pygments_lexer="ipython3")(own[-1]["source"], metadata=own[-1]["metadata"])
    assert "<span></span>" in page
    assert page.count("<span") == 1
    coloured = [cell for cell in own if "magics_language" not in cell["metadata"]]
    assert sum(len(cell["source"]) for cell in coloured) + len(ANSWER) <= MAX_RENDERED
    assert "magics_language" not in named(nb, "zero_pad")["metadata"]


@pytest.mark.parametrize("metadata", [None, 5, [], "x", {"nbgrader": None}, {"nbgrader": []}])
def test_a_cell_without_proper_metadata_is_found_by_its_id(submitted, metadata):
    named(submitted, "zero_pad").update(metadata=metadata, source=ANSWER)
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == ANSWER
    note(notes, "settings", "'zero_pad'")


def test_metadata_may_be_missing_everywhere(submitted):
    for cell in submitted["cells"]:
        del cell["metadata"]
    nb, _ = restored(submitted)
    assert "NotImplementedError" in named(nb, "zero_pad")["source"]


def test_a_lone_surrogate_in_a_source_can_be_written_to_a_file(submitted):
    named(submitted, "zero_pad")["source"] = "'\ud800'"
    nb, _ = restored(submitted)
    assert json.dumps(nb, ensure_ascii=False).encode()


@pytest.mark.parametrize("text", ["(" * 50_000, "-" * 50_000 + "1", "\0", "def (", "'\\d'"])
def test_a_source_that_does_not_parse_is_found_by_its_place(submitted, text):
    named(submitted, "zero_pad").update(id="x", metadata={}, source=text + " # zero_pad")
    nb, notes = restored(submitted)
    assert named(nb, "zero_pad")["source"] == text + " # zero_pad"
    assert "by its place" in note(notes, "'zero_pad'")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
IDS = [notebook.grade_id(cell) for cell in SOURCE["cells"] if notebook.grade_id(cell)]
settings_of_nbgrader = anything | st.fixed_dictionaries(
    {}, optional={"grade_id": st.sampled_from(IDS) | anything, "solution": anything, "points": anything}
)
cells = anything | st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"]) | anything},
    optional={
        "id": st.sampled_from([cell["id"] for cell in SOURCE["cells"]]) | anything,
        "source": anything | st.lists(st.text(max_size=5), max_size=3) | st.just(ANSWER),
        "metadata": anything
        | st.fixed_dictionaries({}, optional={"nbgrader": settings_of_nbgrader, "tags": anything}),
        "outputs": anything,
    },
)


@settings(deadline=None)
@given(st.lists(cells, max_size=6))
def test_arbitrary_cells_are_restored_and_restoring_again_changes_nothing(odd):
    """What was written into a locked cell may stand for an answer the second time; there it stays."""
    once = restore(SOURCE, {"cells": odd}).notebook
    check_skeleton(once)
    restored(once)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_odd_cells_among_released_ones_cost_no_answer(data):
    theirs = copy.deepcopy(RELEASED)
    named(theirs, "convolve2d")["source"] = "convolve2d = 1"
    for odd in data.draw(st.lists(anything, max_size=4)):
        theirs["cells"].insert(data.draw(st.integers(0, len(theirs["cells"]))), odd)
    nb, _ = restored(theirs)
    assert named(nb, "convolve2d")["source"] == "convolve2d = 1"


# ------------------------------------------------------------------------------------- files

UNREADABLE = {
    "empty": (b"", "is empty"),
    "blank": (b" \r\n\0", "has 4 bytes, but all are blanks or zeros"),
    "text": (b"My solution is in the e-mail.", "not JSON"),
    "a zip": (b"PK\x03\x04\xff\xfe", "a zip archive"),
    "a page": (b"\n<!DOCTYPE html>\n<html>", "a web page"),
    "a page in capitals": (b"<HTML><BODY>", "a web page"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
    "a script": (
        b"import numpy as np\n\ndef zero_pad(image, padding):\n    return image\n",
        "Python code only",
    ),
    "a conflict": (b'<<<<<<< HEAD\n{"cells": []}\n=======\n{}\n>>>>>>> theirs\n', "a merge conflict"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
    "cut off": (json.dumps(RELEASED).encode()[:-20], "cut off"),
    "cut off in a string": (json.dumps(RELEASED).encode()[:2000], "cut off"),
    "broken in the middle": (b'{"cells": [}, "metadata": {}}', "not JSON"),
    "nested deep": (b"[" * 100_000 + b"]" * 100_000, "nested too deep"),
    "a number of 10,000 digits": (b'{"cells": [' + b"9" * 10_000 + b"]}", "more than 4300 digits"),
    "a list": (b"[]", "no list of cells"),
    "a number": (b"5", "no list of cells"),
    "null": (b"null", "no list of cells"),
    "no cells": (b"{}", "no list of cells"),
    "cells that are none": (b'{"cells": {}}', "no list of cells"),
    "an old notebook": (b'{"worksheets": [{"cells": []}], "nbformat": 3}', "older than version 4"),
    "large": (b'{"cells": "' + b"x" * (21 << 20) + b'"}', "21 MB, 20 are allowed"),
    "huge": (b" " * (51 << 20), "51 MB, 50 are allowed"),
    "full of lists": (b'{"cells": [' + b"[]," * 700_000 + b"[]]}", "more than 500000 parts"),
    "full of lists as outputs": (
        b'{"cells": [{"outputs": [' + b"[" * 5_000_001,
        "outputs in the file have more",
    ),
    "quotes without end": (b'"' + b'\\"' * 1_000_000, "not JSON"),
    "full of cells": (json.dumps({"cells": [0] * (MAX_CELLS + 1)}).encode(), "2001 cells, 2000 are allowed"),
}


@pytest.mark.parametrize(("data", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_notebook_is_unreadable_and_the_message_says_why(data, words):
    with pytest.raises(Unreadable) as caught:
        parse(data)
    assert words in str(caught.value)
    assert len(str(caught.value)) <= 300


def test_a_file_of_the_largest_size_is_still_read():
    text = json.dumps(RELEASED)
    for cell in RELEASED["cells"]:
        assert "outputs" not in cell or cell["outputs"] == []
    assert parse((text + " " * (MAX_BYTES - len(text))).encode()) == RELEASED


OUTPUTS = {
    "brackets in strings": ["[[0, 0], {" * 100_000 + '"'],
    "brackets": [{"data": [[[0, {"x": 1}]] * 200_000]}],
    "megabytes": ["x" * (30 << 20)],
    "outputs in outputs": [{"outputs": ["]"]}],
    "none": [],
}


@pytest.mark.parametrize("printed", OUTPUTS.values(), ids=OUTPUTS)
def test_what_was_printed_counts_for_nothing(submitted, printed):
    wanted = copy.deepcopy(submitted)
    for cell in submitted["cells"][:6]:
        cell["outputs"] = wanted["cells"][submitted["cells"].index(cell)]["outputs"] = []
    submitted["cells"][3]["outputs"] = printed
    submitted["cells"][4]["source"] = wanted["cells"][4]["source"] = 'x = {"outputs": [1]}  # "outputs": ['
    assert parse(json.dumps(submitted).encode()) == wanted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_a_notebook_may_be_in_any_encoding(encoding):
    text = '{"cells": [{"cell_type": "markdown", "source": "Über ähnliche Größen"}]}'
    assert parse(text.encode(encoding)) == json.loads(text)


def own(text):
    """A code cell that a student added."""
    return {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None}


@pytest.mark.parametrize("left", ["without its comment", "its last line twice", "no definition any more"])
def test_an_answer_below_its_test_counts_when_the_cell_above_holds_none(submitted, left):
    cell = named(submitted, "zero_pad")
    todo = notebook.source(cell).rstrip().rpartition("  #")[0]
    last = todo.splitlines()[-1]
    texts = {"without its comment": todo, "its last line twice": f"{todo}\n{last}"}
    cell["source"] = texts.get(left, "# see below")
    submitted["cells"].insert(position(submitted, "test_zero_pad") + 1, own(ANSWER))
    assert restore(blank("conv2d", "1_convolve2d"), submitted).late == ("zero_pad",)


@pytest.mark.parametrize("lines", [1, 2])
def test_a_function_in_two_cells_without_names_is_put_together(submitted, lines):
    at = position(submitted, "zero_pad")
    written = f'{ANSWER.partition(chr(10))[0]}\n    """Of my own."""\n    return image'.splitlines()
    first, rest = "\n".join(written[:lines]), "\n".join(written[lines:])
    submitted["cells"][at : at + 1] = [own(first), own(rest)]
    cell = named(restored(submitted)[0], "zero_pad")
    assert cell["source"] == "\n".join(written)


def answers(**texts):
    """The first lesson as released, with these texts in its answers."""
    nb = copy.deepcopy(RELEASED)
    for name, text in texts.items():
        named(nb, name)["source"] = text
    return nb


PAIRS = [("output_size", "zero_pad"), ("convolve2d_examples", "convolve2d")]


@pytest.mark.parametrize("upper", ["released", "emptied", "the other's"])
@pytest.mark.parametrize(("above", "below"), PAIRS, ids=["functions", "examples"])
def test_an_answer_in_a_lower_cell_than_its_own_counts_as_it_is_at_the_end(above, below, upper):
    texts = {below: f"{above} = abs", above: {"emptied": "", "the other's": f"{below} = abs"}.get(upper)}
    found = restore(
        blank("conv2d", "1_convolve2d"), answers(**{k: v for k, v in texts.items() if v is not None})
    )
    assert (found.late, found.again) == ((above,), ())
    assert "at the end of the notebook" in note(found.notes, repr(above))
    again = restore(blank("conv2d", "1_convolve2d"), found.notebook)
    assert (again.notebook, again.late) == (found.notebook, found.late)


@pytest.mark.parametrize(("above", "below"), PAIRS, ids=["functions", "examples"])
def test_a_cell_as_it_was_gives_way_to_an_answer_in_an_upper_one_but_what_it_says_stays(above, below):
    said = f"# with the one above\n{notebook.source(named(RELEASED, below))}"
    found = restore(
        blank("conv2d", "1_convolve2d"), answers(**{above: f"{above} = {below} = abs", below: said})
    )
    assert named(found.notebook, below)["source"] == "# with the one above"
    assert (found.late, found.again) == ((), ())
    assert "what another cell defines counts" in note(found.notes, repr(below))
    again = restore(blank("conv2d", "1_convolve2d"), found.notebook)
    assert (again.notebook, again.late) == (found.notebook, ())


def test_what_is_defined_again_below_its_test_is_told_from_a_copy():
    source = blank("conv2d", "1_convolve2d")
    theirs = answers(zero_pad=ANSWER)
    theirs["cells"].append(own(ANSWER))
    assert restore(source, theirs).again == ()
    theirs["cells"].append(own("zero_pad = abs"))
    assert restore(source, theirs).again == ("zero_pad",)


@pytest.mark.parametrize("written", [[], [own(ANSWER)]], ids=["nothing", "less than the course"])
def test_what_the_course_defines_below_a_test_is_nobodys_answer(written):
    source, theirs = blank("conv2d", "1_convolve2d"), answers()
    given = own("zero_pad = the_one_of_the_course") | {"id": "given"}
    source["cells"].append(given)
    theirs["cells"] += [*written, given]
    assert restore(source, theirs).late == ()


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("    # ask me", "# ask me"),
        ("    'see # below'", "# 'see # below'"),
        ('    raise NotImplementedError("this cell is still a TODO")  # I gave up', "# I gave up"),
    ],
)
def test_a_word_beside_a_todo_is_kept_above_the_answer_that_replaces_it(line, kept):
    todo = notebook.source(named(RELEASED, "zero_pad"))
    theirs = answers(zero_pad=f"{todo}\n{line}")
    theirs["cells"].insert(position(theirs, "zero_pad"), own(ANSWER))
    nb = restore(blank("conv2d", "1_convolve2d"), theirs).notebook
    at = position(nb, "zero_pad")
    assert [cell["source"] for cell in nb["cells"][at - 1 : at + 1]] == [kept, ANSWER]
