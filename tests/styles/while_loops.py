"""While loops with counters of their own."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    y = 0
    while y < oh:
        x = 0
        while x < ow:
            total, i = 0.0, 0
            while i < kh:
                j = 0
                while j < kw:
                    total += padded[y * sh + i, x * sw + j] * weights[i, j]
                    j += 1
                i += 1
            out[y, x] = total
            x += 1
        y += 1
    return out


# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.ones(1)
    while row.size < size:
        row = (np.append(row, 0) + np.append(0, row)) / 2
    return np.einsum("i,j->ij", row, row)
