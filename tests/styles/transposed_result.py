"""Computed on the transposed image, handed back as a transposed view."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    turned = padded.T
    out = np.zeros((ow, oh))
    for x in range(ow):
        for y in range(oh):
            out[x, y] = np.sum(turned[x * sw : x * sw + kw, y * sh : y * sh + kh] * weights.T)
    return out.T


# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.array([1.0])
    for _ in range(size - 1):
        row = np.convolve(row, [1, 1])
    kernel = np.outer(row, row)
    return kernel / kernel.sum()
