"""Correct: einsum over windows, nothing of its own reused."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    places = n + 2 * padding - k + 1
    if n < 1 or k < 1 or stride < 1 or padding < 0 or places < 1:
        raise ValueError("illegal size")
    return -(-places // stride)


# %% zero_pad
def zero_pad(image, padding):
    try:
        ph, pw = padding
    except TypeError:
        ph = pw = padding
    if ph < 0 or pw < 0:
        raise ValueError("negative padding")
    h, w = image.shape  # raises ValueError by itself when not 2-D
    side = np.zeros((h, pw))
    middle = np.hstack([side, image.astype(float), side])
    rim = np.zeros((ph, w + 2 * pw))
    return np.vstack([rim, middle, rim])


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    def as_pair(value):
        return tuple(value) if isinstance(value, (list, tuple)) else (value, value)

    (sh, sw), (ph, pw) = as_pair(stride), as_pair(padding)
    if sh < 1 or sw < 1 or ph < 0 or pw < 0:
        raise ValueError("illegal stride or padding")
    (h, w), (kh, kw) = image.shape, kernel.shape
    if kh > h + 2 * ph or kw > w + 2 * pw:
        raise ValueError("kernel too large")
    padded = np.pad(np.asarray(image, float), ((ph, ph), (pw, pw)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    return np.einsum("yxij,ij->yx", windows, np.asarray(kernel, float))[::sh, ::sw].copy()


# %% reflect_smaller = student-01
# %% normalize
def normalize(image):
    image = np.array(image, dtype=np.float64)
    if np.isnan(image).any() or np.isinf(image).any():
        raise ValueError("cannot stretch NaN or infinity")
    image -= image.min()
    if image.max() > 0:
        image /= image.max()
    return np.floor(image * 255 + 0.5).astype(np.uint8)


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("gx and gy do not belong together")
    return np.abs(gx.astype(float) + 1j * gy.astype(float))


# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel
def gaussian_kernel(size):
    if size not in range(1, 1000, 2):
        raise ValueError("the size must be 1, 3, 5, ...")
    kernel = np.ones((1, 1))
    for _ in range(size - 1):
        kernel = np.pad(kernel, ((0, 1), (0, 0))) + np.pad(kernel, ((1, 0), (0, 0)))
        kernel = np.pad(kernel, ((0, 0), (0, 1))) + np.pad(kernel, ((0, 0), (1, 0)))
        kernel /= 4
    return kernel


# %% my_kernel
my_kernel = np.array([[-3, 1, -3], [1, 9, 1], [-3, 1, -3]], dtype=np.int8)


# %% transition_frames
def transition_frames(image, kernel, steps):
    # convolution is linear: mixing the pictures is as good as mixing the kernels
    if steps < 2:
        raise ValueError("too few steps")
    rows, columns = (side // 2 for side in kernel.shape)
    plain = image[rows : image.shape[0] - rows, columns : image.shape[1] - columns].astype(float)
    full = convolve2d(image, kernel)
    return [normalize(plain + t * (full - plain)) for t in np.linspace(0, 1, steps)]


# %% reflect_positive = student-01
# %% convolve2d_examples = student-01
# %% normalize_examples = student-01
