"""Mistakes: k times d cells for a spread kernel; padding is put around instead of cut off."""


# %% pad_amounts = student-01
# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    dh, dw = dilation if isinstance(dilation, (tuple, list)) else (dilation, dilation)
    if dh < 1 or dw < 1:
        raise ValueError("a dilation is at least 1")
    padded, weights = zero_pad(image, padding), kernel.astype(float)
    span_h, span_w = dh * kernel.shape[0], dw * kernel.shape[1]
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
    for n, k, s, p, o in zip(image.shape, kernel.shape, (sh, sw), (ph, pw), (oh, ow)):
        transposed_output_size(n, k, s, p, o)
    h, w = image.shape
    stretched = np.zeros(((h - 1) * sh + 1 + oh, (w - 1) * sw + 1 + ow))
    stretched[: (h - 1) * sh + 1 : sh, : (w - 1) * sw + 1 : sw] = image
    return convolve2d(stretched, kernel[::-1, ::-1], padding=(ph, pw))


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples
conv_transpose2d_examples = [
    ((np.array([[2]]), np.array([[3]])), {"padding": 1}, [[0, 0, 0], [0, 6, 0], [0, 0, 0]]),
    ((np.array([[1, 1]]), np.array([[1, 2]])), [[1, 3, 2]]),
    ((np.array([[1], [1]]), np.array([[1]])), {"stride": (2, 1)}, [[1], [0], [1]]),
]
