"""Calls and values as words, as plain data, and as Python that is read back without being run."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.checks.call_text import as_python, call_text, literal, parsed
from autograder.checks.values import plain
from autograder.sandbox.call import Call, call
from autograder.sandbox.inside.kinds import DTYPES, MAX_BITS, Other


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (call(5, 3), "output_size(5, 3)"),
        (call(5, 3, stride=2), "output_size(5, 3, stride=2)"),
        (call(np.int64(5), 3, 1), "output_size(np.int64(5), 3, 1)"),
        (call((1,), [2, 3]), "output_size((1,), [2, 3])"),
        (call(), "output_size"),
    ],
)
def test_a_call_is_shown_as_a_student_would_write_it(asked, text):
    assert call_text("output_size", asked) == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.nan, "nan"),
        (np.float32(-np.inf), "-inf"),
        (1j, "1j"),
        (np.array([[1, 2]], np.int8), {"shape": [1, 2], "dtype": "int8", "values": [[1, 2]]}),
        (np.zeros((9, 9)), {"shape": [9, 9], "dtype": "float64", "values": None}),
        (Other("x"), {"type": "x"}),
        (range(3), {"type": "range"}),
        ((1, [None]), [1, [None]]),
    ],
    ids=repr,
)
def test_values_become_plain_json(value, shown):
    assert plain(value) == shown


# ------------------------------------------------------------------------------ there and back again

NUMBERS = st.sampled_from(sorted(DTYPES)).map(np.dtype)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
ARRAYS = NUMBERS.flatmap(lambda dtype: hnp.arrays(dtype, SHAPES))
SCALARS = NUMBERS.flatmap(lambda dtype: hnp.arrays(dtype, 1)).map(lambda array: array[0])
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**MAX_BITS), 2**MAX_BITS),
    st.floats(),
    st.complex_numbers(),
    st.text(),
)
VALUES = st.recursive(
    st.one_of(PLAIN, ARRAYS, SCALARS),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)
PARAMETERS = ("image", "kernel", "stride", "padding")


@st.composite
def calls(draw):
    """A call of `convolve2d`, some arguments by place and some by name."""
    values = draw(st.lists(VALUES, min_size=1, max_size=4))
    by_place = draw(st.integers(0, len(values)))
    named = dict(zip(PARAMETERS[by_place:], values[by_place:], strict=False))
    return Call(tuple(values[:by_place]), named)


def same(one, other):
    """Whether two values are equal in every respect: type, shape, bits, and which numbers are none."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray | np.generic | float | complex):
        one, other = np.asarray(one), np.asarray(other)
        if one.dtype != other.dtype or one.shape != other.shape:
            return False
        if one.dtype.kind == "c":  # part by part, or a NaN in one would hide the other
            return same(one.real, other.real) and same(one.imag, other.imag)
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other


@given(calls())
def test_a_call_is_read_back_as_it_was_written(asked):
    again = parsed(as_python("convolve2d", asked))
    assert list(again.named) == list(asked.named)
    assert same(again.args, asked.args)
    assert same(list(again.named.values()), list(asked.named.values()))


@given(calls())
def test_a_call_as_python_makes_the_call_where_there_is_nothing_but_numpy(asked):
    seen = {}
    space = {"np": np, "convolve2d": lambda *args, **named: seen.update(args=args, named=named)}
    eval(as_python("convolve2d", asked), space)
    assert same(seen["args"], asked.args)
    assert same(list(seen["named"].values()), list(asked.named.values()))


@pytest.mark.parametrize("number", [0.0, -0.0, np.float32(-0.0), np.array([0.0, -0.0])], ids=repr)
def test_a_zero_keeps_its_sign(number):
    [again] = parsed(as_python("zero_pad", call(number))).args
    assert (np.signbit(again) == np.signbit(number)).all()


def test_a_value_is_no_call_and_read_back_as_none():
    assert not parsed(as_python("my_kernel", call())).all


@pytest.mark.parametrize(
    "text",
    [
        *("os.abort()", "f(open('x'))", "f(np.array(x))", "f(", "f(lambda: 1)", "1 + 1", "", "f(*x)"),
        *("f(np.load('x'))", "f(np.zeros(open('x')))", "f(f'{x}')", "f(x=open)"),
        *("f(np.array([1], np.nothing))", "f(x.__class__)", "f([y for y in x])", "f(-'x')", "(" * 5000),
    ],
)
def test_a_text_that_is_no_call_is_refused_and_not_run(text):
    with pytest.raises(ValueError, match=r"no call|\w+\("):
        parsed(text)


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, (2.5, None)], (1, "b"): b"\0x"},
        {},
        set(),
        {1, "x"},
        frozenset({2}),
        Fraction(-7, 3),
        dt.date(2024, 2, 29),
        dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.UTC),
        dt.time(1, 2),
        dt.timedelta(-1, 5, 7),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_a_general_function_is_written_and_read(value):
    (again,) = parsed(f"f({literal(value)})").args
    assert (type(again), again) == (type(value), value)


@pytest.mark.parametrize(
    "value",
    [Other("x"), object(), {Other("x")}, {1: object()}, [range(2)], np.array([object()])],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_no_call_may_hold_is_not_written_down(value):
    with pytest.raises(TypeError, match="cannot be written down"):
        literal(value)
