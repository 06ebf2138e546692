"""Divide and conquer: a wide kernel is two narrow ones."""


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    h, w = image.shape
    return np.array(
        [
            [float(image[y, x]) if 0 <= y < h and 0 <= x < w else 0.0 for x in range(-pw, w + pw)]
            for y in range(-ph, h + ph)
        ]
    )


# %% convolve2d
def _halves(image, kernel):
    kh, kw = kernel.shape
    if kh > 1:
        top, below = _halves(image[: -(kh // 2)], kernel[: kh - kh // 2]), None
        below = _halves(image[kh - kh // 2 :], kernel[kh - kh // 2 :])
        return top + below
    if kw > 1:
        left = _halves(image[:, : -(kw // 2)], kernel[:, : kw - kw // 2])
        return left + _halves(image[:, kw - kw // 2 :], kernel[:, kw - kw // 2 :])
    return image * kernel[0, 0]


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    return _halves(padded, weights)[::sh, ::sw]


# %% my_kernel
my_kernel = np.asfortranarray([[1, 2, 1], [2, 5, 2], [1, 2, 1]])
