"""The kernel as a sum of outer products (SVD); float errors near 1e-13."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    if not (np.isfinite(padded).all() and np.isfinite(weights).all()):
        return (windows * weights).sum((2, 3))[::sh, ::sw]
    out = np.zeros(windows.shape[:2])
    for column, size, row in zip(*[part.T if n == 0 else part for n, part in enumerate(np.linalg.svd(weights, full_matrices=False))]):
        lines = sum(padded[:, j : j + windows.shape[1]] * row[j] for j in range(kw))
        out += size * sum(lines[i : i + windows.shape[0]] * column[i] for i in range(kh))
    return out[::sh, ::sw]


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.sqrt(gx.astype(np.float64) ** 2 + gy.astype(np.float64) ** 2)


# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or output_padding < 0 or output_padding >= stride:
        raise ValueError("illegal")
    stretched = len([0] * (stride * (n - 1) + 1))
    size = stretched + k - 1 - 2 * padding + output_padding
    if size < 1:
        raise ValueError("nothing is left")
    return size
