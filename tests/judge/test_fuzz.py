"""What a hostile kernel may answer and a hostile notebook may hold: the judge keeps its head.

`CONVGRADE_FUZZ` says how many times as many examples are tried; `make soak` sets it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import socket
import subprocess
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from common import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from local_student import HIDDEN, marked
from pour import released

from autograder.checks.compare import alike
from autograder.checks.difference import difference
from autograder.checks.helpers import helper_answer
from autograder.checks.values import plain as plain_data
from autograder.sandbox.call import call
from autograder.sandbox.clock import Cpu
from autograder.sandbox.inside import kinds, wire
from autograder.sandbox.inside.tables import KINDS, Column, Table
from autograder.sandbox.kernel import Kernel, KernelLost, Missing
from autograder.sandbox.limits import Limits
from autograder.sandbox.replies import Replies
from autograder.submission.reading import Unreadable, parse
from autograder.submission.restore import restore

MOST_MEMORY = (
    300 << 20
)  # bytes that one example takes; an idle judge has less than 100 MB of the 400 it may have
TIMES = int(os.environ.get("CONVGRADE_FUZZ", "1"))
LIMITS = Limits()
ASKED = call(np.eye(3), np.ones((2, 2)), 1, padding=2)
SOURCE = json.loads((ROOT / "source/conv2d/1_convolve2d.ipynb").read_bytes())
RELEASED = json.dumps(released("conv2d", "1_convolve2d")).encode()

arrays = hnp.arrays(
    st.sampled_from(sorted(kinds.DTYPES)), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6)
)
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | arrays
keys = (
    *(st.none(), st.integers(), st.floats(allow_nan=False), st.text(max_size=3), st.binary(max_size=3)),
    *(st.builds(Fraction, st.integers(), st.integers(1, 9)), st.dates(), st.datetimes(), st.timedeltas()),
)
others = st.integers(-(10**250), 10**250) | st.builds(kinds.Other, st.text(max_size=9)) | st.one_of(keys)


def containers(inner):
    """All that holds values, tables among them, which nobody keeps from holding arrays or other tables."""
    few, by_key = st.lists(inner, max_size=3), st.dictionaries(st.one_of(keys), inner, max_size=2)
    name, dtype = st.none() | st.sampled_from("ab"), st.sampled_from(["int64", "object"])
    column = st.builds(lambda name, dtype, cell: [name, dtype, [cell]], name, dtype, inner)
    columns = st.lists(column, min_size=1, max_size=1)
    table = st.builds(lambda *lists: Table.from_lists(lists), st.sampled_from(KINDS), columns, columns)
    instance = st.builds(kinds.Instance, st.just("P"), st.dictionaries(st.just("x"), inner))
    return few | few.map(tuple) | by_key | st.sets(st.one_of(keys), max_size=3) | table | instance


values = st.recursive(plain | others, containers, max_leaves=9)
reports = st.fixed_dictionaries(
    {
        "raised": st.none() | st.lists(st.text(max_size=9), max_size=3),
        "warnings": st.lists(st.text(max_size=9)),
    },
    optional={"text": st.text(), "line": st.integers() | st.none()},
)
answers = st.tuples(reports, values, values | st.lists(values, min_size=4, max_size=4).map(tuple)).map(
    lambda found: wire.pack({"op": "answered", "outcomes": [found[0]]}, [found[1:]])
)
questions = st.tuples(
    st.sampled_from(["zero_pad", "output_size", "convolve2d", ""]),
    st.lists(values, max_size=3).map(tuple),
    st.lists(st.sampled_from(["padding", "n", "stride", "x"]), max_size=2).map(tuple),
    st.lists(values, max_size=2).map(tuple),
).map(lambda asked: wire.pack({"op": "ask", "name": asked[0]}, [asked[1:]]))


@st.composite
def streams(draw):
    """Questions and answers one after the other, some of their bytes changed."""
    stream = bytearray(b"".join(draw(st.lists(questions | answers, min_size=1, max_size=4))))
    for _ in range(draw(st.integers(0, 3))):
        stream[draw(st.integers(0, len(stream) - 1))] = draw(
            st.integers(0, 255) | st.sampled_from(b'09-.[]{}",:')
        )
    return bytes(stream)


@contextlib.contextmanager
def little_memory():
    """What comes takes the judge little memory. Only what is new counts: hypothesis keeps its examples."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is forgotten
    before = memory("VmRSS")
    try:
        yield
    finally:
        assert memory("VmHWM") - before < MOST_MEMORY


