"""im2col: all windows as rows of a matrix, one product."""


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or min(ph, pw) < 0:
        raise ValueError("illegal")
    if ph:
        row = np.zeros((1, image.shape[1]))
        return zero_pad(np.concatenate([row, image, row]), (ph - 1, pw))
    if pw:
        column = np.zeros((image.shape[0], 1))
        return zero_pad(np.concatenate([column, image, column], axis=1), (0, pw - 1))
    return np.array(image, dtype=float)


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    columns = np.empty((oh * ow, kh * kw))
    for place in range(oh * ow):
        y, x = divmod(place, ow)
        columns[place] = padded[y * sh : y * sh + kh, x * sw : x * sw + kw].ravel()
    return (columns @ weights.ravel()).reshape(oh, ow)


# %% convolve2d_dilated
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
