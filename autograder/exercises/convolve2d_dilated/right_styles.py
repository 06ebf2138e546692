"""Right implementations of `convolve2d_dilated` in many styles; each must earn all points."""


# %% im2col
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    for i in range(kh):
        for j in range(kw):
            out += weights[i, j] * padded[i * dh :: sh, j * dw :: sw][:oh, :ow]
    return out


# %% im2col_indices
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    for y, x in np.ndindex(oh, ow):
        window = padded[y * sh :, x * sw :][: (kh - 1) * dh + 1 : dh, : (kw - 1) * dw + 1 : dw]
        out[y, x] = np.sum(window * weights)
    return out


# %% inner_product
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    view = np.lib.stride_tricks.sliding_window_view(padded, ((kh - 1) * dh + 1, (kw - 1) * dw + 1))
    return np.einsum("yxij,ij->yx", view[::sh, ::sw, ::dh, ::dw], weights)


# %% lambda_only
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    a, b = padded.strides
    view = np.lib.stride_tricks.as_strided(padded, (oh, ow, kh, kw), (a * sh, b * sw, a * dh, b * dw))
    return (view * weights).sum((2, 3))


# %% loops
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    h, w = image.shape
    kh, kw = kernel.shape
    pairs = []
    for value, least in ((stride, 1), (padding, 0), (dilation, 1)):
        if isinstance(value, (tuple, list)):
            a, b = value
        else:
            a, b = value, value
        if a < least or b < least:
            raise ValueError("too small")
        pairs.append((a, b))
    (sh, sw), (ph, pw), (dh, dw) = pairs
    oh = (h + 2 * ph - (kh - 1) * dh - 1) // sh + 1
    ow = (w + 2 * pw - (kw - 1) * dw - 1) // sw + 1
    if oh < 1 or ow < 1:
        raise ValueError("the kernel does not fit")
    padded = np.zeros((h + 2 * ph, w + 2 * pw))
    padded[ph : ph + h, pw : pw + w] = image
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            for i in range(kh):
                for j in range(kw):
                    out[y, x] += padded[y * sh + i * dh, x * sw + j * dw] * float(kernel[i, j])
    return out


# %% map_and_reduce
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    phases = np.zeros((padded.shape[0] - (kh - 1) * dh, padded.shape[1] - (kw - 1) * dw))
    for py in range(min(dh, phases.shape[0])):
        for px in range(min(dw, phases.shape[1])):
            phases[py::dh, px::dw] = convolve2d(padded[py::dh, px::dw], weights)
    return phases[::sh, ::sw]
