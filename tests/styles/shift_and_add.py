"""One shifted picture for each cell of the kernel, all added up."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    for i in range(kh):
        for j in range(kw):
            out += weights[i, j] * padded[i : i + oh * sh : sh, j : j + ow * sw : sw][:oh, :ow]
    return out


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.linalg.norm([gx.astype(float), gy.astype(float)], axis=0)
