"""Mistakes: height and width exchanged; each frame is made from the one before."""


# %% output_size = student-01
# %% zero_pad = student-01
# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, weights = zero_pad(image, padding), kernel.astype(float)
    w, h = padded.shape
    kw, kh = kernel.shape
    out = np.zeros((output_size(h, kh, sh), output_size(w, kw, sw)))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[y, x] = np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights)
    return out


# %% reflect_smaller = student-01
# %% normalize = student-01
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
    frames = []
    for t in np.linspace(0, 1, steps):
        image = convolve2d(image, (1 - t) * identity + t * kernel)
        frames.append(normalize(image))
    return frames


# %% reflect_positive = student-01
# %% convolve2d_examples
convolve2d_examples = [
    ((np.ones((2, 2)), np.array([[1, 2], [3, 4]])), [[10]]),
    ((np.array([[1, 2], [3, 4]]), np.ones((2, 2))), [[10]]),
    ((np.ones((3, 3)), np.ones((2, 2))), [[4, 4], [4, 4]]),
]


# %% normalize_examples
normalize_examples = [
    ((np.array([[0, 51, 255]]),), [[0, 51, 255]]),
    ((np.array([[-5, 5]]),), [[0, 255]]),
    ((np.array([[3.0, 3.0]]),), [[0, 0]]),
    ((np.array([[np.inf, 0.0]]),), "ValueError"),
]
