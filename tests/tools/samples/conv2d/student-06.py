"""Mistakes: the kernel is flipped (true convolution); the weights of the blur do not add up to 1."""


# %% output_size = student-01
# %% zero_pad = student-01
# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    flipped = np.flip(kernel).astype(float)
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded = zero_pad(image, padding)
    kh, kw = kernel.shape
    out = np.zeros((output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[y, x] = np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * flipped)
    return out


# %% reflect_smaller = student-01
# %% normalize = student-01
# %% edge_magnitude = student-01
# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.array([1.0])
    for _ in range(size - 1):
        row = np.convolve(row, [1, 1])
    return np.outer(row, row)


# %% my_kernel = student-01
# %% transition_frames = student-01
# %% reflect_positive = student-01
# %% convolve2d_examples
convolve2d_examples = [
    ((np.array([[1, 2, 9], [3, 7, 4]]), np.array([[2, 5], [0, 3]])), [[32, 49]]),
    ((np.ones((2, 2)), np.ones((2, 2))), [[4]]),
    ((np.array([[1, 2, 3, 4]]), np.array([[1, 1]])), {"stride": 2}, [[3, 7]]),
    ((np.array([[5]]), np.ones((2, 2))), {"padding": 1}, [[5, 5], [5, 5]]),
    ((np.ones((1, 2)), np.ones((2, 1))), "ValueError"),
]


# %% normalize_examples
normalize_examples = [
    ((np.array([[0, 10]]),), [[0, 255]]),
    ((np.array([[5, 5]]),), [[0, 0]]),
    ((np.array([[0, 1, 2]]),), [[0, 127, 255]]),
]
