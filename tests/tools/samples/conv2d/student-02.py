"""Correct: sliding_window_view and slicing for the stride."""

# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0:
        raise ValueError
    last = n + 2 * padding - k
    if last < 0:
        raise ValueError(f"{k} > {n + 2 * padding}")
    return len(range(0, last + 1, stride))


# %% zero_pad
def zero_pad(image, padding):
    if np.ndim(padding) == 0:
        padding = (padding, padding)
    ph, pw = padding
    if image.ndim != 2 or min(ph, pw) < 0:
        raise ValueError(padding)
    return np.pad(image.astype(np.float64), ((ph, ph), (pw, pw)))


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if np.ndim(stride) == 0 else stride
    if kernel.ndim != 2 or min(sh, sw) < 1:
        raise ValueError(stride)
    padded = zero_pad(image, padding)
    if padded.shape[0] < kernel.shape[0] or padded.shape[1] < kernel.shape[1]:
        raise ValueError(kernel.shape)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::sh, ::sw]
    return (windows * kernel.astype(np.float64)).sum((-1, -2))


# %% reflect_smaller = student-01
# %% normalize
def normalize(image):
    if not np.all(np.isfinite(image)):
        raise ValueError(f"{np.count_nonzero(~np.isfinite(image))} pixels are not finite")
    low, high = float(image.min()), float(image.max())
    if low == high:
        return np.zeros_like(image, dtype=np.uint8)
    return np.interp(image, [low, high], [0, 255]).round().astype(np.uint8)


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if np.shape(gx) != np.shape(gy):
        raise ValueError(f"{gx.shape} and {gy.shape}")
    return np.hypot(np.asarray(gx, float), np.asarray(gy, float))


# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel
from math import comb


def gaussian_kernel(size):
    if size != int(size) or size < 1 or size % 2 != 1:
        raise ValueError(size)
    n = int(size) - 1
    return np.array([[comb(n, i) * comb(n, j) / 4**n for j in range(n + 1)] for i in range(n + 1)])


# %% my_kernel
my_kernel = np.ones((3, 3), dtype=np.float32) / 9


# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError(f"{steps} steps are no way")
    top, left = (side // 2 for side in kernel.shape)
    frames = []
    for number in range(steps):
        share = number / (steps - 1)
        mixture = share * kernel
        mixture[top, left] += 1 - share
        frames.append(normalize(convolve2d(image, mixture)))
    return frames


# %% reflect_positive
It can only add up, so it blurs or brightens. Differences need a minus.


# %% convolve2d_examples = student-01
# %% normalize_examples = student-01
