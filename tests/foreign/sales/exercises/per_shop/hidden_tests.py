"""Hidden tests of `per_shop(sales)`."""

import pandas as pd
from hypothesis import strategies as st

from autograder.checks import Answer, call, check

DAYS = pd.to_datetime(["2024-02-28", "2024-02-29", "2024-03-01"])


def table(rows):
    """Sales of a shop on a day each."""
    shops, days, euros = zip(*rows, strict=True)
    return call(pd.DataFrame({"shop": shops, "day": DAYS[list(days)], "euros": euros}))


SMALL = table([("north", 0, 1.5), ("east", 1, 2.0), ("north", 0, 0.25)])
rows = st.tuples(st.sampled_from(["north", "east"]), st.integers(0, 2), st.integers(0, 99).map(float))


@check(points=2, why="The idea.", killers=[SMALL], cases=st.lists(rows, min_size=1, max_size=5).map(table))
def sums(answer: Answer) -> None:
    """Each shop has a row with its sum and its number of days."""
    answer.equals(rounding=1e-9, any_order=True)


@check(points=1, why="The table is to be read.", killers=[SMALL], after=sums)
def order(answer: Answer) -> None:
    """Columns and rows are in the order that is asked for, and the rows are counted from 0."""
    answer.equals(rounding=1e-9)


@check(points=1, why="A number of days is whole.", killers=[SMALL], after=sums)
def number_types(answer: Answer) -> None:
    """Euros are floats, days are whole numbers."""
    answer.has_the_number_type()


@check(points=1, why="Whoever calls goes on with the table.", killers=[SMALL], after=sums)
def untouched(answer: Answer) -> None:
    """The table that was given stays as it was."""
    answer.leaves_arguments_alone()
