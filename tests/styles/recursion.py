"""Recursion over the rows of the output."""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def rows(y):
        if y == oh:
            return []
        return [row(y, 0)] + rows(y + 1)

    def row(y, x):
        if x == ow:
            return []
        return [cell(y, x)] + row(y, x + 1)

    def cell(y, x):
        return np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights)

    return np.array(rows(0))


# %% normalize
from fractions import Fraction


def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("not finite")
    numbers = [Fraction(value) for value in image.astype(float).ravel().tolist()]
    low, span = min(numbers), max(numbers) - min(numbers)
    shades = [int((number - low) * 255 / span) if span else 0 for number in numbers]
    return np.array(shades, np.uint8).reshape(image.shape)


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if min(k, dilation) < 1 or mode not in ("valid", "same", "full"):
        raise ValueError("illegal")
    share = {"valid": 0, "same": 1, "full": 2}[mode]
    zeros = share * (k - 1) * dilation
    return zeros // 2, zeros - zeros // 2
