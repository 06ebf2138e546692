"""Exemplar: plain double loop, helpers used."""

# %% plain_convolve2d
def plain_convolve2d(image, kernel):
    (h, w), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for y, x in np.ndindex(*out.shape):
        out[y, x] = np.sum(image[y : y + kh, x : x + kw] * kernel)
    return out


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if min(n, k, stride) < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return (n + 2 * padding - k) // stride + 1


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    padded = np.zeros((image.shape[0] + 2 * ph, image.shape[1] + 2 * pw))
    padded[ph : ph + image.shape[0], pw : pw + image.shape[1]] = image
    return padded


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, weights = zero_pad(image, padding), kernel.astype(float)
    kh, kw = kernel.shape
    out = np.zeros((output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[y, x] = np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights)
    return out


# %% reflect_smaller
The kernel has to lie on the image completely, so it stops k - 1 places earlier. Padding gives these places back.

# %% reflect_direction
Sobel X subtracts left from right and shows vertical edges, Sobel Y the horizontal ones. Bright is dark to bright,
dark is the other way round, grey is no change.

# %% normalize
def normalize(image):
    values = image.astype(np.float64)
    if not np.isfinite(values).all():
        raise ValueError("NaN or infinity in the image")
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return ((values - low) / (high - low) * 255).astype(np.uint8)


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.sqrt(gx.astype(np.float64) ** 2 + gy.astype(np.float64) ** 2)


# %% reflect_magnitude
Added, 3 and -3 would cancel. The root of the squares is the length of the gradient, in every direction the same.

# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.array([1.0])
    for _ in range(size - 1):
        row = np.convolve(row, [1, 1])
    kernel = np.outer(row, row)
    return kernel / kernel.sum()


# %% my_kernel
my_kernel = np.array([[0, -2, 0], [-1, 1, 1], [0, 2, 0]])

# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    return [normalize(convolve2d(image, (1 - t) * identity + t * kernel)) for t in np.linspace(0, 1, steps)]


# %% reflect_positive
It can only take means, so it blurs. For an edge one has to subtract, and that takes negative weights.


# %% convolve2d_examples
square = np.array([[1, 2], [3, 4]])
convolve2d_examples = [
    ((square, np.array([[1, 0], [0, 0]])), [[1]]),  # the first weight is for the first pixel
    ((square, np.array([[0, 1], [0, 0]])), [[2]]),
    ((np.array([[1, 5]]), np.array([[1, -1]])), [[-4]]),
    ((np.array([[1, 2]]), np.array([[0.5]])), [[0.5, 1]]),
    ((np.array([[1, 2, 3, 4, 5]]), np.array([[1, 1]])), {"stride": 2}, [[3, 7]]),
    ((np.array([[5]]), np.array([[1, 1], [1, 1]])), {"padding": 1}, [[5, 5], [5, 5]]),
    ((square, np.array([[1]])), {"stride": (1, 2)}, [[1], [3]]),
    ((np.array([[1, 2]]), np.array([[1, 1, 1]])), "ValueError"),
]


# %% normalize_examples
normalize_examples = [
    ((np.array([[10, 20]]),), [[0, 255]]),
    ((np.array([[0, 51, 255]]),), [[0, 51, 255]]),
    ((np.array([[-1, 0, 4]]),), [[0, 51, 255]]),
    ((np.array([[0, 1], [2, 5]]),), [[0, 51], [102, 255]]),  # one range for both rows
    ((np.array([[7]]),), [[0]]),
    ((np.array([[-100, 0, 100]], np.int8),), [[0, 127, 255]]),
    ((np.array([[1, np.nan]]),), "ValueError"),
]
