"""Sums in another order, in extended precision, rounded to float64."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow), np.longdouble)
    for y in range(oh):
        for x in range(ow):
            products = np.sort(np.ravel(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights))
            out[y, x] = np.longdouble(products[::-1].sum(dtype=np.longdouble))
    return out.astype(np.float64)


# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.array([[int((v - low) / (high - low) * 255) for v in row] for row in values], dtype="uint8")


# %% conv_transpose2d
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (sh, sw), (ph, pw), (ah, aw) = [
        v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, padding, output_padding)
    ]
    (h, w), (kh, kw) = image.shape, kernel.shape
    oh, ow = (h - 1) * sh + kh + ah - 2 * ph, (w - 1) * sw + kw + aw - 2 * pw
    if not (0 <= ah < sh and 0 <= aw < sw and ph >= 0 and pw >= 0 and oh > 0 and ow > 0):
        raise ValueError("no such result")
    pixels, weights = image.astype(float), kernel.astype(float)
    sheet = np.zeros((oh + 2 * ph, ow + 2 * pw))
    y, x, i, j = np.indices((h, w, kh, kw))
    np.add.at(sheet, (y * sh + i, x * sw + j), np.multiply.outer(pixels, weights))
    return sheet[ph : ph + oh, pw : pw + ow]
