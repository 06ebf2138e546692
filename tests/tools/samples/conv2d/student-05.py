"""Correct: shift and add over the kernel cells, with a helper in a cell of their own."""


# %% own
def both(value, least):
    first, second = value if isinstance(value, (tuple, list)) else (value, value)
    if first < least or second < least:
        raise ValueError(f"must be at least {least}")
    return int(first), int(second)


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1:
        raise ValueError("empty")
    both(stride, 1), both(padding, 0)
    if k > n + 2 * padding:
        raise ValueError("does not fit")
    return 1 + int((n - k + 2 * padding) // stride)


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = both(padding, 0)
    if image.ndim != 2:
        raise ValueError("2-D only")
    out = np.zeros(np.add(image.shape, (2 * ph, 2 * pw)))
    out[ph:, pw:][: image.shape[0], : image.shape[1]] = image
    return out


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = both(stride, 1)
    if kernel.ndim != 2:
        raise ValueError("2-D only")
    padded = zero_pad(image, padding)
    h = output_size(padded.shape[0], kernel.shape[0])
    w = output_size(padded.shape[1], kernel.shape[1])
    total = np.zeros((h, w))
    for (i, j), weight in np.ndenumerate(kernel):
        total += padded[i : i + h, j : j + w] * float(weight)
    return total[::sh, ::sw]


# %% reflect_smaller = student-01
# %% normalize = student-01
# %% edge_magnitude = student-01
# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel = student-01
# %% my_kernel = student-01
# %% transition_frames
def transition_frames(image, kernel, steps):
    both(steps, 2)
    identity = np.zeros_like(kernel, dtype=float)
    identity[tuple(np.array(kernel.shape) // 2)] = 1.0
    return [normalize(convolve2d(image, identity + t * (kernel - identity))) for t in np.linspace(0, 1, steps)]


# %% reflect_positive = student-01
# %% convolve2d_examples = student-01
# %% normalize_examples = student-01
