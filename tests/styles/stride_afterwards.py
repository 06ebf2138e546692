"""Everything at stride 1, then every s-th one kept."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    full = np.zeros((padded.shape[0] - kh + 1, padded.shape[1] - kw + 1))
    for y in range(full.shape[0]):
        for x in range(full.shape[1]):
            full[y, x] = np.sum(weights * padded[y : y + kh, x : x + kw])
    return full[::sh, ::sw]


# %% edge_magnitude
import math


def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.array([[math.hypot(a, b) for a, b in zip(*rows)] for rows in zip(gx.tolist(), gy.tolist())], float)
