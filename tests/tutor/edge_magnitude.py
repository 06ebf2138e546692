# %% right-hypot-with-check
# mark: 5
# loses: nothing
import numpy as np


def edge_magnitude(gx, gy):
    gx, gy = np.asarray(gx, float), np.asarray(gy, float)
    if gx.shape != gy.shape:
        raise ValueError("gx and gy differ in shape")
    return np.hypot(gx, gy)


# %% right-complex-numbers
# mark: 5
# loses: nothing
import numpy as np


def edge_magnitude(gx, gy):
    if np.shape(gx) != np.shape(gy):
        raise ValueError("shapes")
    z = np.empty(np.shape(gx), dtype=complex)
    z.real = gx
    z.imag = gy
    return abs(z)


# %% own-type-no-check
# mark: 4.25
# loses: number_types 0.5, illegal 0.25
# says: products overflow in the image's own type
# says: illegal arguments are not refused
import numpy as np


def edge_magnitude(gx, gy):
    return np.sqrt(gx**2 + gy**2)


# %% sum-of-absolute-values
# mark: 0.75
# loses: length 4, illegal 0.25
# says: absolute values are added instead of the root of the squares
# says: illegal arguments are not refused
import numpy as np


def edge_magnitude(gx, gy):
    # faster than the root
    return np.abs(gx.astype(np.float64)) + np.abs(gy.astype(np.float64))


# %% root-missing-own-type
# mark: 0.25
# loses: length 4, number_types 0.5, illegal 0.25
# says: the root is missing
# says: products overflow in the image's own type
# says: another exception than ValueError
import numpy as np


def edge_magnitude(gx, gy):
    assert gx.shape == gy.shape
    mag = gx * gx + gy * gy
    return mag


# %% squares-in-place
# mark: 4
# loses: number_types 0.5, leaves_no_trace 0.25, illegal 0.25
# says: the input is changed
# says: products overflow in the image's own type
# says: illegal arguments are not refused
import numpy as np


def edge_magnitude(gx, gy):
    gx *= gx
    gy *= gy
    return (gx + gy) ** 0.5


# %% nested-lists-with-check
# mark: 4.5
# loses: number_types 0.5
# says: a list instead of an array
import math


def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    rows = []
    for a, b in zip(gx, gy):
        rows.append([math.sqrt(float(x) ** 2 + float(y) ** 2) for x, y in zip(a, b)])
    return rows


# %% right-norm-of-a-stack
# mark: 5
# loses: nothing
import numpy as np


def edge_magnitude(gx, gy):
    if np.shape(gx) != np.shape(gy):
        raise ValueError(f"{np.shape(gx)} and {np.shape(gy)} do not match")
    return np.linalg.norm(np.stack([gx, gy]).astype(np.float64), axis=0)


# %% scaled-to-255-no-check
# mark: 0.75
# loses: length 4 (divided by its maximum, times 255), illegal 0.25
# says: divided by its maximum
# says: illegal arguments are not refused
import numpy as np


def edge_magnitude(gx, gy):
    G = np.hypot(gx.astype(float), gy.astype(float))
    G = G / G.max() * 255
    return G
