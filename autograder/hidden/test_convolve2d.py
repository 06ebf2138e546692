"""Hidden tests of `convolve2d(image, kernel, stride=1, padding=0)`.

Each check isolates one aspect: kernels that look alike when turned keep a flipped kernel from
costing more than its own points, square inputs keep exchanged axes out of the first check.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import one_or_pair, windows
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import lay_out

RAMP = np.arange(20.0).reshape(4, 5) - 7
SIGNED = np.array([[0, 0, 0, 2], [0, 0, 0, -3], [0, 0, 0, 1], [4, -1, 5, 0.5], [1, 2, -6, 3], [0, 1, 0, -2]])
ONES, BLUR = np.ones((2, 2)), np.outer([1.0, 2, 1], [1.0, 2, 1])


@check(
    points=2,
    cases=windows(square=True),
    killers=[
        Call((np.array([[3.0]]), np.array([[2.0]]))),
        Call((np.eye(3), ONES)),
        Call((SIGNED[:4], BLUR)),
        Call((RAMP[:, :4], ONES)),
        Call((SIGNED[1:5] / 7, BLUR / 10)),
    ],
)
def test_windows(student: Student, call: Call, outcome: Outcome) -> None:
    """Every output value is the sum of the products under the kernel (square images, stride 1)."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=windows(),
    killers=[
        Call((RAMP, np.ones((1, 2)))),
        Call((RAMP.T, ONES)),
        Call((SIGNED, BLUR)),
        Call((RAMP, np.ones((4, 5)))),
    ],
    after="windows",
)
def test_rectangles(student: Student, call: Call, outcome: Outcome) -> None:
    """Images and kernels that are higher than wide, or wider than high."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=windows(square=True, oriented=True),
    killers=[
        Call((np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]), np.array([[1.0, 2], [3, 4]]))),
        Call((RAMP[:, :4], np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]))),
        Call((SIGNED[:4], np.array([[1.0, 2], [0, 0]]))),
    ],
    after="windows",
)
def test_orientation(student: Student, call: Call, outcome: Outcome) -> None:
    """The kernel is laid on the image as it is written: not flipped, not turned, not transposed."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=windows(square=True, strides=one_or_pair(1, 3)),
    killers=[
        Call((RAMP[:, :4], ONES), {"stride": 2}),
        Call((SIGNED[:4], ONES, 3)),
        Call((RAMP[:, :4], ONES), {"stride": (2, 1)}),
        Call((RAMP[:, :4], np.ones((1, 1)), [1, 2])),
        Call((np.arange(36.0).reshape(6, 6), BLUR, np.int64(2))),
    ],
    after="windows",
)
def test_stride(student: Student, call: Call, outcome: Outcome) -> None:
    """The stride moves the window on, down first and across second; it stops before the edge."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=windows(square=True, paddings=one_or_pair(1, 3))
    | windows(square=True, paddings=one_or_pair(0, 2), strides=one_or_pair(1, 3)),
    killers=[
        Call((np.array([[5.0]]), np.ones((1, 1))), {"padding": 1}),
        Call((RAMP[:, :4], ONES), {"padding": 1}),
        Call((RAMP[:, :4], ONES), {"padding": (1, 0)}),
        Call((RAMP[:, :4], ONES, 1, [0, 2])),
        Call((np.array([[5.0]]), BLUR), {"padding": 1}),
        Call((ONES, ONES), {"padding": 3}),
        Call((RAMP[:, :4], BLUR, (2, 1), (1, 2))),
        Call((RAMP[:, :4], ONES, [2, 2]), {"padding": 1}),
    ],
    after="windows",
)
def test_padding(student: Student, call: Call, outcome: Outcome) -> None:
    """Padding puts zeros on all four sides before the kernel slides."""
    expect.same(student, call, outcome, scale=expect.terms)


BRIGHT = np.array([[200, 255, 100], [255, 200, 50], [0, 250, 255]], np.uint8)
DEEP = np.array([[100, -120, 30], [127, 90, -128], [-5, 110, 126]], np.int16)
CROSS = np.array([[-1, 1, -1], [1, 2, 1], [-1, 1, -1]], np.int8)


@check(
    points=1,
    cases=windows(square=True, dtypes=("uint8", "int8", "int16", "bool", "float32", "uint16", "int64")),
    killers=[
        Call((BRIGHT, np.array([[2, 2], [2, 2]], np.uint8))),
        Call((BRIGHT, np.full((2, 2), 0.25))),
        Call((BRIGHT > 100, CROSS)),
        Call((DEEP.astype(np.int8), CROSS)),
        Call((DEEP, np.full((2, 2), 300, np.int16))),
        Call((DEEP.astype(np.uint16), np.full((2, 2), 300, np.uint16))),
        Call((DEEP.astype(np.int64), np.full((2, 2), 0.1, np.float32))),
    ],
    after="windows",
)
def test_number_types(student: Student, call: Call, outcome: Outcome) -> None:
    """Bytes, whole numbers and truth values are computed in float64, without overflow."""
    expect.same(student, call, outcome, scale=expect.terms)


def variations(call: Call) -> Sequence[Call]:
    """Calls with the same arrays, with other pixels or weights, and lying otherwise in memory."""
    image, kernel = call.args
    return (
        call,
        Call((image[::-1] + 1, kernel)),
        Call((image, kernel + 1)),
        Call((lay_out(image, "FR"), lay_out(kernel, "R"))),
        Call((lay_out(image, "VR"), lay_out(kernel, "V"))),
        call,
    )


@check(
    points=1,
    cases=windows(square=True),
    killers=[Call((SIGNED[:4], BLUR)), Call((RAMP[:, :4], ONES))],
    series=variations,
    after="windows",
)
def test_leaves_no_trace(student: Student, call: Call, outcome: Outcome) -> None:
    """The arguments stay as they were, and a later call does not change an earlier result."""
    expect.same(student, call, outcome, scale=expect.terms)
    expect.untouched(student, call, outcome)


@st.composite
def broken_pixels(draw: st.DrawFn) -> Call:
    """An image with one NaN or infinity, a kernel with zeros in its corners."""
    call = draw(windows(square=True))
    image, kernel = call.args[0].copy(), call.args[1].copy()
    image[draw(st.integers(0, len(image) - 1)), draw(st.integers(0, len(image) - 1))] = draw(
        st.sampled_from([np.nan, np.inf, -np.inf])
    )
    kernel[[0, 0, -1, -1], [0, -1, 0, -1]] = 0.0
    return Call((image, kernel))


@check(
    points=1,
    cases=broken_pixels(),
    killers=[
        Call((np.array([[1.0, np.nan], [3, 4]]), np.zeros((1, 1)))),
        Call((np.array([[np.inf, 1]] * 2), ONES)),
    ],
    after="windows",
)
def test_not_a_number(student: Student, call: Call, outcome: Outcome) -> None:
    """A NaN or infinity shows in every window it lies in, even under a zero, and in no other."""
    expect.same(student, call, outcome, scale=expect.terms)


ILLEGAL = {
    "the kernel is higher than the image": Call((np.ones((2, 5)), np.ones((3, 2)))),
    "the kernel is wider than the image": Call((np.ones((5, 2)), np.ones((2, 3)))),
    "the kernel is larger than the image": Call((np.ones((2, 2)), np.ones((3, 3)))),
    "the kernel is higher than the padded image": Call((np.ones((2, 5)), np.ones((5, 2)), 1, 1)),
    "the kernel is wider than the padded image": Call((np.ones((5, 2)), np.ones((2, 5)), 1, 1)),
    "the kernel is larger than the padded image": Call((np.ones((2, 2)), np.ones((5, 5))), {"padding": 1}),
    "the stride is 0": Call((np.ones((4, 4)), ONES), {"stride": 0}),
    "the vertical stride is 0": Call((np.ones((4, 4)), ONES), {"stride": (0, 1)}),
    "the horizontal stride is 0": Call((np.ones((4, 4)), ONES), {"stride": (1, 0)}),
    "the stride is negative": Call((np.ones((4, 4)), ONES), {"stride": -1}),
    "the padding is negative": Call((np.ones((6, 6)), ONES), {"padding": -1}),
    "the vertical padding is negative": Call((np.ones((6, 6)), ONES), {"padding": (-1, 0)}),
    "a colour image is not 2-D": Call((np.ones((4, 4, 3)), ONES)),
    "a row of weights is not 2-D": Call((np.ones((4, 4)), np.ones(2))),
}


@check(
    points=1,
    illegal=ILLEGAL,
    killers=[
        Call((RAMP[:, :4], ONES, 2, 1)),
        Call((ONES, ONES)),
        Call((ONES, BLUR), {"padding": 1}),
    ],
    after="windows",
)
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """A kernel that does not fit, a stride below 1, a negative padding, a colour image: ValueError."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
