"""np.add.at with index grids."""

# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return (n + 2 * padding - k) // stride + 1


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    y, x, i, j = np.indices((oh, ow, kh, kw))
    np.add.at(out, (y, x), padded[y * sh + i, x * sw + j] * weights[i, j])
    return out


# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    triangle = np.zeros((size, size))
    triangle[:, 0] = 1
    for i in range(1, size):
        for j in range(1, i + 1):
            triangle[i, j] = triangle[i - 1, j - 1] + triangle[i - 1, j]
    row = triangle[-1]
    return np.asfortranarray(np.outer(row, row) / row.sum() ** 2)
