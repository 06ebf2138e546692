"""np.vectorize over index grids."""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def one(y, x):
        return np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights)

    ys, xs = np.meshgrid(np.arange(oh), np.arange(ow), indexing="ij")
    return np.vectorize(one, otypes=[float])(ys, xs)


# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.poly1d([0.5, 0.5]) ** int(size - 1)
    weights = row.coeffs.astype(float)
    return weights[:, None] * weights[None, :]
