"""Hidden tests of `output_size(n, k, stride=1, padding=0)`."""

from autograder.checks import Answer, call, check, draw


@check(
    points=1,
    why="The plain count n - k + 1; without it no other size is right, so the rest waits for it.",
    cases=draw.axes(),
    killers=[call(5, 3), call(1, 1), call(4, 4), call(640, 11)],
)
def positions(answer: Answer) -> None:
    """Stride 1, no padding: counts the positions where the kernel fits."""
    answer.equals_whole_number(of_any_type=True)


@check(
    points=1,
    why="Adding the padding once instead of twice is the usual slip.",
    cases=draw.axes(padding=True),
    killers=[call(5, 3, padding=1), call(2, 4, 1, 1), call(480, 7, padding=23)],
    after=positions,
)
def padding(answer: Answer) -> None:
    """Padding adds zeros on both sides of the axis."""
    answer.equals_whole_number(of_any_type=True)


@check(
    points=1,
    why="Rounding is a thought of its own: up and down agree whenever the last step fits exactly.",
    cases=draw.axes(stride=True),
    killers=[
        call(7, 3),
        call(7, 3, stride=2),
        call(6, 3, stride=2),
        call(8, 3, 3),
        call(3, 3, 2),
        call(641, 11, 17),
    ],
    more_killers={padding: [call(6, 3, 2, 1), call(8, 3, 3, 2), call(7, 4, stride=4, padding=3)]},
    after=positions,
)
def stride(answer: Answer) -> None:
    """A stride skips positions, and a last step that would leave the image is not taken."""
    answer.equals_whole_number()


ILLEGAL = {
    "the kernel is longer than the axis": call(2, 3),
    "the kernel is longer than the padded axis": call(2, 5, 1, 1),
    "the stride is 0": call(5, 3, 0),
    "the stride is negative": call(5, 3, stride=-1),
    "the padding is negative": call(5, 1, padding=-1),
    "the axis has no pixel": call(0, 1, 1, 1),
    "the kernel has no cell": call(5, 0),
}


@check(
    points=1,
    why="A size that cannot be should stop a program where the mistake is, not three cells later.",
    illegal=ILLEGAL,
    killers=[call(6, 3), call(1, 1)],
    after=positions,
)
def illegal(answer: Answer) -> None:
    """Sizes, strides and paddings that make no sense raise ValueError."""
    answer.returned()
