"""Each pixel gives its share to all outputs it takes part in."""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    for (r, c), pixel in np.ndenumerate(padded):
        for i in range(kh):
            for j in range(kw):
                y, down = divmod(r - i, sh)
                x, right = divmod(c - j, sw)
                if down == right == 0 and 0 <= y < oh and 0 <= x < ow:
                    out[y, x] += pixel * weights[i, j]
    return out


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.hypot(gx.astype(float), gy.astype(float))


# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if min(n, k, stride) < 1 or padding < 0 or output_padding not in range(stride):
        raise ValueError("illegal")
    last = 0
    for stamp in range(n):
        last = stamp * stride + k
    left = last + output_padding - padding - padding
    if left <= 0:
        raise ValueError("nothing is left")
    return left
