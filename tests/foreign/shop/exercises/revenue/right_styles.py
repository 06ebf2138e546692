"""Right implementations of `revenue`, for a notebook that has the class Total."""

from dataclasses import dataclass


@dataclass
class Total:
    customer: str
    amount: object
    last: object


# %% loop
def revenue(orders):
    print(len(orders), "orders")
    names = sorted({order["customer"] for order in orders})
    found = []
    for name in names:
        rows = [order for order in orders if order["customer"] == name]
        spent = sum(order["amount"] for order in rows)
        found.append(Total(customer=name, amount=spent, last=max(order["day"] for order in rows)))
    return found
