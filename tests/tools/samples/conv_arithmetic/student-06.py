"""Mistakes: the size of the result takes no notice of the dilation; output padding is forgotten."""


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
    kh, kw = kernel.shape
    out = np.zeros((output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            window = padded[y * sh : y * sh + dh * kh : dh, x * sw : x * sw + dw * kw : dw]
            out[y, x] = np.sum(window * weights[: window.shape[0], : window.shape[1]])
    return out


# %% max_pool2d = student-01
# %% reflect_even = student-01
# %% reflect_dilation = student-01
# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if min(n, k, stride) < 1 or min(padding, output_padding) < 0 or output_padding >= stride:
        raise ValueError("no such size")
    last_stamp = (n - 1) * stride
    size = last_stamp + k - 2 * padding
    if size < 1:
        raise ValueError("nothing is left")
    return size


# %% conv_transpose2d = student-01
# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples
conv_transpose2d_examples = [
    ((np.array([[2]]), np.array([[1, 2], [3, 4]])), [[2, 4], [6, 8]]),
    ((np.array([[1, 1]]), np.array([[1, 1]])), [[1, 2, 1]]),
    ((np.array([[1, 1]]), np.array([[1, 1, 1]])), {"stride": (1, 2)}, [[1, 1, 2, 1, 1]]),
]
