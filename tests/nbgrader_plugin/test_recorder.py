"""What the recorder writes itself in nbgrader's and nbformat's place."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import v4
from nbgrader.api import Assignment, Gradebook
from sqlalchemy import select

from autograder.nbgrader_plugin.gradebook import _Rows
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


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own making
def test_what_a_teacher_writes_while_scores_are_saved_stays(tmp_path):
    url, where = f"sqlite:///{tmp_path}/gradebook.db", ("lesson", "week1")
    with Gradebook(url) as book, Gradebook(url) as teacher:
        book.add_assignment("week1")
        book.add_notebook(*where)
        book.add_grade_cell("test_one", *where, max_score=2, cell_type="code")
        book.add_submission("week1", book.add_student("student-01").id)
        rows = _Rows(book.db, book.db.scalar(select(Assignment.id)), ["student-01", "student-02"])
        for student in ("student-01", "student-02"):
            rows.find_grade("test_one", *where, student).auto_score = 1.0
        teacher.find_grade("test_one", *where, "student-01").manual_score = 1.5
        teacher.db.commit()
        book.add_student("student-02")
        rows.write()
        book.db.commit()
        found = [teacher.find_grade("test_one", *where, student) for student in ("student-01", "student-02")]
        teacher.db.expire_all()
        assert [(each.auto_score, each.manual_score) for each in found] == [(1.0, 1.5), (1.0, None)]
