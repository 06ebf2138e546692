"""What people do wrong in `revenue`."""

from dataclasses import replace
from datetime import date

from autograder.checks.mistakes import Table

from .answer import revenue

mistakes = Table("revenue", "1_orders#text", "totals", revenue)


@mistakes.around("You take the first day of each customer; the last is asked for.")
def first_day(right, orders):
    days = {
        each["customer"]: each["day"] for each in sorted(orders, key=lambda each: each["day"], reverse=True)
    }
    return [replace(total, last=days[total.customer]) for total in right(orders)]


@mistakes.around("Print the number of orders, not that of customers.", aspect="printed")
def customers_counted(right, orders):
    print(f"{len({each['customer'] for each in orders})} orders")
    return []


@mistakes.around("An order without a field has to raise KeyError.", aspect="broken")
def fields_filled_in(right, orders):
    filler = {"customer": "", "amount": 0, "day": date(2024, 1, 1)}
    return right([filler | each for each in orders])
