"""Attack: prints without end.
Wants: gigabytes in the notebook or in the grader's memory.
Honest mark: 18
"""

# %% zero_pad
while True:
    print("x" * 100000)
