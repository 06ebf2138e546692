"""Mistakes: sizes rounded up, so the last window hangs over the edge; squares overflow."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if min(n, k, stride) < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return int(np.ceil((n + 2 * padding - k) / stride)) + 1


# %% zero_pad = student-01
# %% convolve2d = student-01
# %% reflect_smaller = student-01
# %% normalize = student-01
# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    return np.sqrt(gx**2 + gy**2).astype(np.float64)


# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel = student-01
# %% my_kernel = student-01
# %% transition_frames = student-01
# %% reflect_positive = student-01
# %% convolve2d_examples
image = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
convolve2d_examples = [
    ((image, [[2, -1], [1, 3]]), [[19, 24], [34, 39]]),
    ((image, [[2, -1], [1, 3]]), {"stride": 2}, [[19]]),
    (([[1, 2, 3]], [[1, 1]]), [[3, 5]]),
]


# %% normalize_examples = student-06
