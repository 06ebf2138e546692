"""Right implementations of `per_shop`, for a notebook that imports pandas as pd."""

import pandas as pd


# %% loop
def per_shop(sales):
    found = []
    for shop in sorted(set(sales["shop"])):
        rows = sales[sales["shop"] == shop]
        found.append({"shop": shop, "euros": rows["euros"].sum(), "days": len(set(rows["day"]))})
    return pd.DataFrame(found)


# %% pivot
def per_shop(sales):
    made = sales.pivot_table(index="shop", aggfunc={"euros": "sum", "day": "nunique"}).reset_index()
    return made.rename(columns={"day": "days"})[["shop", "euros", "days"]]
