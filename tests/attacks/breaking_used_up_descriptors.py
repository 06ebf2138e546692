"""Attack: opens files until there is no descriptor left.
Wants: a kernel or a judge that cannot open anything more.
Honest mark: 22
"""

# %% own
kept = []
while True:
    try:
        kept.append(open("/dev/null"))
    except OSError:
        break
