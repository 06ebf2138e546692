"""Accidents that happen to right submissions on their way to the grader, one function each.

An accident on a notebook changes its cells; an accident on a folder decides how the notebook lies in it.
None of them costs points, unless it is in `UNREADABLE`: then the page has to say why.
"""

from __future__ import annotations

import base64
import copy
import io
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import small
from common import source
from PIL import Image
from pour import pour, sections

Notebook = dict[str, Any]
Cell = dict[str, Any]
OnNotebook = Callable[[Notebook, random.Random], None]
OnFolder = Callable[[Path, bytes, random.Random], None]

CELLS = (
    *(
        "title",
        "setup",
        "helpers",
        "examples-helper",
        "by-hand",
        "size-text",
        "output-size",
        "test-output-size",
    ),
    *("pad-text", "zero-pad", "test-zero-pad", "reflect-text", "reflect-smaller", "next"),
)
"""Ids of the cells of the first lesson that the course of `lay_out` keeps."""
ANSWERS = sections(small.ASSIGNMENT, "student-01")
FUNCTIONS = ("output_size", "zero_pad")
ELSEWHERE_SAID = "I solved this one in another cell"
"""What a student wrote into a cell without an answer."""
NAME = f"{small.NAME}.ipynb"
WORTH = 8
"""Points of the two functions."""


def lay_out(root: Path) -> Path:
    """Make a course whose one notebook is short, but has a function, a frame of zeros and a reflection."""
    whole = source(small.ASSIGNMENT, small.NAME)
    return small.lay_out(root, cells=[cell for cell in whole["cells"] if cell["id"] in CELLS])


