"""map, product and reduce, without a loop."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    import itertools
    import operator
    from functools import reduce

    def cell(place):
        y, x = place
        terms = map(
            lambda at: padded[y * sh + at[0], x * sw + at[1]] * weights[at],
            itertools.product(range(kh), range(kw)),
        )
        return reduce(operator.add, terms)

    return np.array(list(map(cell, itertools.product(range(oh), range(ow))))).reshape(oh, ow)


# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.round((values - low) / (high - low) * 255).astype(np.uint8)


# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    phases = np.zeros((padded.shape[0] - (kh - 1) * dh, padded.shape[1] - (kw - 1) * dw))
    for py in range(min(dh, phases.shape[0])):
        for px in range(min(dw, phases.shape[1])):
            phases[py::dh, px::dw] = convolve2d(padded[py::dh, px::dw], weights)
    return phases[::sh, ::sw]
