"""Exemplar: plain loops, helpers used."""

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
        return (span - 1, span - 1)
    raise ValueError("valid, same or full, please")


# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    dh, dw = dilation if isinstance(dilation, (tuple, list)) else (dilation, dilation)
    if dh < 1 or dw < 1:
        raise ValueError("a dilation is at least 1")
    padded, weights = zero_pad(image, padding), kernel.astype(float)
    span_h, span_w = dh * (kernel.shape[0] - 1) + 1, dw * (kernel.shape[1] - 1) + 1
    out = np.zeros((output_size(padded.shape[0], span_h, sh), output_size(padded.shape[1], span_w, sw)))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            window = padded[y * sh : y * sh + span_h : dh, x * sw : x * sw + span_w : dw]
            out[y, x] = np.sum(window * weights)
    return out


# %% max_pool2d
def max_pool2d(image, size, stride=1):
    if image.ndim != 2:
        raise ValueError("a 2-D image, please")
    kh, kw = size if isinstance(size, (tuple, list)) else (size, size)
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    out = np.zeros((output_size(image.shape[0], kh, sh), output_size(image.shape[1], kw, sw)))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[y, x] = image[y * sh : y * sh + kh, x * sw : x * sw + kw].max()
    return out


# %% reflect_even
An odd kernel has a middle, so the zeros can be shared out equally. An even one needs one zero more on one side, and
everything is shifted by half a pixel.

# %% reflect_dilation
With dilation there are 9 weights instead of 25, but the pixels in the gaps are not seen. Two layers of 3 by 3 see all
25 with 18 weights.

# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if min(n, k, stride) < 1 or min(padding, output_padding) < 0 or output_padding >= stride:
        raise ValueError("no such size")
    last_stamp = (n - 1) * stride
    size = last_stamp + k + output_padding - 2 * padding
    if size < 1:
        raise ValueError("nothing is left")
    return size


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
            sheet[y * sh : y * sh + kh, x * sw : x * sw + kw] += pixels[y, x] * weights
    return sheet[ph : ph + height, pw : pw + width]


# %% reflect_inverse
The shape comes back, the values do not: I went there and back, and 5 and 9 had become a blur. The two sums agree, so it
is the transposed matrix and not the inverse.

# %% reflect_output_padding
With stride 2 both 5 and 6 shrink to 3, so one has to say which it was. As many sizes as the stride share an output, so 0
to stride - 1 is enough.


# %% conv_transpose2d_examples
row, three = np.array([[1, 2]]), np.ones((3, 3))
conv_transpose2d_examples = [
    ((row, np.array([[2, 1]])), [[2, 5, 2]]),  # the stamps overlap in the middle
    ((np.array([[1]]), np.array([[1, 2], [3, 4]])), [[1, 2], [3, 4]]),
    ((np.array([[1]]), np.array([[0.5]])), [[0.5]]),
    ((row, np.array([[1]])), {"stride": (1, 2)}, [[1, 0, 2]]),
    ((row, three), {"padding": 1}, [[3, 3]]),
    ((row, np.array([[1]])), {"stride": (1, 2), "output_padding": (0, 1)}, [[1, 0, 2, 0]]),
    ((row, three), {"stride": 2, "padding": 1, "output_padding": 1}, [[1, 3, 2, 2]] * 2),
    ((row, np.array([[1]])), {"stride": 2, "output_padding": 2}, "ValueError"),
]
