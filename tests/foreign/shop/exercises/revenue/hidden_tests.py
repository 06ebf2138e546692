"""Hidden tests of `revenue(orders)`."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from autograder.checks import Answer, call, check


def order(customer, cents, day):
    return {"customer": customer, "amount": Fraction(cents, 100), "day": date(2024, 2, day)}


SMALL = call([order("b", 250, 29), order("a", 5, 1), order("b", 10, 3)])
orders = st.lists(
    st.builds(order, st.sampled_from("abc"), st.integers(1, 999), st.integers(1, 29)), min_size=1, max_size=5
)


@check(points=2, why="The idea.", killers=[SMALL], cases=orders.map(call))
def totals(answer: Answer) -> None:
    """Each customer has the sum of the orders and the last day, in any order."""
    answer.equals(any_order=True)


@check(points=1, why="The line is asked for.", killers=[SMALL, call([])])
def printed(answer: Answer) -> None:
    """The number of orders is printed."""
    answer.prints()


@check(
    points=1, why="A record may lack a field.", illegal={"an order has no amount": call([{"customer": "a"}])}
)
def broken(answer: Answer) -> None:
    """An order without a field raises KeyError."""
    answer.equals(any_order=True)
