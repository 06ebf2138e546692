"""Mistakes: `full` lets the kernel miss the image; the stride is left out, so stamps lie close."""


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("a kernel has at least one cell, and a dilation is at least 1")
    span = dilation * (k - 1) + 1
    if mode == "valid":
        return (0, 0)
    if mode == "same":
        before = (span - 1) // 2
        return (before, span - 1 - before)
    if mode == "full":
        return (span, span)
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
            sheet[y : y + kh, x : x + kw] += pixels[y, x] * weights
    return sheet[ph : ph + height, pw : pw + width]


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples = student-06
