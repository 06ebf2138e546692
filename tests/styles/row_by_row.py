"""np.correlate of single rows, added up."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((padded.shape[0] - kh + 1, padded.shape[1] - kw + 1))
    for y in range(len(out)):
        for i in range(kh):
            out[y] += np.correlate(padded[y + i], weights[i], mode="valid")
    return out[::sh, ::sw]


# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    share = np.divide(values - low, high - low)
    return np.asfortranarray(np.rint(share * 255), dtype=np.uint8)


# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    size = (n - 1) * stride - 2 * padding + k + output_padding
    if min(n, k, stride, size) < 1 or padding < 0 or not 0 <= output_padding < stride:
        raise ValueError("illegal")
    return size
