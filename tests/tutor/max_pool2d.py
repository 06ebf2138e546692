# %% right-slices-and-amax
# mark: 5
# loses: nothing
import numpy as np


def max_pool2d(image, size, stride=1):
    if image.ndim != 2:
        raise ValueError("not a picture")
    if not isinstance(size, tuple):
        size = (size, size)
    if not isinstance(stride, tuple):
        stride = (stride, stride)
    if min(size) < 1 or min(stride) < 1 or size[0] > image.shape[0] or size[1] > image.shape[1]:
        raise ValueError("does not work out")
    tops = range(0, image.shape[0] - size[0] + 1, stride[0])
    lefts = range(0, image.shape[1] - size[1] + 1, stride[1])
    return np.array([[np.amax(image[t : t + size[0], l : l + size[1]]) for l in lefts] for t in tops], float)


# %% plain-no-checks
# mark: 4
# loses: pairs 0.5, illegal 0.5
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def max_pool2d(image, size, stride=1):
    h = (image.shape[0] - size) // stride + 1
    w = (image.shape[1] - size) // stride + 1
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            out[i, j] = np.max(image[i * stride : i * stride + size, j * stride : j * stride + size])
    return out


# %% forgets-the-stride
# mark: 3.5
# loses: stride 1, pairs 0.5
# says: the stride is ignored
# note: the half of the pairs is the stride's, so it goes with it
import numpy as np


def max_pool2d(image, size, stride=1):
    kh, kw = size if isinstance(size, tuple) else (size, size)
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    if image.ndim != 2 or kh < 1 or kw < 1 or sh < 1 or sw < 1:
        raise ValueError("illegal")
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if h < 1 or w < 1:
        raise ValueError("window too large")
    out = np.empty((h, w))
    for y in range(h):
        for x in range(w):
            out[y, x] = image[y : y + kh, x : x + kw].max()
    return out


# %% keeps-the-images-type
# mark: 4.75
# loses: number_types 0.25
# says: the result has the image's own type
import numpy as np


def max_pool2d(image, size, stride=1):
    if image.ndim != 2:
        raise ValueError("2-D, please")
    kh, kw = size if isinstance(size, tuple) else (size, size)
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    if min(kh, kw, sh, sw) < 1 or kh > image.shape[0] or kw > image.shape[1]:
        raise ValueError("no such window")
    return np.lib.stride_tricks.sliding_window_view(image, (kh, kw))[::sh, ::sw].max(axis=(2, 3))


# %% largest-begins-at-zero-plain-no-checks
# mark: 2
# loses: windows 2 (the search begins at 0), pairs 0.5, illegal 0.5
# says: the largest is never below 0
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def max_pool2d(image, size, stride=1):
    h = (image.shape[0] - size) // stride + 1
    w = (image.shape[1] - size) // stride + 1
    pooled = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            biggest = 0
            for a in range(size):
                for b in range(size):
                    if image[i * stride + a, j * stride + b] > biggest:
                        biggest = image[i * stride + a, j * stride + b]
            pooled[i, j] = biggest
    return pooled


# %% moves-by-its-size-with-checks
# mark: 3
# loses: windows 2 (the stride is taken from the size)
# says: the windows move by their size
import numpy as np


def max_pool2d(image, size, stride=1):
    if np.ndim(image) != 2:
        raise ValueError("2-D only")
    p, q = size if isinstance(size, tuple) else (size, size)
    s, t = stride if isinstance(stride, tuple) else (stride, stride)
    if p < 1 or q < 1 or s < 1 or t < 1 or p > image.shape[0] or q > image.shape[1]:
        raise ValueError("that window makes no sense")
    tiles = np.array(image, dtype=float)[: image.shape[0] // p * p, : image.shape[1] // q * q]
    return tiles.reshape(image.shape[0] // p, p, image.shape[1] // q, q).max(axis=(1, 3))
