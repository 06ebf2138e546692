"""Lists of Python floats; NumPy only at the end."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    pixels, cells = padded.tolist(), weights.tolist()
    out = []
    for y in range(oh):
        line = []
        for x in range(ow):
            total = 0.0
            for i, row in enumerate(cells):
                for j, weight in enumerate(row):
                    total += pixels[y * sh + i][x * sw + j] * weight
            line.append(total)
        out.append(line)
    return np.array(out, dtype=np.float64)


# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.minimum(np.floor((values - low) / (high - low) * 256), 255).astype(np.uint8)


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
    for r in range(oh):
        for c in range(ow):
            for i in range(kh):
                for j in range(kw):
                    y, down = divmod(r + ph - i, sh)
                    x, right = divmod(c + pw - j, sw)
                    if not down and not right and 0 <= y < h and 0 <= x < w:
                        sheet[r, c] += pixels[y, x] * weights[i, j]
    return sheet[:oh, :ow]
