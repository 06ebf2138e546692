"""Mistakes: the odd zero of `same` goes to the front; stamps overwrite what is there."""


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("a kernel has at least one cell, and a dilation is at least 1")
    span = dilation * (k - 1) + 1
    if mode == "valid":
        return (0, 0)
    if mode == "same":
        before = span // 2
        return (before, span - 1 - before)
    if mode == "full":
        return (span - 1, span - 1)
    raise ValueError("valid, same or full, please")


# %% convolve2d_dilated = student-01
# %% max_pool2d = student-01
# %% reflect_even = student-01
# %% reflect_dilation = student-01
# %% transposed_output_size = student-01
# %% conv_transpose2d
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    oh, ow = output_padding if isinstance(output_padding, (tuple, list)) else (output_padding, output_padding)
    height = transposed_output_size(image.shape[0], kernel.shape[0], sh, ph, oh)
    width = transposed_output_size(image.shape[1], kernel.shape[1], sw, pw, ow)
    pixels, weights = image.astype(float), kernel.astype(float)
    kh, kw = kernel.shape
    sheet = np.zeros((height + 2 * ph, width + 2 * pw))
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            sheet[y * sh : y * sh + kh, x * sw : x * sw + kw] = pixels[y, x] * weights
    return sheet[ph : ph + height, pw : pw + width]


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples
conv_transpose2d_examples = [
    ((np.array([[1, 2]]), np.array([[1, 3]])), [[1, 2, 6]]),
    ((np.array([[2]]), np.array([[1, 2], [3, 4]])), [[2, 4], [6, 8]]),
    ((np.array([[1, 2]]), np.array([[1]])), {"stride": (1, 3)}, [[1, 0, 0, 2]]),
]
