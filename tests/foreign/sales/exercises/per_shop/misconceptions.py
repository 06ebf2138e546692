"""What people do wrong in `per_shop`."""

from autograder.checks.mistakes import Table

from .answer import per_shop

mistakes = Table("per_shop", "1_sales#text", "sums", per_shop)


@mistakes.around("You count the sales of a shop; its days are asked for.")
def sales_counted(right, sales):
    return right(sales).assign(days=sales.groupby("shop").size().tolist())


@mistakes.around("The shops stay in the index; make a column of them.", aspect="sums")
def in_the_index(right, sales):
    return right(sales).set_index("shop")


@mistakes.around("Sort by shop, from a to z.", aspect="order")
def unsorted(right, sales):
    return right(sales).iloc[::-1]


@mistakes.around("Days are whole numbers.", aspect="number_types")
def floats(right, sales):
    return right(sales).astype({"days": float})


@mistakes.around("You write into the table that was given; work on a copy.", aspect="untouched")
def column_added(right, sales):
    sales["days"] = 1
    return right(sales)
