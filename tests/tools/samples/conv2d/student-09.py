"""Mistakes: zeros above and to the left only; stretching in the image's own number type."""


# %% output_size = student-01
# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    return np.pad(image.astype(float), ((2 * ph, 0), (2 * pw, 0)))


# %% convolve2d = student-01
# %% reflect_smaller = student-01
# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    low, high = image.min(), image.max()
    if low == high:
        return np.zeros(image.shape, np.uint8)
    return ((image - low) / (high - low) * 255).astype(np.uint8)


# %% edge_magnitude = student-01
# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel = student-01
# %% my_kernel = student-01
# %% transition_frames = student-01
# %% reflect_positive = student-01
# %% convolve2d_examples
convolve2d_examples = [
    ((np.array([[1, 2], [3, 4]]), np.array([[1, 2]])), [[5], [11]]),
    ((np.array([[9]]), np.array([[1, 2], [3, 4]])), {"padding": 1}, [[36, 27], [18, 9]]),
    ((np.array([[1, 2, 3, 4]]), np.array([[2]])), {"stride": 3}, [[2, 8]]),
    ((np.array([[1, 2, 3]]), np.array([[1, 0, -1]])), [[-2]]),
]


# %% normalize_examples = student-07
