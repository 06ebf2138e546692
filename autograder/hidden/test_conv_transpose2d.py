"""Hidden tests of `conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0)`."""

from collections.abc import Sequence

import numpy as np

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import stamps
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import lay_out

SMALL = np.array([[1.0, 2], [3, 4]])
RAMP = np.arange(12.0).reshape(3, 4) - 4
ONES, BLUR = np.ones((2, 2)), np.outer([1.0, 2, 1], [1.0, 2, 1])


@check(
    points=2,
    cases=stamps(square=True),
    killers=[
        Call((np.array([[3.0]]), np.array([[2.0]]))),
        Call((np.array([[2.0]]), BLUR)),
        Call((SMALL, ONES)),
        Call((SMALL, BLUR)),
    ],
)
def test_stamps(student: Student, call: Call, outcome: Outcome) -> None:
    """Every pixel stamps the kernel, and where stamps overlap they add up (stride 1)."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=1,
    cases=stamps(),
    killers=[Call((RAMP, np.ones((1, 2)))), Call((RAMP.T, ONES)), Call((RAMP, np.ones((3, 1))))],
    after="stamps",
)
def test_rectangles(student: Student, call: Call, outcome: Outcome) -> None:
    """Images and kernels that are higher than wide, or wider than high."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=1,
    cases=stamps(square=True, oriented=True),
    killers=[Call((np.array([[1.0]]), SMALL)), Call((SMALL, np.array([[1.0, 2], [0, 0]])))],
    after="stamps",
)
def test_orientation(student: Student, call: Call, outcome: Outcome) -> None:
    """The stamp is the kernel as it is written: not flipped, not turned, not transposed."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=stamps(square=True, stride=3) | stamps(square=True, stride=3, pairs=True),
    killers=[
        Call((SMALL, ONES), {"stride": 2}),
        Call((SMALL, BLUR, 2)),
        Call((SMALL, np.ones((1, 1)), 3)),
        Call((SMALL, ONES), {"stride": (1, 2)}),
        Call((RAMP[:, :3], BLUR), {"stride": [2, 1]}),
    ],
    after="stamps",
)
def test_stride(student: Student, call: Call, outcome: Outcome) -> None:
    """With a stride the stamps lie further apart, down first and across second."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=stamps(square=True, stride=3, padding=2) | stamps(square=True, padding=2, pairs=True),
    killers=[
        Call((SMALL, BLUR), {"padding": 1}),
        Call((RAMP[:, :3], BLUR, 2, 1)),
        Call((SMALL, BLUR), {"padding": (0, 1)}),
        Call((SMALL, BLUR), {"padding": 0}),
        Call((RAMP[:, :3], np.ones((4, 4)), 1, 2)),
        Call((SMALL, np.ones((6, 6)), 1, 3)),
    ],
    after="stamps",
)
def test_padding(student: Student, call: Call, outcome: Outcome) -> None:
    """Padding cuts rows and columns off, on all four sides."""
    expect.same(student, call, outcome, scale=expect.terms)


@check(
    points=2,
    cases=stamps(square=True, stride=3, output_padding=True, padding=1)
    | stamps(square=True, stride=3, output_padding=True, pairs=True),
    killers=[
        Call((SMALL, BLUR, 2, 1, 1)),
        Call((SMALL, ONES), {"stride": 2, "output_padding": 1}),
        Call((SMALL, BLUR), {"stride": 3, "output_padding": (0, 2)}),
        Call((SMALL, BLUR), {"stride": 2, "padding": 1, "output_padding": [1, 0]}),
    ],
    after="stride",
)
def test_output_padding(student: Student, call: Call, outcome: Outcome) -> None:
    """Output padding adds rows below and columns on the right before the padding is cut off."""
    expect.same(student, call, outcome, scale=expect.terms)


BRIGHT = np.array([[200, 255], [255, 100]], np.uint8)
DEEP = np.array([[100, -120], [127, -128]], np.int16)


def variations(call: Call) -> Sequence[Call]:
    """Calls with the same arrays, with either of them upside down, and lying otherwise in memory."""
    image, kernel = call.args
    return (
        call,
        Call((image[::-1], kernel), call.named),
        Call((image, kernel[::-1]), call.named),
        Call((lay_out(image, "FR"), lay_out(kernel, "VR")), call.named),
        call,
    )


@check(
    points=1,
    cases=stamps(square=True, dtypes=("uint8", "int8", "int16", "bool", "float32")),
    series=variations,
    killers=[
        Call((BRIGHT, np.full((2, 2), 2, np.uint8))),
        Call((BRIGHT / 7, np.full((2, 2), 0.3))),
        Call((DEEP, np.full((2, 2), 300, np.int16))),
        Call((DEEP.astype(np.int8), np.ones((2, 2), bool))),
        Call((DEEP > 0, np.full((2, 2), 0.1, np.float32))),
    ],
    after="stamps",
)
def test_number_types(student: Student, call: Call, outcome: Outcome) -> None:
    """Bytes, whole numbers and truth values are computed in float64; arguments stay as they were."""
    expect.same(student, call, outcome, scale=expect.terms)
    expect.untouched(student, call, outcome)


HOLE = np.array([[1.0, np.nan], [3, 4]])
CROSS = np.array([[0.0, 1, 0], [1, 1, 1], [0, 1, 0]])


@check(
    points=1,
    killers=[
        Call((HOLE, ONES)),
        Call((HOLE, CROSS)),
        Call((np.array([[np.inf, 1], [1, 1]]), CROSS)),
    ],
    after="stamps",
)
def test_not_a_number(student: Student, call: Call, outcome: Outcome) -> None:
    """A NaN or infinity shows wherever its stamp lies, even under a zero weight, and nowhere else."""
    expect.same(student, call, outcome, scale=expect.terms)


ILLEGAL = {
    "the output padding is as large as the stride": Call((SMALL, BLUR, 2, 0, 2)),
    "with stride 1 no output padding is possible": Call((SMALL, BLUR), {"output_padding": 1}),
    "the vertical output padding is as large as its stride": Call(
        (SMALL, BLUR, (1, 2)), {"output_padding": (1, 0)}
    ),
    "the horizontal output padding is as large as its stride": Call((SMALL, BLUR, (3, 2), 0, (2, 2))),
    "the output padding is negative": Call((SMALL, BLUR, 2), {"output_padding": -1}),
    "the padding cuts everything off": Call((SMALL, ONES), {"padding": 2}),
    "the padding cuts all rows off": Call((np.ones((2, 4)), np.ones((1, 1)), 1, (1, 0))),
    "the padding cuts all columns off": Call((np.ones((4, 2)), np.ones((1, 1)), 1, (0, 1))),
    "the stride is 0": Call((SMALL, ONES), {"stride": 0}),
    "the vertical stride is negative": Call((SMALL, ONES), {"stride": (-1, 1)}),
    "the padding is negative": Call((SMALL, ONES), {"padding": -1}),
    "the vertical padding is negative": Call((SMALL, ONES), {"padding": (-1, 0)}),
    "the horizontal padding is negative": Call((SMALL, ONES), {"padding": (0, -1)}),
    "a colour image is not 2-D": Call((np.ones((4, 4, 3)), ONES)),
    "a row of weights is not 2-D": Call((SMALL, np.ones(2))),
}


@check(
    points=1,
    illegal=ILLEGAL,
    killers=[Call((SMALL, BLUR, 2, 1, 1)), Call((SMALL, BLUR), {"padding": 1}), Call((SMALL, ONES, 3, 0, 2))],
    after="stamps",
)
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """A wrong stride, padding or output padding, an empty result, a colour image: ValueError."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
