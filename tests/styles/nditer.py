"""np.nditer that writes into the output."""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.empty((oh, ow))
    with np.nditer(out, flags=["multi_index"], op_flags=["writeonly"]) as cells:
        for cell in cells:
            y, x = cells.multi_index
            cell[...] = np.sum(padded[y * sh :, x * sw :][:kh, :kw] * weights)
    return out


# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.interp(values, [low, high], [0, 255]).astype(np.uint8)


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
    for y in range(h):
        for x in range(w):
            sheet[y * sh : y * sh + kh, x * sw : x * sw + kw] += pixels[y, x] * weights
    return sheet[ph : ph + oh, pw : pw + ow]
