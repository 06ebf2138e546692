"""Mistakes: stride and dilation exchanged; bytes overflow in the stamps."""


# %% pad_amounts = student-01
# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    dh, dw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    sh, sw = dilation if isinstance(dilation, (tuple, list)) else (dilation, dilation)
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
    pixels, weights = image, kernel
    kh, kw = kernel.shape
    sheet = np.zeros((height + 2 * ph, width + 2 * pw))
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            sheet[y * sh : y * sh + kh, x * sw : x * sw + kw] += pixels[y, x] * weights
    return sheet[ph : ph + height, pw : pw + width]


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples = student-01
