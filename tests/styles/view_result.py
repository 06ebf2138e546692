"""The result is a view into a larger array."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    roomy = np.full((2 * oh + 3, 3 * ow + 2), np.nan)
    out = roomy[1 : 2 * oh + 1 : 2, 1 : 3 * ow + 1 : 3]
    for y in range(oh):
        for x in range(ow):
            out[y, x] = (padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights).sum()
    return out


# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    if size == 1:
        return np.ones((1, 1))
    smaller = gaussian_kernel(size - 2)
    return convolve2d(smaller, np.outer([1, 2, 1], [1, 2, 1]) / 16, padding=2)
