"""np.roll instead of slices, the rim cut off at the end."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    total = 0
    for i, j in np.ndindex(kh, kw):
        total = total + np.roll(padded, (-i, -j), axis=(0, 1)) * weights[i, j]
    return total[: padded.shape[0] - kh + 1 : sh, : padded.shape[1] - kw + 1 : sw].copy()


# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("not finite")
    found, place = np.unique(image.astype(float), return_inverse=True)
    span = np.ptp(found) or 1.0
    return ((found - found[0]) / span * 255).astype(np.uint8)[place].reshape(image.shape, order="C")


# %% pad_amounts
import math


def pad_amounts(mode, k, dilation=1):
    if k <= 0 or dilation <= 0:
        raise ValueError("illegal")
    cells = k + (k - 1) * (dilation - 1)
    table = {"valid": (0, 0), "same": (math.floor((cells - 1) / 2), math.ceil((cells - 1) / 2)), "full": (cells - 1,) * 2}
    try:
        return table[mode]
    except KeyError:
        raise ValueError(f"{mode!r} is no mode") from None
