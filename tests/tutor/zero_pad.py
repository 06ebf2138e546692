# %% right-canvas-and-slice
# mark: 4
# loses: nothing
import numpy as np


def zero_pad(image, padding):
    if np.ndim(image) != 2:
        raise ValueError("image has to be 2-D")
    v, h = padding if isinstance(padding, tuple) else (padding, padding)
    if v < 0 or h < 0:
        raise ValueError("padding is negative")
    rows, cols = np.shape(image)
    canvas = np.zeros((rows + 2 * v, cols + 2 * h), dtype=np.float64)
    canvas[v : v + rows, h : h + cols] = image
    return canvas


# %% right-selection-matrices
# mark: 4
# loses: nothing
# note: the products with 0 would turn NaN into a whole row of NaN; NaN is no aspect of zero_pad
import numpy as np


def zero_pad(image, padding):
    a = np.array(image, dtype=float)
    if a.ndim != 2:
        raise ValueError("zwei Dimensionen bitte")
    oben, links = (padding, padding) if not isinstance(padding, tuple) else padding
    if min(oben, links) < 0:
        raise ValueError("Rand < 0")
    # E @ a @ F schiebt das Bild in die Mitte
    E = np.eye(a.shape[0] + 2 * oben, a.shape[0], k=-oben)
    F = np.eye(a.shape[1], a.shape[1] + 2 * links, k=links)
    return E @ a @ F


# %% plain-no-checks
# mark: 2.5
# loses: pairs 1, illegal 0.5
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def zero_pad(image, padding):
    h, w = image.shape
    out = np.zeros((h + 2 * padding, w + 2 * padding))
    for i in range(h):
        for j in range(w):
            out[i + padding, j + padding] = image[i, j]
    return out


# %% slice-to-minus-padding
# mark: 2.25
# loses: pairs 1, leaves_no_trace 0.25, illegal 0.5
# says: padding 0 crashes
# says: only plain numbers work, no pairs
# says: another exception than ValueError
# note: padding 0 is named under leaves_no_trace only, so it costs that and not the frame
import numpy as np


def zero_pad(image, padding):
    assert image.ndim == 2, "not 2d"
    if padding < 0:
        raise IndexError("padding must be positive")
    big = np.zeros((image.shape[0] + padding * 2, image.shape[1] + padding * 2))
    big[padding:-padding, padding:-padding] = image
    return big


# %% np-pad-as-it-is
# mark: 2.25
# loses: pairs 1, number_types 0.25, illegal 0.5
# says: only plain numbers work, no pairs
# says: the result has the image's own type
# says: illegal arguments are not refused
import numpy as np


def zero_pad(image, padding):
    return np.pad(image, padding, mode="constant", constant_values=0)


# %% pair-horizontal-first
# mark: 3
# loses: pairs 1
# says: rows and columns exchanged
import numpy as np


def zero_pad(image, padding):
    if image.ndim != 2:
        raise ValueError("not an image")
    if isinstance(padding, tuple):
        x, y = padding
    else:
        x = y = padding
    if x < 0 or y < 0:
        raise ValueError("negative")
    img = image.astype(float)
    img = np.vstack([np.zeros((y, img.shape[1])), img, np.zeros((y, img.shape[1]))])
    img = np.hstack([np.zeros((img.shape[0], x)), img, np.zeros((img.shape[0], x))])
    return img


# %% one-side-only
# mark: 0.5
# loses: frame 2, pairs 1, illegal 0.5
# says: the padding is on one side only
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def zero_pad(image, padding):
    height, width = image.shape
    new_image = np.zeros((height + padding, width + padding))
    for r in range(height):
        for c in range(width):
            new_image[r + padding][c + padding] = image[r][c]
    return new_image


# %% early-return-and-asserts
# mark: 3.25
# loses: leaves_no_trace 0.25, illegal 0.5
# says: the result is the input itself
# says: another exception than ValueError
import numpy as np


def zero_pad(image, padding):
    image = np.asarray(image, dtype=np.float64)
    assert image.ndim == 2
    p, q = padding if isinstance(padding, tuple) else (padding, padding)
    assert p >= 0 and q >= 0
    if p == 0 and q == 0:
        return image  # nothing to do
    return np.pad(image, ((p, p), (q, q)))


# %% right-nine-blocks
# mark: 4
# loses: nothing
import numpy as np


def zero_pad(image, padding):
    image = np.array(image)
    if image.ndim != 2:
        raise ValueError("a matrix, please")
    try:
        up, side = padding
    except TypeError:
        up = side = padding
    if up < 0 or side < 0:
        raise ValueError("cannot pad with less than nothing")
    h, w = image.shape
    corner, top, left = np.zeros((up, side)), np.zeros((up, w)), np.zeros((h, side))
    return np.block([[corner, top, corner], [left, image, left], [corner, top, corner]])


# %% images-type-and-asserts
# mark: 3.25
# loses: number_types 0.25, illegal 0.5 (AssertionError)
# says: the result has the image's own type
# says: another exception than ValueError
import numpy as np


def zero_pad(image, padding):
    assert len(image.shape) == 2
    if type(padding) == int:
        padding = (padding, padding)
    assert all(p >= 0 for p in padding)
    out = np.zeros((image.shape[0] + 2 * padding[0], image.shape[1] + 2 * padding[1]), dtype=image.dtype)
    out[padding[0] : out.shape[0] - padding[0], padding[1] : out.shape[1] - padding[1]] = image
    return out
