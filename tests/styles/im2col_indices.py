"""im2col by index arrays."""

# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    roomy = np.zeros((image.shape[0] + 2 * ph + 2, image.shape[1] + 2 * pw + 2))
    roomy[np.ix_(np.arange(image.shape[0]) + ph + 1, np.arange(image.shape[1]) + pw + 1)] = image
    return roomy[1:-1, 1:-1]


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    rows = np.arange(oh)[:, None, None, None] * sh + np.arange(kh)[:, None]
    columns = np.arange(ow)[:, None, None] * sw + np.arange(kw)
    return (padded[rows, columns] * weights).sum((2, 3))


# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    for y, x in np.ndindex(oh, ow):
        window = padded[y * sh :, x * sw :][: (kh - 1) * dh + 1 : dh, : (kw - 1) * dw + 1 : dw]
        out[y, x] = np.sum(window * weights)
    return out
