"""Hidden tests of `max_pool2d(image, size, stride=1)`."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check, draw, lay_out

BUILDS_ON = ("output_size",)
SMALL = np.array([[4.5, -1.0, 2.0], [0.0, -3.25, 7.0], [6.0, -9.0, -2.0]])
RAMP = np.arange(49.0).reshape(7, 7) % 11 - 5.5
DEEP = -np.arange(1.0, 26).reshape(5, 5)
PICTURE = np.add.outer(np.arange(40.0) ** 2 % 31, np.arange(56.0) * 3 % 29) - 20
LARGE = PICTURE[:, :40]


@st.composite
def places(
    choose: st.DrawFn,
    *,
    square: bool = False,
    strides: st.SearchStrategy[int] | None = None,
    halves: bool = False,
    dtypes: tuple[str, ...] = (),
) -> Call:
    """Arguments of `max_pool2d`: an image, the size of a window that fits into it, perhaps a stride.

    `square` leaves height and width out of it, `halves` makes pairs of size and stride.
    """
    kh = choose(st.integers(1, 3))
    kw = choose(st.integers(1, 3)) if halves else kh
    height = kh + choose(st.integers(0, 4))
    width = height if square else kw + choose(st.integers(0, 4))
    palette = draw.PALETTES[choose(st.sampled_from(dtypes))] if dtypes else draw.REAL
    image = draw.grid(choose, (height, width), palette)
    if halves:
        return call(image, (kh, kw), choose(draw.pair(1, 3)))
    return call(image, kh) if strides is None else call(image, kh, choose(strides))


@check(
    points=2,
    why="The idea of the section: the largest number of each window, negative ones too.",
    cases=places(square=True),
    killers=[
        call(SMALL, 2),
        call(DEEP, 3),
        call(RAMP, 4),
        call(SMALL, 3),
        call(SMALL, 1),
        call(DEEP / 7, 2),
        call(LARGE, 11),
    ],
)
def windows(answer: Answer) -> None:
    """Each number is the largest of its window (square images, stride 1)."""
    answer.equals_reference()


@check(
    points=0.5,
    why="Height and width exchanged go unnoticed on squares.",
    cases=places(),
    killers=[
        call(RAMP[:3], 2),
        call(RAMP[:, :4], 3),
        call(DEEP[:2], 2),
        call(DEEP[:, :1], 1),
        call(PICTURE, 11),
    ],
    after=windows,
)
def rectangles(answer: Answer) -> None:
    """Images that are taller than wide, or wider than tall."""
    answer.equals_reference()


@check(
    points=1,
    why="Pooling shrinks by its stride; what is left over at the end is easily counted.",
    cases=places(square=True, strides=st.integers(1, 4)),
    killers=[
        call(RAMP, 2),
        call(RAMP, 2, 2),
        call(RAMP[:6, :6], 2, 2),
        call(RAMP, 2, 3),
        call(RAMP, 3, stride=2),
        call(RAMP[:6, :6], 3, 2),
        call(DEEP, 1, 4),
        call(DEEP, 5, 3),
        call(LARGE, 3, 13),
    ],
    after=windows,
)
def stride(answer: Answer) -> None:
    """The windows are `stride` pixels apart, and the last one stays inside the image."""
    answer.equals_reference()


@check(
    points=0.5,
    why="Down first, across second, here as well.",
    cases=places(halves=True),
    killers=[
        call(RAMP, (2, 3)),
        call(RAMP[:4], (3, 1)),
        call(RAMP[:2], (1, 4)),
        call(RAMP, 2, (1, 3)),
        call(RAMP, (1, 2), (3, 1)),
        call(RAMP[:5, :6], (2, 1), (2, 3)),
        call(RAMP, (3, 2), 2),
        call(PICTURE, (5, 12), (7, 11)),
    ],
    after=(windows, stride),
)
def pairs(answer: Answer) -> None:
    """Size and stride may be pairs: down first, across second."""
    answer.equals_reference()


@check(
    points=0.25,
    why="A layer that follows expects float64, whatever the image is made of.",
    cases=places(square=True, dtypes=draw.NUMBER_TYPES),
    killers=[
        call(np.array([[200, 255, 100], [255, 200, 50], [0, 250, 255]], np.uint8), 2),
        call(np.array([[-3, -120], [-128, -5]], np.int8), 2),
        call(SMALL > 0, 2),
        call(np.arange(9, dtype=np.int64).reshape(3, 3), 1),
        *(
            call((SMALL * 2).astype(dtype), 2)
            for dtype in ("int16", "int32", "float16", "float32", "float64")
        ),
        *(call(np.abs(SMALL * 2).astype(dtype), 2) for dtype in ("uint16", "uint32")),
        call(np.abs(LARGE).astype(np.uint8), 11),
        call(DEEP / 7, 2),
        call(DEEP * 1e4, 2),
    ],
    after=windows,
)
def number_types(answer: Answer) -> None:
    """Bytes, whole numbers and Booleans become float64."""
    answer.equals_reference()
    answer.has_the_number_type()


def variations(case: Call) -> Sequence[Call]:
    """Calls with the same image, with it upside down, and lying differently in memory."""
    image, size = case.args
    return (case, call(image[::-1] + 1, size), call(lay_out(image, "FR"), size), case)


@check(
    points=0.25,
    why="A function that changes its input, or returns the same buffer twice, breaks whoever calls it.",
    cases=places(square=True),
    killers=[call(SMALL, 2), call(RAMP, 3), call(SMALL, 1), call(LARGE, 11)],
    sequence=variations,
    after=windows,
)
def leaves_no_trace(answer: Answer) -> None:
    """The image stays as it was, and a later call does not change an earlier result."""
    answer.equals_reference()
    answer.leaves_arguments_alone()


ILLEGAL = {
    "a window of 5 does not fit into 4 columns": call(np.ones((7, 4)), 5),
    "a window of 5 does not fit into 4 rows": call(np.ones((4, 7)), 5),
    "a window of 8 fits nowhere": call(np.ones((4, 4)), 8),
    "the size is 0": call(SMALL, 0),
    "the size is negative": call(SMALL, -1),
    "the stride is 0": call(SMALL, 2, 0),
    "the stride is negative": call(SMALL, 2, -1),
    "a colour image is not 2-D": call(np.ones((4, 4, 3)), 2),
    "a row of pixels is not 2-D": call(np.ones(4), 1),
}
ILLEGAL_PAIRS = {
    "the window is too high": call(np.ones((4, 7)), (5, 2)),
    "the window is too wide": call(np.ones((7, 4)), (2, 5)),
    "the height of the window is 0": call(SMALL, (0, 1)),
    "the width of the window is 0": call(SMALL, (1, 0)),
    "the vertical stride is 0": call(SMALL, 2, (0, 1)),
    "the horizontal stride is 0": call(SMALL, 2, (1, 0)),
}


@check(
    points=0.5,
    why="A window that does not fit has no largest number.",
    illegal=ILLEGAL,
    more_illegal={pairs: ILLEGAL_PAIRS},
    killers=[call(SMALL, 3), call(SMALL, 1), call(LARGE, 11)],
    after=windows,
)
def illegal(answer: Answer) -> None:
    """A window that does not fit, a size or stride below 1, a colour image: ValueError."""
    answer.returned()
