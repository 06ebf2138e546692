"""Hidden tests of `gaussian_kernel(size)`."""

from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check


def one(_: Call) -> float:
    """The weights add up to 1."""
    return 1e-3  # so that 1e-12 may be missing from each of them


@check(
    points=2,
    why="The pattern as a rule and the sum 1: the notebook writes out two of these sizes.",
    cases=st.integers(1, 8).map(lambda half: call(2 * half + 1)),
    killers=[call(3), call(5), call(7)],
)
def weights(answer: Answer) -> None:
    """Odd sizes from 3 to 17: weights from Pascal's triangle that add up to 1."""
    answer.equals_reference(rounding=one)


@check(
    points=1,
    why="The row of one number, rows that outgrow whole numbers, and an array that is used again.",
    cases=st.integers(0, 60).map(lambda half: call(2 * half + 1)),
    killers=[call(1), call(7), call(9), call(21), call(37), call(51), call(69), call(121)],
    sequence=lambda case: (case, call(3), case),
    after=weights,
)
def sizes(answer: Answer) -> None:
    """Every odd size has its blur, 1 and large ones such as 121 too, and no later call changes it."""
    answer.equals_reference(rounding=one)


ILLEGAL = {
    "a size of 4 is even": call(4),
    "a size of 2 is even": call(2),
    "a size of 0 has no cell": call(0),
    "a size of -3 is negative": call(-3),
    "a size of 2.5 is no whole number": call(2.5),
}


@check(
    points=1, why="An even size has no centre.", illegal=ILLEGAL, killers=[call(3), call(5)], after=weights
)
def illegal(answer: Answer) -> None:
    """A size that isn't an odd, positive whole number raises ValueError."""
    answer.returned()
