"""What the recorder writes itself in nbgrader's and nbformat's place."""

from __future__ import annotations

import nbformat
from nbformat import v4

from autograder.nbgrader_plugin.recorder import _as_file


def test_a_notebook_written_a_cell_a_line_reads_back_as_the_same():
    cells = [
        v4.new_markdown_cell(
            'Gewichte: "äöü" \u2028 \\ \n"cells": []', attachments={"a": {"image/png": "A"}}
        ),
        v4.new_code_cell(
            'print("x")\n',
            execution_count=3,
            metadata={"nbgrader": {"grade_id": "cells", "cells": []}},
            outputs=[
                v4.new_output("stream", text="1\n2\n"),
                v4.new_output("display_data", {"application/json": {"cells": []}, "text/plain": "x"}),
            ],
        ),
        v4.new_raw_cell(""),
    ]
    for some in (cells, []):
        nb = v4.new_notebook(cells=some, metadata={"a": {"cells": []}, "cells": []})
        written = _as_file(nb)
        assert nbformat.reads(written, as_version=4) == nb
        assert written.count("\n") == 2 + max(len(some), 1)
