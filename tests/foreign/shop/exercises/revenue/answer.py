"""What a shop's customers have spent: records in, instances of a small class out."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass
class Total:
    """What one customer has spent, and when last."""

    customer: str
    amount: Fraction
    last: date


def revenue(orders):
    """Return a Total for each customer, in any order, and print how many orders there were.

    An order is a dictionary with `customer`, `amount` (a Fraction of euros) and `day`. Raises KeyError
    for an order without one of them.
    """
    print(f"{len(orders)} orders")
    mine = {}
    for order in orders:
        mine.setdefault(order["customer"], []).append((order["amount"], order["day"]))
    return [
        Total(customer, sum(amount for amount, _ in rows), max(day for _, day in rows))
        for customer, rows in mine.items()
    ]