def memory(what):
    """A number of bytes that the system knows about this process."""
    return int(re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) << 10


class Replayed(Kernel):
    """The judge's end of a kernel that has said all it is going to say."""

    def __init__(self, stream, pid):
        ours, self.theirs = socket.socketpair()
        self._channel, self._limits = ours, LIMITS
        self._status, self._watch, self._takes_tables = (lambda: None), (lambda _: None), False
        self.spent = lambda: ""
        self._channel.setblocking(False)
        self._watched, self._received = 0.0, bytearray(stream)
        self.pid, self._pidfd, self._cpu = pid, os.pidfd_open(pid), Cpu(pid)
        self.theirs.shutdown(socket.SHUT_WR)

    def close(self):
        self._channel.close()
        self.theirs.close()
        os.close(self._pidfd)


@pytest.fixture(scope="module")
def ended():
    """A process that has ended and is still there to be asked about."""
    process = subprocess.Popen(["true"])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    yield process.pid
    process.wait()


@settings(deadline=None, max_examples=60 * TIMES)
@given(stream=streams())
def test_whatever_a_kernel_says_is_an_answer_or_a_lost_kernel(ended, stream):
    kernel = Replayed(stream, ended)
    try:
        with little_memory():
            [[outcome]] = kernel.sequences(
                "convolve2d", [[ASKED]], ("zero_pad", "output_size"), Replies(helper_answer), at=0
            )
    except (KernelLost, Missing):
        return
    finally:
        kernel.close()
    assert len(outcome.after) == len(ASKED.all)


@pytest.mark.parametrize("function", HIDDEN)
@settings(deadline=None, max_examples=4 * TIMES)
@given(data=st.data())
def test_whatever_a_function_returns_is_marked(function, data):
    """Marking raises nothing of its own, so no student's answer is taken for a fault of the grader's."""
    shown = data.draw(st.lists(values, min_size=1, max_size=3))
    answered = iter(range(10**9))
    answer = shown[0] if function == "my_kernel" else lambda *_, **__: shown[next(answered) % len(shown)]
    with little_memory(), patch("local_student.RANDOM_CASES", 0):  # hypothesis draws here already
        results = marked(function, lambda: answer)
    assert {result.status for result in results} <= {"passed", "failed", "skipped"}
    assert json.dumps([result.to_json() for result in results])


WITH_ARRAYS = Table("Series", [Column(None, "int64", [np.eye(2)])], [Column(None, "object", [np.eye(2)])])


@settings(deadline=None, max_examples=60 * TIMES)
@given(one=values, other=values, any_order=st.booleans())
@example(one=WITH_ARRAYS, other=WITH_ARRAYS, any_order=True)
def test_whatever_an_own_function_returns_is_compared_and_shown(one, other, any_order):
    _, [one, other, again] = wire.read(io.BytesIO(wire.pack({}, [one, other, one])).read)
    assert difference(one, again, any_order=any_order) == ""
    assert isinstance(difference(one, other, any_order=any_order), str)
    assert alike(one, again)
    assert json.dumps(plain_data(one))


@settings(deadline=None, max_examples=20 * TIMES)
@given(data=st.data())
def test_a_notebook_with_bytes_changed_is_restored_or_unreadable(data):
    text = bytearray(RELEASED)
    for _ in range(data.draw(st.integers(1, 5))):
        at, length = data.draw(st.integers(0, len(text) - 1)), data.draw(st.integers(0, 30))
        text[at : at + length] = data.draw(
            st.binary(max_size=9) | st.sampled_from([b"[", b"{}", b'"', b"null", b"1e999"])
        )
    try:
        with little_memory():
            restored = restore(SOURCE, parse(bytes(text)))
    except Unreadable:
        return
    ids = [cell["id"] for cell in restored.notebook["cells"]]
    assert len(ids) == len(set(ids))
