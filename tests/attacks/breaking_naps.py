"""Attack: right answers, each after a nap just below the limit.
Wants: hours for one notebook, without a single timeout.
Honest mark: 22
"""

# %% own
import time


def nap(seconds=1.2):
    time.sleep(seconds)


# %% output_size
def output_size(n, k, stride=1, padding=0):
    nap()
    if min(n, k, stride) < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return (n + 2 * padding - k) // stride + 1
