"""Computed in thirds, so that the last digits differ."""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded / 3, (kh, kw))[::sh, ::sw]
    return (windows * (weights * 7)).sum((2, 3)) * 3 / 7


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if any(a != b for a, b in zip(gx.shape, gy.shape)):
        raise ValueError(f"{gx.shape} and {gy.shape}")
    square = np.multiply(gx, gx, dtype=float)
    square += np.multiply(gy, gy, dtype=float)
    return np.power(square, 0.5)
