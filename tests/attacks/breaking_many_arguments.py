"""Attack: the probe reports that every call left thousands of arguments, each as large as fits.
Wants: the judge's memory, because it keeps what came of many calls.
Honest mark: 8
"""

# %% convolve2d
from inside import probe

many = (np.ones(20_000, complex),) * 40
report = {"raised": None, "text": "", "line": None, "warnings": []}
probe._outcome = lambda function, args, names, named: (report, (np.ones((100, 100), complex), many))


def convolve2d(image, kernel, stride=1, padding=0):
    return None