def copied_empty(root: Path, to: Path) -> Path:
    """Copy a course, but hand in nothing."""
    gone = shutil.ignore_patterns("submitted", "autograded", "feedback", "reports", "gradebook.db")
    shutil.copytree(root, to, ignore=gone)
    done = small.run(to, "nbgrader", "generate_assignment", small.ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    return to


def released(root: Path) -> Notebook:
    """Return the notebook of a course as students get it."""
    return json.loads((root / "release" / small.ASSIGNMENT / NAME).read_bytes())


def right(root: Path) -> Notebook:
    """Return a right submission of it."""
    return copy.deepcopy(pour(released(root), ANSWERS))


# ------------------------------------------------------------------------------------ tools for cells


def at(nb: Notebook, name: str) -> int:
    """Return the index of the first cell with this grade id, or else cell id."""
    for index, cell in enumerate(nb["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name or cell.get("id") == name:
            return index
    raise LookupError(name)


def code(text: str, **more: Any) -> Cell:
    """Return a code cell."""
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": text,
    } | more


def text(cell: Cell) -> str:
    """Return the text of a cell."""
    return "".join(cell["source"])


def before(cell: Cell, line: str) -> None:
    """Put a line on top of a cell."""
    cell["source"] = f"{line}\n{text(cell)}"


def unanswered(nb: Notebook, name: str) -> Cell:
    """Return a cell as it was before it was answered."""
    cell = nb["cells"][at(nb, name)]
    left = "def {}(*_):\n    raise NotImplementedError('this cell is still a TODO')"
    return cell | {"source": RELEASED.get(name, left.format(name))}


RELEASED: dict[str, str] = {
    cell["metadata"]["nbgrader"]["grade_id"]: text(cell)
    for cell in json.loads((small.ROOT / "release" / small.ASSIGNMENT / NAME).read_bytes())["cells"]
    if cell["metadata"].get("nbgrader", {}).get("solution")
}

# ------------------------------------------------------------------------------------- what people add

MAGICS = (
    "%matplotlib inline",
    "!pip install numpy",
    "%pip install tqdm",
    "%load_ext autoreload",
    "!ls",
    "%config InlineBackend.figure_format = 'retina'",
    "%cd /content/drive/MyDrive",
    "%conda install numpy",
)
IMPORTS = (
    "import matplotlib.pyplot as plt",
    "from google.colab import files",
    "import cv2",
    "import scipy.signal",
    "from tqdm import tqdm",
    "from numba import njit",
    "import torch, numpy as np",
    "import pandas as pd",
    "from scipy.signal import *",
    "import tkinter",
)


def magic_in_setup(nb: Notebook, rng: random.Random) -> None:
    """Put a magic or a command on top of the setup cell."""
    before(nb["cells"][at(nb, "setup")], rng.choice(MAGICS))


def import_in_setup(nb: Notebook, rng: random.Random) -> None:
    """Put an import that is not on offer on top of the setup cell."""
    before(nb["cells"][at(nb, "setup")], rng.choice(IMPORTS))


def magic_in_solution(nb: Notebook, rng: random.Random) -> None:
    """Put a magic or a command on top of an answer."""
    before(nb["cells"][at(nb, rng.choice(FUNCTIONS))], rng.choice((*MAGICS, "%%time")))


def import_in_solution(nb: Notebook, rng: random.Random) -> None:
    """Put an import that is not needed on top of an answer or inside it."""
    cell = nb["cells"][at(nb, rng.choice(FUNCTIONS))]
    if rng.random() < 0.5:
        before(cell, rng.choice(IMPORTS))
    else:
        line, _, rest = text(cell).partition("\n")
        cell["source"] = f"{line}\n    {rng.choice(IMPORTS[:-2])}\n{rest}"


def split(nb: Notebook, rng: random.Random) -> None:
    """Split a cell above or below an answer, as JupyterLab does, which copies the metadata."""
    place = at(nb, rng.choice(FUNCTIONS))
    cell = nb["cells"][place]
    other = cell | {"id": "split", "metadata": copy.deepcopy(cell["metadata"])}
    other["source"] = rng.choice(("import numpy as np", "# my answer:", "", "def helper(n):\n    return n"))
    nb["cells"].insert(place + rng.choice((0, 1)), other)


def split_inside(nb: Notebook, rng: random.Random) -> None:
    """Split a cell in the middle of a function."""
    place = at(nb, rng.choice(FUNCTIONS))
    cell = nb["cells"][place]
    lines = text(cell).split("\n")
    cut = rng.randrange(1, max(len(lines), 2))
    nb["cells"][place] = cell | {"source": "\n".join(lines[:cut])}
    rest = cell | {"id": "split-inside", "metadata": copy.deepcopy(cell["metadata"])}
    nb["cells"].insert(place + 1, rest | {"source": "\n".join(lines[cut:])})


def split_reflection(nb: Notebook, rng: random.Random) -> None:
    """Split a cell between a question and its answer."""
    place = at(nb, "reflect_smaller")
    cell = nb["cells"][place]
    question = RELEASED["reflect_smaller"].split("\n")[0]
    nb["cells"][place] = cell | {"source": question}
    rest = cell | {"id": "split-answer", "metadata": copy.deepcopy(cell["metadata"])}
    nb["cells"].insert(place + 1, rest)


def solved_in_a_copy(nb: Notebook, rng: random.Random) -> None:
    """Copy the TODO cell and answer the copy."""
    name = rng.choice(FUNCTIONS)
    place = at(nb, name)
    nb["cells"].insert(place, copy.deepcopy(unanswered(nb, name)) | {"id": "todo"})


def answered_below(nb: Notebook, rng: random.Random) -> None:
    """Write the answer into a new cell below the test, with a helper above it."""
    name = rng.choice(FUNCTIONS)
    place = at(nb, name)
    own = text(nb["cells"][place])
    nb["cells"][place] = unanswered(nb, name)
    nb["cells"][at(nb, f"test_{name}") + 1 : at(nb, f"test_{name}") + 1] = [
        code("def some_helper():\n    return None", id="helper-below"),
        code(own, id="answer-below"),
    ]


def answered_above(nb: Notebook, rng: random.Random) -> None:
    """Write the answer into a new cell above the TODO."""
    name = rng.choice(FUNCTIONS)
    place = at(nb, name)
    own = text(nb["cells"][place])
    nb["cells"][place] = unanswered(nb, name)
    nb["cells"].insert(place, code(own, id="answer-above"))


def exchanged(nb: Notebook, rng: random.Random) -> None:
    """Write two answers into each other's cells."""
    first, second = (nb["cells"][at(nb, name)] for name in FUNCTIONS)
    first["source"], second["source"] = text(second), text(first)
    del rng


def both_in_the_lower_cell(nb: Notebook, rng: random.Random) -> None:
    """Write both functions into the lower of their cells; the upper one is as it was, or says so."""
    first, second = (nb["cells"][at(nb, name)] for name in FUNCTIONS)
    second["source"] = text(first) + "\n\n" + text(second)
    left = text(unanswered(nb, FUNCTIONS[0]))
    first["source"] = left if rng.random() < 0.5 else f"# {ELSEWHERE_SAID}"


def both_in_the_upper_cell(nb: Notebook, rng: random.Random) -> None:
    """Write both functions into the upper of their cells; the lower one is as it was, or says so."""
    first, second = (nb["cells"][at(nb, name)] for name in FUNCTIONS)
    first["source"] = text(first) + "\n\n" + text(second)
    left = text(unanswered(nb, FUNCTIONS[1]))
    second["source"] = left if rng.random() < 0.5 else f"# {ELSEWHERE_SAID}\n{left}"


def answered_beside_a_remark(nb: Notebook, rng: random.Random) -> None:
    """Say in the TODO cell only where the answer is: in a cell above it, below it, or below the test."""
    name = rng.choice(FUNCTIONS)
    place = at(nb, name)
    own, todo = nb["cells"][place], unanswered(nb, name)
    first, _, rest = text(todo).partition("\n")
    said = rng.choice(('    """{}"""', "    # {}", "# {}")).format(ELSEWHERE_SAID)
    nb["cells"][place] = todo | {"source": f"{first}\n{said}\n{rest}"}
    below_the_test = at(nb, f"test_{name}") + 1
    answer = code(text(own), id="answer-elsewhere")
    nb["cells"].insert(rng.choice((place, place + 1, below_the_test)), answer)


def answered_in_the_test(nb: Notebook, rng: random.Random) -> None:
    """Write the answer into the locked test cell."""
    name = rng.choice(FUNCTIONS)
    place = at(nb, name)
    own = text(nb["cells"][place])
    nb["cells"][place] = unanswered(nb, name)
    before(nb["cells"][at(nb, f"test_{name}")], own)


def import_in_the_test(nb: Notebook, rng: random.Random) -> None:
    """Write the import that an answer needs into an earlier locked cell."""
    cell = nb["cells"][at(nb, "test_output_size")]
    before(cell, "import math as the_one_i_need")
    del rng


def todo_left_below(nb: Notebook, rng: random.Random) -> None:
    """Leave the line that says TODO below the answer."""
    cell = nb["cells"][at(nb, rng.choice(FUNCTIONS))]
    cell["source"] = text(cell).rstrip() + '\n    raise NotImplementedError("this cell is still a TODO")\n'


def picture(size: tuple[int, int] = (12, 9)) -> str:
    """Return a picture, encoded as notebooks encode it."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def attached_picture(nb: Notebook, rng: random.Random) -> None:
    """Paste a picture into a reflection: as an attachment, or as Colab does it."""
    cell = nb["cells"][at(nb, "reflect_smaller")]
    if rng.random() < 0.5:
        cell["source"] = text(cell) + "\n\n![image.png](attachment:image.png)"
        cell["attachments"] = {"image.png": {"image/png": picture()}}
    else:
        cell["source"] = text(cell) + f"\n\n![image.png](data:image/png;base64,{picture()})"


def long_outputs(nb: Notebook, rng: random.Random) -> None:
    """Print nested lists, a megabyte of them."""
    printed = str([[0] * 10] * rng.choice((1_000, 40_000)))
    cell = nb["cells"][at(nb, "setup")]
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": printed[:1_000_000]}]


# ---------------------------------------------------------------------------------- what editors change


def without_ids(nb: Notebook, rng: random.Random) -> None:
    """Save as nbformat 4.0 to 4.4, whose cells have no ids."""
    nb["nbformat_minor"] = rng.randrange(5)
    for cell in nb["cells"]:
        cell.pop("id", None)


def other_ids(nb: Notebook, rng: random.Random) -> None:
    """Give every cell an id of its own, as an editor did."""
    for cell in nb["cells"]:
        cell["id"] = f"{rng.getrandbits(32):08x}"


def moved_ids(nb: Notebook, rng: random.Random) -> None:
    """Leave the ids where they were while the cells move by one."""
    ids = [cell.get("id") for cell in nb["cells"]]
    del rng
    for cell, name in zip(nb["cells"], ids[1:] + ids[:1], strict=True):
        if name:
            cell["id"] = name


def colab(nb: Notebook, rng: random.Random) -> None:
    """Save as Google Colab: ids in the metadata, who ran what when, views folded, sliders' state."""
    nb["nbformat_minor"] = 0
    nb["metadata"] = {
        "colab": {"provenance": [], "toc_visible": True, "authorship_tag": "ABX9TyM"},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"9f2c": {"state": {"max": 8}}}},
        "accelerator": "GPU",
        "gpuClass": "standard",
    }
    for number, cell in enumerate(nb["cells"]):
        cell.pop("id", None)
        cell["source"] = text(cell).splitlines(keepends=True)
        cell["metadata"]["id"] = f"{rng.getrandbits(48):012x}"
        if cell["cell_type"] == "code":
            cell["metadata"] |= {
                "colab": {"base_uri": "https://localhost:8080/", "height": 408},
                "outputId": f"d1c9354e-43db-45ab-c38b-{number:012}",
                "executionInfo": {
                    "status": "ok",
                    "timestamp": 1_722_608_125_960 + number,
                    "user_tz": -330,
                    "user": {"displayName": "student-01", "userId": "12136019235932552125"},
                },
            } | ({"cellView": "form"} if number % 3 == 0 else {})
            cell["execution_count"] = number
            cell["outputs"] = [
                {"output_type": "stream", "name": "stdout", "text": ["3 of 3 examples pass\n"]}
            ]


