"""Right implementations of `edge_magnitude` in many styles; each must earn all points."""


# %% loops
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    h, w = gx.shape
    out = np.zeros((h, w))
    for y in range(h):
        for x in range(w):
            across, down = float(gx[y, x]), float(gy[y, x])
            out[y, x] = (across**2 + down**2) ** 0.5
    return out


# %% scatter
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.hypot(gx.astype(float), gy.astype(float))


# %% separable_parts
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.sqrt(gx.astype(np.float64) ** 2 + gy.astype(np.float64) ** 2)


# %% shift_and_add
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.linalg.norm([gx.astype(float), gy.astype(float)], axis=0)


# %% sliding_window_view
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.abs(gx.astype(float) + 1j * gy.astype(float))


# %% stacked_shifts
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    both = np.stack([gx, gy]).astype(float)
    return np.einsum("cyx,cyx->yx", both, both) ** 0.5


# %% stride_afterwards
import math


def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.array(
        [[math.hypot(a, b) for a, b in zip(*rows)] for rows in zip(gx.tolist(), gy.tolist())], float
    )


# %% tensordot
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    out = np.empty(gx.shape, order="F")
    for place in np.ndindex(*gx.shape):
        out[place] = (float(gx[place]) ** 2 + float(gy[place]) ** 2) ** 0.5
    return out


# %% thirds
def edge_magnitude(gx, gy):
    if any(a != b for a, b in zip(gx.shape, gy.shape)):
        raise ValueError(f"{gx.shape} and {gy.shape}")
    square = np.multiply(gx, gx, dtype=float)
    square += np.multiply(gy, gy, dtype=float)
    return np.power(square, 0.5)
