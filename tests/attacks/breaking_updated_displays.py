"""Attack: shows one thing, updates it and clears it a hundred thousand times.
Wants: a list of outputs without end.
Honest mark: 22
"""


# %% own
from IPython.display import clear_output, display

shown = display("x", display_id=True)
for number in range(30_000):
    if shown is not None:
        shown.update("y" * 1_000)
    display({"text/plain": "z", "application/vnd.jupyter.widget-view+json": {"model_id": "x"}}, raw=True)
    clear_output(wait=bool(number % 2))
