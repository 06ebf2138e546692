"""Attack: a cell never ends.
Wants: the notebook to hang before any test.
Honest mark: 18
"""

# %% zero_pad
while True:
    pass
