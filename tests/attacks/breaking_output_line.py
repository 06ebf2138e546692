"""Attack: one line of fifty megabytes, on both streams, as a value and as an exception.
Wants: a notebook that no browser opens.
Honest mark: 18
"""

# %% own
import sys

line = "x" * (50 << 20)
print(line)
print(line, file=sys.stderr)
line

# %% zero_pad
raise ValueError("y" * (50 << 20))
