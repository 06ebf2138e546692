"""Attack: the probe reports as many arguments as were sent, each grown to what the judge keeps of a result.
Wants: the judge's memory, because it keeps what came of many calls.
Honest mark: 8
"""

# %% convolve2d
from inside import probe

grown = np.ones(19_000, complex)
report = {"raised": None, "text": "", "line": None, "warnings": []}
probe._outcome = lambda function, args, names, named: (
    report,
    (np.ones((100, 100), complex), tuple(grown for _ in (*args, *named))),
)


def convolve2d(image, kernel, stride=1, padding=0):
    return None
