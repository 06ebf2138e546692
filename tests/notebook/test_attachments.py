"""Pictures in the text of notebooks that are handed to other notebooks."""

from __future__ import annotations

import pytest

from autograder.notebook.attachments import left_out

DATA = "data:image/png;base64,iVBORw0KGgo="
EMBEDDED = f'<img src="{DATA}" data-file="figures/a.png">'


@pytest.mark.parametrize("lines", [False, True], ids=["text", "lines"])
def test_pictures_are_left_out_and_the_rest_stays(lines):
    text = f"# Ours\n{EMBEDDED}\n![mine]({DATA})"
    cell = {"cell_type": "markdown", "metadata": {"a": 1}, "attachments": {"b.png": {"image/png": "iVBO"}}}
    assert left_out(cell | {"source": text.splitlines(keepends=True) if lines else text}) == {
        "cell_type": "markdown",
        "metadata": {"a": 1},
        "source": '# Ours\n<img src="figures/a.png">\n![mine](attachment:inline-1)',
    }


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "source": f"picture = '{DATA}'"},
        {"cell_type": "markdown", "source": [EMBEDDED, None]},
        {"cell_type": "markdown"},
        {"cell_type": "markdown", "source": 3},
        [EMBEDDED],
        None,
    ],
)
def test_code_and_what_is_no_text_stay_as_they_are(cell):
    assert left_out(cell) == cell
