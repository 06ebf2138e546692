"""Correct: as_strided and a matrix product of rows."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n <= 0 or k <= 0 or stride <= 0 or padding < 0 or k > n + 2 * padding:
        raise ValueError("check your numbers")
    count, place = 0, 0
    while place + k <= n + 2 * padding:
        count += 1
        place += stride
    return count


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = (padding, padding) if not isinstance(padding, (list, tuple)) else padding
    if ph < 0 or pw < 0 or len(image.shape) != 2:
        raise ValueError("cannot pad")
    h, w = image.shape
    big = np.zeros((h + ph + ph, w + pw + pw), dtype="float64")
    for y in range(h):
        for x in range(w):
            big[y + ph][x + pw] = image[y][x]
    return big


# %% convolve2d
from numpy.lib.stride_tricks import as_strided


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if not isinstance(stride, (list, tuple)) else stride
    if kernel.ndim != 2 or image.ndim != 2:
        raise ValueError("not 2-D")
    padded = zero_pad(image, padding)
    kh, kw = kernel.shape
    shape = (output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw), kh, kw)
    dy, dx = padded.strides
    windows = as_strided(padded, shape, (dy * sh, dx * sw, dy, dx), writeable=False)
    return (windows * kernel.astype(float)).reshape(*shape[:2], -1) @ np.ones(kernel.size)


# %% reflect_smaller = student-01
# %% normalize = student-01
# %% edge_magnitude = student-01
# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel = student-01
# %% my_kernel = student-01
# %% transition_frames = student-01
# %% reflect_positive = student-01
# %% convolve2d_examples = student-01
# %% normalize_examples = student-01
