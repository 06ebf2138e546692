"""Correct: windows as views; stamps set weight by weight, with slices of a step."""


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if mode not in ("valid", "same", "full") or k <= 0 or dilation <= 0:
        raise ValueError((mode, k, dilation))
    lost = (k - 1) * dilation
    total = {"valid": 0, "same": lost, "full": 2 * lost}[mode]
    return [total // 2, -(-total // 2)]


# %% convolve2d_dilated
def both(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = both(stride), both(dilation)
    if kernel.ndim != 2 or min(sh, sw, dh, dw) < 1:
        raise ValueError("not 2-D, or a step below 1")
    padded = zero_pad(image, padding)
    span = tuple((cells - 1) * step + 1 for cells, step in zip(kernel.shape, (dh, dw)))
    if padded.shape[0] < span[0] or padded.shape[1] < span[1]:
        raise ValueError(f"{span} does not fit into {padded.shape}")
    windows = np.lib.stride_tricks.sliding_window_view(padded, span)[::sh, ::sw, ::dh, ::dw]
    with np.errstate(invalid="ignore"):
        return (windows * kernel.astype(np.float64)).sum((-1, -2))


# %% max_pool2d = student-01
# %% reflect_even = student-01
# %% reflect_dilation = student-01
# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or output_padding not in range(stride):
        raise ValueError((n, k, stride, padding, output_padding))
    covered = max(stamp * stride + k for stamp in range(n))
    left = covered + output_padding - padding - padding
    if left <= 0:
        raise ValueError(left)
    return left


# %% conv_transpose2d
def both(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (h, w), (kh, kw) = image.shape, kernel.shape  # raises ValueError by itself when not 2-D
    (sh, sw), (ph, pw), (oh, ow) = both(stride), both(padding), both(output_padding)
    height = transposed_output_size(h, kh, sh, ph, oh)
    width = transposed_output_size(w, kw, sw, pw, ow)
    pixels = image.astype(np.float64)
    sheet = np.zeros((height + 2 * ph, width + 2 * pw))
    for i in range(kh):
        for j in range(kw):
            sheet[i : i + (h - 1) * sh + 1 : sh, j : j + (w - 1) * sw + 1 : sw] += pixels * float(
                kernel[i, j]
            )
    return sheet[ph : ph + height, pw : pw + width]


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples = student-01
