"""The result is read-only."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    out = np.multiply(windows, weights).sum(axis=3).sum(axis=2)[::sh, ::sw]
    out.flags.writeable = False
    return out


# %% normalize
def normalize(image):
    values = np.array(image, dtype=float)
    if np.isnan(values).any() or np.isinf(values).any():
        raise ValueError("not finite")
    values -= values.min()
    span = values.max()
    if span > 0:
        values /= span
    return (values * 255).astype(np.uint8)


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("at least 1")
    total = dilation * (k - 1)
    match mode:
        case "valid":
            return (0, 0)
        case "same":
            return (total // 2, (total + 1) // 2)
        case "full":
            return (total, total)
    raise ValueError(mode)
