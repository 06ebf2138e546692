"""Correct: shift and add; the way back as a convolution of the stretched image."""


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("k and dilation must be positive")
    match mode:
        case "valid":
            return 0, 0
        case "same":
            zeros = dilation * (k - 1)
            return (zeros // 2, (zeros + 1) // 2)
        case "full":
            return (dilation * (k - 1),) * 2
    raise ValueError(f"unknown mode {mode!r}")


# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    def two(value):
        return tuple(value) if isinstance(value, (list, tuple)) else (value, value)

    (sh, sw), (dh, dw) = two(stride), two(dilation)
    if min(dh, dw) < 1:
        raise ValueError(dilation)
    padded = zero_pad(image, padding)
    kh, kw = kernel.shape
    rows = output_size(padded.shape[0], dh * (kh - 1) + 1, sh)
    columns = output_size(padded.shape[1], dw * (kw - 1) + 1, sw)
    total = np.zeros((rows, columns))
    for i in range(kh):
        for j in range(kw):
            shifted = padded[i * dh :: sh, j * dw :: sw][:rows, :columns]
            total += shifted * float(kernel[i, j])
    return total


# %% max_pool2d = student-01
# %% reflect_even = student-01
# %% reflect_dilation = student-01
# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or output_padding < 0 or output_padding >= stride:
        raise ValueError("illegal argument")
    stretched = n + (n - 1) * (stride - 1)
    result = stretched + (k - 1) - 2 * padding + output_padding
    if not result > 0:
        raise ValueError("empty")
    return result


# %% conv_transpose2d
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    def two(value):
        return tuple(value) if isinstance(value, (list, tuple)) else (value, value)

    (sh, sw), (ph, pw), (oh, ow) = two(stride), two(padding), two(output_padding)
    (h, w), (kh, kw) = image.shape, kernel.shape
    rows = transposed_output_size(h, kh, sh, ph, oh)
    columns = transposed_output_size(w, kw, sw, pw, ow)
    stretched = np.zeros(((h - 1) * sh + 1 + oh, (w - 1) * sw + 1 + ow))
    stretched[: (h - 1) * sh + 1 : sh, : (w - 1) * sw + 1 : sw] = image
    whole = convolve2d(stretched, kernel[::-1, ::-1], padding=(kh - 1, kw - 1))
    return whole[ph : ph + rows, pw : pw + columns]


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples = student-01