def colab_to_github(nb: Notebook, rng: random.Random) -> None:
    """Save the same to GitHub: a cell with a link comes first."""
    colab(nb, rng)
    nb["metadata"]["colab"]["include_colab_link"] = True
    badge = (
        '<a href="https://colab.research.google.com/github/c/n.ipynb" target="_parent"><img '
        'src="https://colab.research.google.com/assets/colab-badge.svg" alt="Open In Colab"/></a>'
    )
    link = {"cell_type": "markdown", "metadata": {"id": "view-in-github", "colab_type": "text"}}
    nb["cells"].insert(0, link | {"source": [badge]})


def visual_studio(nb: Notebook, rng: random.Random) -> None:
    """Save as VS Code, today or some years ago: languages, groups of cells, its own ids or none."""
    older = rng.random() < 0.5
    nb["metadata"] = {
        "kernelspec": {"display_name": ".venv (3.12.4)", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.12.4", "codemirror_mode": {"name": "ipython"}},
        **({"orig_nbformat": 4, "vscode": {"interpreter": {"hash": "b1677b44"}}} if older else {}),
    }
    nb["nbformat_minor"] = 2 if older else 5
    for number, cell in enumerate(nb["cells"]):
        cell["id"] = f"{rng.getrandbits(32):08x}"
        if older:
            del cell["id"]
        if cell["cell_type"] == "code":
            language = "plaintext" if number % 5 == 0 else "python"
            cell["metadata"]["vscode"] = {"languageId": language}
            cell["metadata"]["notebookRunGroups"] = {"groupValue": "1"}


def without_metadata(nb: Notebook, rng: random.Random) -> None:
    """Convert to a script or a page and back: text and order are all that is left."""
    without_ids(nb, rng)
    for cell in nb["cells"]:
        cell["metadata"] = {}


def windows_lines(nb: Notebook, rng: random.Random) -> None:
    """End lines as on Windows."""
    del rng
    for cell in nb["cells"]:
        cell["source"] = text(cell).replace("\n", "\r\n")


ON_NOTEBOOK: tuple[OnNotebook, ...] = (
    *(magic_in_setup, import_in_setup, import_in_solution, magic_in_solution),
    *(exchanged, both_in_the_lower_cell, both_in_the_upper_cell),
    *(answered_in_the_test, answered_below, answered_above, answered_beside_a_remark),
    *(solved_in_a_copy, todo_left_below),
    *(split, split_inside, split_reflection, import_in_the_test, attached_picture, long_outputs),
)
"""In an order in which each can happen to what the ones before it have left."""
ELSEWHERE = (
    *(exchanged, both_in_the_lower_cell, both_in_the_upper_cell),
    *(answered_in_the_test, answered_below, answered_above, answered_beside_a_remark),
)
"""Where an answer may have been written; a class has one of them in a notebook."""
SAVED: tuple[OnNotebook, ...] = (
    *(without_ids, other_ids, moved_ids, colab, visual_studio, without_metadata, windows_lines),
)
ALIKE = (exchanged, import_in_the_test, split_reflection, other_ids, moved_ids, colab, windows_lines)
"""Those that are the same with every seed, but for random names."""

# ----------------------------------------------------------------------------------- how it is handed in


def plainly(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in as it should be."""
    del rng
    (folder / NAME).write_bytes(data)


def other_extension(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in with another extension."""
    stem = small.NAME
    names = (f"{stem}.ipynb.txt", f"{stem}.ipynb.json", f"{stem}.IPYNB", f"{stem}.txt", f"{stem}.json", stem)
    (folder / rng.choice(names)).write_bytes(data)


def other_name(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in with another name."""
    names = ("homework.ipynb", f"{small.NAME} (1).ipynb", f"Copy of {small.NAME}.ipynb", f"student-01_{NAME}")
    (folder / rng.choice(names)).write_bytes(data)


def in_a_folder(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in a folder with the notebook, beside what macOS and Jupyter leave behind."""
    below = folder / rng.choice(("conv2d", "my work/week 1", "release/conv2d"))
    below.mkdir(parents=True)
    (below / NAME).write_bytes(data)
    (below / ".ipynb_checkpoints").mkdir()
    (below / ".ipynb_checkpoints" / f"{small.NAME}-checkpoint.ipynb").write_bytes(data)


def zipped(data: bytes, rng: random.Random) -> bytes:
    """Return an archive with the notebook in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(rng.choice((NAME, f"conv2d/{NAME}")), data)
        packed.writestr(f"__MACOSX/conv2d/._{NAME}", b"\0\5\26\7")
    return buffer.getvalue()


def in_a_zip(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in an archive, or one that was given the notebook's name."""
    (folder / rng.choice(("homework.zip", "conv2d.ZIP", NAME))).write_bytes(zipped(data, rng))


def beside_an_untouched_one(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in a copy, beside the notebook as it was released."""
    blank = json.loads(data)
    for cell in blank["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = RELEASED.get(name, cell["source"])
    (folder / f"{small.NAME}-Copy1.ipynb").write_bytes(data)
    (folder / NAME).write_text(json.dumps(blank))
    if rng.random() < 0.5:  # saved last
        os.utime(folder / NAME, (2_000_000_000, 2_000_000_000))


def other_encoding(folder: Path, data: bytes, rng: random.Random) -> None:
    """Save as Windows saves text, with a mark in front or in UTF-16."""
    (folder / NAME).write_bytes(data.decode().encode(rng.choice(("utf-8-sig", "utf-16"))))


def older_format(folder: Path, data: bytes, rng: random.Random) -> None:
    """Save as IPython 2, version 3, or as one still older, which kept no settings of cells."""
    nb = json.loads(data)
    for cell in nb["cells"]:
        cell["source"] = text(cell)
    older = json.loads(nbformat.writes(nbformat.convert(nbformat.from_dict(nb), 3), nbformat.NO_CONVERT))
    if rng.random() < 0.5:
        older["nbformat"] = 2
        for cell in older["worksheets"][0]["cells"]:
            del cell["metadata"]
            name = "input" if cell["cell_type"] == "code" else "source"
            cell[name] = "".join(cell[name])
    (folder / NAME).write_text(json.dumps(older))


ON_FOLDER: tuple[OnFolder, ...] = (
    *(plainly, other_extension, other_name, in_a_folder, in_a_zip, beside_an_untouched_one, other_encoding),
    older_format,
)


def a_page(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in the page on which the notebook is shown."""
    del data, rng
    (folder / NAME).write_text("<!DOCTYPE html>\n<html><body>1_convolve2d</body></html>")


def a_script(folder: Path, data: bytes, rng: random.Random) -> None:
    """Export as a script."""
    code_only = "\n\n".join(text(c) for c in json.loads(data)["cells"] if c["cell_type"] == "code")
    (folder / rng.choice((f"{small.NAME}.py", NAME))).write_text(code_only)


def a_conflict(folder: Path, data: bytes, rng: random.Random) -> None:
    """Hand in the marks of a merge conflict."""
    del rng
    (folder / NAME).write_text(f"<<<<<<< HEAD\n{data.decode()}\n=======\n{{}}\n>>>>>>> theirs\n")


def cut_off(folder: Path, data: bytes, rng: random.Random) -> None:
    """Cut off by a full disk."""
    (folder / NAME).write_bytes(data[: rng.randrange(len(data) - 10)])


def nothing(folder: Path, data: bytes, rng: random.Random) -> None:
    """Leave the folder empty."""


UNREADABLE: tuple[OnFolder, ...] = (a_page, a_script, a_conflict, cut_off, nothing)
"""What nobody could grade: it gets 0, and the reason."""


def accident(folder: Path, nb: Notebook, rng: random.Random) -> list[str]:
    """Hand in a notebook after one to three accidents; return their names."""
    happened = rng.sample(ON_NOTEBOOK, rng.choice((0, 1, 1, 2)))
    elsewhere = [change for change in happened if change in ELSEWHERE]
    changes = [change for change in ON_NOTEBOOK if change in happened and change not in elsewhere[1:]]
    if rng.random() < 0.5 or not changes:
        changes.append(rng.choice(SAVED))
    for change in changes:
        change(nb, rng)
    lay = rng.choice((*ON_FOLDER, rng.choice(UNREADABLE)))
    folder.mkdir(parents=True)
    lay(folder, json.dumps(nb).encode(), rng)
    return [change.__name__ for change in (*changes, lay)]


def hand_in(root: Path, seed: int, students: int) -> dict[str, list[str]]:
    """Hand in a class; return the accidents of each student."""
    rng, happened = random.Random(seed), {}
    for number in range(1, students + 1):
        name = f"student-{seed}-{number:02}"
        happened[name] = accident(root / "submitted" / name / small.ASSIGNMENT, right(root), rng)
    return happened


def hand_in_alone(root: Path, happens: OnNotebook | OnFolder, seed: int = 1) -> str:
    """Hand in one accident alone; return the student, who is named after it."""
    nb, rng, name = right(root), random.Random(seed), f"{happens.__name__}-{seed}"
    folder = root / "submitted" / name / small.ASSIGNMENT
    folder.mkdir(parents=True)
    if happens in (*ON_FOLDER, *UNREADABLE):
        happens(folder, json.dumps(nb).encode(), rng)  # type: ignore[call-arg,arg-type]
    else:
        happens(nb, rng)  # type: ignore[call-arg,arg-type]
        plainly(folder, json.dumps(nb).encode(), rng)
    return name
