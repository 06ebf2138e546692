"""np.apply_along_axis over flattened windows."""

# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return len(range(0, n + 2 * padding - k + 1, stride))


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[::sh, ::sw]
    lines = windows.reshape(oh, ow, -1)
    return np.apply_along_axis(lambda line: (line * weights.ravel()).sum(), 2, lines)


# %% gaussian_kernel
def gaussian_kernel(size):
    try:
        half, odd = divmod(size.__index__(), 2)
    except AttributeError:
        raise ValueError("a whole number, please") from None
    if size < 1 or not odd:
        raise ValueError("odd and positive, please")
    row, number = [], 1.0
    for i in range(2 * half + 1):
        row.append(number)
        number = number * (2 * half - i) / (i + 1)
    row = np.array(row) / 4.0**half
    return row.reshape(-1, 1) @ row.reshape(1, -1)
