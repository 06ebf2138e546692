# %% right-repeated-averaging
# mark: 4
# loses: nothing
import numpy as np


def gaussian_kernel(size):
    if size != int(size) or size < 1 or size % 2 == 0:
        raise ValueError("size must be odd and positive")
    row = np.array([1.0])
    for _ in range(int(size) - 1):
        row = np.convolve(row, [0.5, 0.5])
    return np.outer(row, row)


# %% right-fractions-and-comb
# mark: 4
# loses: nothing
from fractions import Fraction
from math import comb

import numpy as np


def gaussian_kernel(size):
    gut = isinstance(size, (int, np.integer)) and size >= 1 and size % 2 == 1
    if not gut:
        raise ValueError("ungerade, ganze, positive Grösse bitte")
    n = int(size) - 1
    reihe = [float(Fraction(comb(n, i), 2**n)) for i in range(n + 1)]
    return np.array([[a * b for a in reihe] for b in reihe])


# %% exponential-no-checks
# mark: 1
# loses: weights 2, illegal 1
# says: a Gaussian by exp instead of binomial weights
# says: illegal arguments are not refused
# note: size, sum and shape are right for every odd size, so sizes is kept
import numpy as np


def gaussian_kernel(size):
    sigma = 0.3 * ((size - 1) * 0.5 - 1) + 0.8
    ax = np.arange(-(size // 2), size // 2 + 1)
    xx, yy = np.meshgrid(ax, ax)
    kernel = np.exp(-(xx**2 + yy**2) / (2 * sigma**2))
    return kernel / np.sum(kernel)


# %% only-three-and-five
# mark: 0
# loses: weights 2, sizes 1, illegal 1
# says: only the sizes 3 and 5 work
# note: asked is a blur of any size, and the lesson writes these two out; refusing 7 tells nothing of illegal sizes
import numpy as np


def gaussian_kernel(size):
    if size == 3:
        return np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16
    elif size == 5:
        k = np.array([1, 4, 6, 4, 1])
        return k[:, None] * k[None, :] / 256
    raise ValueError("size not supported")


# %% whole-numbers-overflow-no-checks
# mark: 2
# loses: sizes 1, illegal 1
# says: large sizes overflow
# says: illegal arguments are not refused
import numpy as np


def gaussian_kernel(size):
    v = np.ones(1, dtype=np.int64)
    while len(v) < size:
        v = np.append(v, 0) + np.insert(v, 0, 0)
    m = np.outer(v, v)
    return m / m.sum()


# %% vector-with-asserts
# mark: 1
# loses: weights 2, illegal 1
# says: a vector instead of a matrix
# says: another exception than ValueError
import numpy as np


def gaussian_kernel(size):
    assert size % 2 == 1, "odd please"
    assert size > 0
    zeile = [1.0]
    for i in range(1, size):
        zeile.append(zeile[-1] * (size - i) / i)
    zeile = np.array(zeile)
    return zeile / zeile.sum()


# %% sum-is-not-one
# mark: 2
# loses: weights 2
# says: the sum is not 1
import numpy as np


def gaussian_kernel(size):
    if not isinstance(size, int) or size < 1 or size % 2 == 0:
        raise ValueError(size)
    p = np.poly1d([1.0])
    for _ in range(size - 1):
        p = p * np.poly1d([1.0, 1.0])
    return np.outer(p.coeffs, p.coeffs)


# %% fractional-size-typeerror
# mark: 3
# loses: illegal 1
# says: another exception than ValueError
# note: even and too small sizes are refused rightly, 3.5 ends in a TypeError of range(); the check is one thing
import numpy as np


def gaussian_kernel(size):
    if size % 2 == 0 or size < 1:
        raise ValueError("size must be odd and >= 1")
    row = np.array([[1.0]])
    for i in range(size - 1):
        row = (np.pad(row, ((0, 0), (0, 1))) + np.pad(row, ((0, 0), (1, 0)))) / 2
    return row.T @ row


# %% size-taken-as-radius-with-checks
# mark: 2
# loses: weights 2 (2 * size + 1 weights)
# says: the size is taken as a radius
from math import comb

import numpy as np


def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size <= 0 or size % 2 == 0:
        raise ValueError("odd sizes only")
    row = np.array([comb(2 * size, i) for i in range(2 * size + 1)], dtype=float)
    row /= row.sum()
    return np.outer(row, row)
