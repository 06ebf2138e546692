"""A loop that never ends: the window never moves on. The kernel is one of the lesson, turned."""

# %% output_size = student-01
# %% zero_pad = student-01
# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    padded = zero_pad(image, padding)
    rows = []
    y = 0
    while y + kernel.shape[0] <= padded.shape[0]:
        rows.append(0.0)
        rows.clear()
    return np.array(rows)


# %% reflect_smaller = student-01
# %% normalize = student-01
# %% edge_magnitude = student-01
# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel = student-01
# %% my_kernel
my_kernel = np.array([[2, 1, 0], [1, 1, -1], [0, -1, -2]]) * 0.5


# %% transition_frames = student-01
# %% reflect_positive = student-01
