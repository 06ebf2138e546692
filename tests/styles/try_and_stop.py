"""Windows until one is ragged, caught as it comes."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    lines, y = [], 0
    while len(padded[y : y + kh]) == kh:
        line, x = [], 0
        while padded[y : y + kh, x : x + kw].shape == weights.shape:
            line += [float((padded[y : y + kh, x : x + kw] * weights).sum())]
            x += sw
        lines += [line]
        y += sh
    return np.array(lines)


# %% gaussian_kernel
import math


def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = [math.comb(int(size) - 1, i) / 2 ** (int(size) - 1) for i in range(size)]
    return np.array([[a * b for b in row] for a in row])
