"""Hidden tests of `pad_amounts(mode, k, dilation=1)`."""

from hypothesis import strategies as st

from autograder.checks import Answer, call, check, draw

# from too many to be listed
EVEN, ODD = st.integers(1, 4_999).map(lambda n: 2 * n), st.integers(1, 4_999).map(lambda n: 2 * n + 1)


@check(
    points=1,
    why="The two modes without rounding.",
    cases=draw.pads(modes=("full",), kernels=st.integers(2, 9_999)),
    killers=[call("full", 3), call("full", 2), call("full", 7), call("full", 1)],
    sequence=lambda case: (case, call("valid", *case.args[1:])),
)
def full(answer: Answer) -> None:
    """'full': at least one cell of the kernel is on the image; 'valid': no zeros at all."""
    answer.equals_pair()


@check(
    points=1,
    why="The mode everybody uses, where it is symmetric.",
    cases=draw.pads(modes=("same",), kernels=ODD),
    killers=[call("same", 3), call("same", 5)],
)
def same(answer: Answer) -> None:
    """'same' with an odd kernel: as many zeros on both sides, and the size stays."""
    answer.equals_pair()


@check(
    points=1,
    why="The odd zero is an agreement: at the end, as in PyTorch.",
    cases=draw.pads(modes=("same",), kernels=EVEN),
    killers=[call("same", 2), call("same", 4)],
    after=same,
)
def same_even(answer: Answer) -> None:
    """'same' with an even kernel: the extra zero goes at the end."""
    answer.equals_pair()


@check(
    points=1,
    why="The kernel counts as wide as it is spread, d(k - 1) + 1, not d times k.",
    cases=draw.pads(modes=("same", "full"), kernels=st.integers(2, 9_999), dilation=99),
    killers=[
        call("full", 3, 2),
        call("full", 3, 3),
        call("same", 3, dilation=3),
        call("same", 2, dilation=3),
        call("same", 1, 3),
    ],
)
def dilation(answer: Answer) -> None:
    """With dilation the kernel is as wide as its cells are spread."""
    answer.equals_pair()


ILLEGAL = {
    "there is no such mode": call("half", 3),
    "a mode is a word": call(1, 3),
    "the kernel has no cell": call("same", 0),
    "the dilation is 0": call("full", 3, 0),
    "the dilation is negative": call("valid", 3, dilation=-1),
}


@check(
    points=1,
    why="An unknown mode must not be taken for another.",
    illegal=ILLEGAL,
    killers=[call("full", 4), call("same", 5)],
)
def illegal(answer: Answer) -> None:
    """An unknown mode, a kernel without cells and a dilation below 1 raise ValueError."""
    answer.returned()
