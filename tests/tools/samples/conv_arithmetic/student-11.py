"""Mistakes: a stamp begins after the last one, so sizes are n times the stride; the image is thinned out."""

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
    span_h, span_w = dh * (kernel.shape[0] - 1) + 1, dw * (kernel.shape[1] - 1) + 1
    out = np.zeros((output_size(padded.shape[0], span_h, sh), output_size(padded.shape[1], span_w, sw)))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            window = padded[::dh, ::dw][y * sh :, x * sw :][: kernel.shape[0], : kernel.shape[1]]
            out[y, x] = np.sum(window * weights[: window.shape[0], : window.shape[1]])
    return out


# %% max_pool2d = student-01
# %% reflect_even = student-01
# %% reflect_dilation = student-01
# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if min(n, k, stride) < 1 or min(padding, output_padding) < 0 or output_padding >= stride:
        raise ValueError("no such size")
    stretched = n * stride
    size = stretched + k - 1 + output_padding - 2 * padding
    if size < 1:
        raise ValueError("nothing is left")
    return size


# %% conv_transpose2d = student-01
# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
