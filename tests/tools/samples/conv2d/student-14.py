"""Mistakes: the result has the image's own number type, so bytes overflow; the largest becomes 254; backwards."""


# %% output_size = student-01
# %% zero_pad = student-01
# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded = zero_pad(image, padding).astype(image.dtype)
    kh, kw = kernel.shape
    out = np.zeros(
        (output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)), dtype=image.dtype
    )
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[y, x] = np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * kernel)
    return out


# %% reflect_smaller = student-01
# %% normalize
def normalize(image):
    values = image.astype(np.float64)
    if not np.isfinite(values).all():
        raise ValueError("NaN or infinity in the image")
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return ((values - low) * (255 / (high - low))).astype(np.uint8)


# %% edge_magnitude = student-01
# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel = student-01
# %% my_kernel = student-01
# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    return [normalize(convolve2d(image, t * identity + (1 - t) * kernel)) for t in np.linspace(0, 1, steps)]


# %% reflect_positive = student-01
# %% convolve2d_examples = student-09
# %% normalize_examples = student-01
