"""Hidden tests of `convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1)`."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import one_or_pair, windows
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import lay_out

RAMP = np.arange(49.0).reshape(7, 7) - 20
ONES, BLUR = np.ones((2, 2)), np.outer([1.0, 2, 1], [1.0, 2, 1])
TURNED = np.array([[1.0, 2], [3, 4]])


@check(
    points=1,
    cases=windows(),
    killers=[
        Call((np.array([[3.0]]), np.array([[2.0]]))),
        Call((RAMP[:3, :5], ONES)),
        Call((RAMP[:4], BLUR)),
        Call((RAMP[:5, :2], np.ones((3, 1)))),
    ],
)
def test_no_gap(student: Student, call: Call, outcome: Outcome) -> None:
    """Dilation 1 leaves no gap: the answer is that of `convolve2d`."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=windows(square=True, dilations=st.integers(1, 3)),
    killers=[
        Call((RAMP[:3, :3], ONES), {"dilation": 2}),
        Call((RAMP, BLUR), {"dilation": 3}),
        Call((RAMP[:5, :5], BLUR), {"dilation": 2}),
        Call((RAMP[:4, :4], np.ones((1, 1))), {"dilation": 3}),
    ],
    after="no_gap",
)
def test_gaps(student: Student, call: Call, outcome: Outcome) -> None:
    """The cells of the kernel lie `dilation` pixels apart, and the image keeps all its pixels."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=1,
    cases=windows(dilations=st.tuples(st.integers(1, 3), st.integers(1, 3))),
    killers=[
        Call((RAMP[:5, :3], ONES), {"dilation": (2, 1)}),
        Call((RAMP[:3], ONES), {"dilation": [1, 3]}),
        Call((RAMP[:4, :7], ONES, 1, 0, (3, 2))),
    ],
    after="gaps",
)
def test_pair(student: Student, call: Call, outcome: Outcome) -> None:
    """A pair of dilations: down first, across second."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=1,
    cases=windows(square=True, oriented=True, dilations=st.integers(1, 3)),
    killers=[Call((RAMP[:3, :3], TURNED), {"dilation": 2}), Call((RAMP[:3, :3], TURNED))],
    after="gaps",
)
def test_orientation(student: Student, call: Call, outcome: Outcome) -> None:
    """The kernel is laid on as it is written: not flipped, not turned, not transposed."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=windows(
        square=True, strides=one_or_pair(1, 3), paddings=one_or_pair(0, 2), dilations=st.integers(1, 3)
    ),
    killers=[
        Call((RAMP, ONES), {"stride": 2, "dilation": 3}),
        Call((RAMP, ONES, 3, 1, 2)),
        Call((RAMP[:4, :4], BLUR), {"padding": 2, "dilation": 2}),
        Call((RAMP, ONES, (1, 2), (2, 0), (2, 3))),
        Call((RAMP[:3, :3], BLUR), {"padding": 1, "dilation": 2}),
        Call((RAMP[:3, :3], BLUR), {"padding": 3, "dilation": 2}),
    ],
    after="gaps",
)
def test_together(student: Student, call: Call, outcome: Outcome) -> None:
    """Stride, padding and dilation together."""
    expect.same(student, call, outcome, scale=expect.terms)


BRIGHT = np.array([[200, 255, 100], [255, 200, 50], [0, 250, 255]], np.uint8)
DEEP = np.array([[100, -120, 30], [127, 90, -128], [-5, 110, 126]], np.int16)


def variations(call: Call) -> Sequence[Call]:
    """Calls with the same arrays, with either of them upside down, and lying otherwise in memory."""
    image, kernel = call.args
    return (
        call,
        Call((image[::-1], kernel), call.named),
        Call((image, kernel[::-1] + 1), call.named),
        Call((lay_out(image, "FR"), lay_out(kernel, "VR")), call.named),
        call,
    )


@check(
    points=1,
    cases=windows(
        square=True, dilations=st.integers(1, 2), dtypes=("uint8", "int8", "int16", "bool", "float32")
    ),
    series=variations,
    killers=[
        Call((BRIGHT, np.full((2, 2), 2, np.uint8)), {"dilation": 2}),
        Call((BRIGHT / 7, np.full((2, 2), 0.3))),
        Call((DEEP, np.full((2, 2), 300, np.int16)), {"dilation": 2}),
        Call((DEEP.astype(np.int8), np.ones((2, 2), bool))),
        Call((DEEP > 0, np.full((2, 2), 0.1, np.float32)), {"dilation": 2}),
    ],
    after="gaps",
)
def test_number_types(student: Student, call: Call, outcome: Outcome) -> None:
    """Bytes, whole numbers and truth values are computed in float64; arguments stay as they were."""
    expect.same(student, call, outcome, scale=expect.terms)
    expect.untouched(student, call, outcome)


HOLE = np.array([[1.0, 2, 3], [4, np.nan, 6], [7, 8, 9]])
ENDLESS = np.array([[1.0, 2, 3], [4, np.inf, 6], [7, 8, 9]])


@check(
    points=1,
    killers=[
        Call((HOLE, ONES), {"dilation": 2}),
        Call((HOLE, np.array([[0.0, 1], [1, 0]]))),
        Call((ENDLESS, np.array([[1.0, 0], [0, 1]]))),
        Call((ENDLESS, ONES), {"dilation": (1, 2)}),
    ],
    after="gaps",
)
def test_not_a_number(student: Student, call: Call, outcome: Outcome) -> None:
    """A NaN or infinity under a cell of the kernel shows, even under a zero; one in a gap does not."""
    expect.same(student, call, outcome, scale=expect.terms)


FOUR = np.ones((4, 4))
ILLEGAL = {
    "the dilated kernel is larger than the image": Call((FOUR, BLUR), {"dilation": 2}),
    "the dilated kernel is higher than the image": Call((FOUR, ONES), {"dilation": (4, 1)}),
    "the dilated kernel is wider than the image": Call((FOUR, ONES), {"dilation": (1, 4)}),
    "the dilated kernel is larger than the padded image": Call((FOUR, BLUR, 1, 1, 3)),
    "the dilation is 0": Call((FOUR, ONES), {"dilation": 0}),
    "the vertical dilation is 0": Call((FOUR, ONES), {"dilation": (0, 1)}),
    "the horizontal dilation is 0": Call((FOUR, ONES), {"dilation": (1, 0)}),
    "the stride is 0": Call((FOUR, ONES), {"stride": 0}),
    "the padding is negative": Call((np.ones((6, 6)), ONES), {"padding": -1}),
    "a colour image is not 2-D": Call((np.ones((4, 4, 3)), ONES)),
    "a row of weights is not 2-D": Call((FOUR, np.ones(2))),
}


@check(
    points=1,
    illegal=ILLEGAL,
    killers=[Call((RAMP[:5, :5], BLUR), {"dilation": 2}), Call((RAMP, ONES, 2, 1, 3)), Call((ONES, ONES))],
    after="gaps",
)
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """A dilated kernel that does not fit, a dilation or stride below 1, a colour image: ValueError."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
