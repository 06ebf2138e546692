"""Hidden tests of `transposed_output_size(n, k, stride=1, padding=0, output_padding=0)`."""

from autograder.checks import Answer, call, check, draw


@check(
    points=1,
    why="n - 1 + k: where the last stamp ends.",
    cases=draw.transposed_axes(),
    killers=[call(1, 1), call(2, 3), call(4, 4), call(5, 1), call(320, 11)],
)
def stamps(answer: Answer) -> None:
    """Stride 1: the last stamp begins at the last pixel and is as long as the kernel."""
    answer.equals_whole_number()


@check(
    points=1,
    why="(n - 1) steps, not n.",
    cases=draw.transposed_axes(stride=True),
    killers=[call(2, 3), call(2, 3, 2), call(3, 2, stride=3), call(1, 2, 4), call(4, 3, 3), call(240, 5, 7)],
    after=stamps,
)
def stride(answer: Answer) -> None:
    """With a stride, the stamps are further apart."""
    answer.equals_whole_number(of_any_type=True)


@check(
    points=1,
    why="Here padding takes away, the reverse of what it does in a convolution.",
    cases=draw.transposed_axes(padding=True),
    killers=[call(3, 3, 1, 1), call(4, 1, 1, 1), call(3, 3, padding=1), call(4, 4, 1, 2), call(60, 9, 1, 4)],
    after=stamps,
)
def padding(answer: Answer) -> None:
    """Padding takes pixels away, on both sides."""
    answer.equals_whole_number(of_any_type=True)


@check(
    points=1,
    why="It chooses among the sizes that a stride has merged; once, not on both sides.",
    cases=draw.transposed_axes(output=True),
    killers=[call(3, 3, 2, 0, 1), call(2, 2, stride=3, output_padding=2), call(50, 3, 8, 0, 7)],
    more_killers={padding: [call(3, 3, 2, 1, 1), call(4, 5, 3, 2, 2), call(1, 2, 2, 1, 1)]},
    after=stride,
)
def output_padding(answer: Answer) -> None:
    """Output padding adds pixels at the end, once."""
    answer.equals_whole_number(of_any_type=True)


ILLEGAL = {
    "the output padding is as large as the stride": call(3, 3, 2, 0, 2),
    "with stride 1 no output padding is possible": call(3, 3, output_padding=1),
    "the output padding is negative": call(3, 3, 2, output_padding=-1),
    "the padding cuts everything off": call(1, 2, 1, 1),
    "the padding cuts off more than there is": call(2, 3, 1, 3),
    "the stride is 0": call(3, 3, 0),
    "the padding is negative": call(3, 3, 1, -1),
    "there is no pixel": call(0, 3),
    "the kernel has no cell": call(3, 0),
}


@check(
    points=1,
    why="An output padding of a whole stride, or nothing left, is no size.",
    illegal=ILLEGAL,
    killers=[call(3, 3), call(1, 1)],
    after=stamps,
)
def illegal(answer: Answer) -> None:
    """Arguments that make no sense, or leave nothing, raise ValueError."""
    answer.returned()
