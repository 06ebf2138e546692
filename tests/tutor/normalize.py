# What is lost is as the tutor saw it; when the points were shared out again, the marks went with them.

# %% right-float-first-with-checks
# mark: 8
# loses: nothing
import numpy as np


def normalize(image):
    img = np.asarray(image, dtype=np.float64)
    if not np.isfinite(img).all():
        raise ValueError("NaN or infinite values")
    lo, hi = img.min(), img.max()
    if lo == hi:
        return np.zeros(img.shape, dtype=np.uint8)
    return np.rint((img - lo) / (hi - lo) * 255).astype(np.uint8)


# %% right-interp-ravel
# mark: 8
# loses: nothing
import numpy as np


def normalize(image):
    werte = np.array(image, dtype=float).ravel()
    if np.isnan(werte).any() or np.isinf(werte).any():
        raise ValueError("kaputte Pixel")
    if np.ptp(werte) == 0:
        neu = werte * 0
    else:
        neu = np.interp(werte, (werte.min(), werte.max()), (0, 255))
    return neu.round().astype("uint8").reshape(np.shape(image))


# %% no-checks-own-type
# mark: 6.75
# loses: flat 0.5, number_types 0.5, illegal 0.25
# says: a flat image divides by zero
# says: differences overflow in the image's own type
# says: illegal arguments are not refused
import numpy as np


def normalize(image):
    mn = np.min(image)
    mx = np.max(image)
    return ((image - mn) / (mx - mn) * 255).astype(np.uint8)


# %% epsilon-below-and-cut-off
# mark: 6.25
# loses: ends 1.5, illegal 0.25
# says: the ends are not exactly 0 and 255
# says: illegal arguments are not refused
import numpy as np


def normalize(image):
    x = image.astype(np.float64)
    x = (x - x.min()) / (x.max() - x.min() + 1e-8)  # never divide by zero
    return (255 * x).astype(np.uint8)


# %% float-result-no-checks
# mark: 7.25
# loses: bytes 0.5, illegal 0.25
# says: the result is not uint8
# says: illegal arguments are not refused
import numpy as np


def normalize(image):
    out = np.zeros(image.shape)
    low = float(image.min())
    high = float(image.max())
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            if high > low:
                out[r, c] = round((float(image[r, c]) - low) * 255.0 / (high - low))
    return out


# %% only-up-to-one
# mark: 2.75
# loses: stretch 4.5, bytes 0.5, illegal 0.25
# says: the range is 0..1 instead of 0..255
# says: the result is not uint8
# says: illegal arguments are not refused
# note: two mistakes (the factor, the type); the ends are exact for the range the student took
import numpy as np


def normalize(image):
    im = image.astype(float)
    spread = im.max() - im.min()
    if spread == 0:
        return np.zeros_like(im)
    return (im - im.min()) / spread


# %% divided-by-the-maximum
# mark: 2.75
# loses: stretch 4.5, flat 0.5, illegal 0.25
# says: the minimum is not subtracted
# says: a flat image is not zero
# says: illegal arguments are not refused
# note: that 0 is not reached is the same mistake, ends is kept because the other end is exact
import numpy as np


def normalize(image):
    bild = image.astype(np.float64)
    bild = bild / bild.max() * 255
    return np.clip(bild, 0, 255).astype(np.uint8)


# %% in-place-own-type
# mark: 6.5
# loses: flat 0.5, number_types 0.5, leaves_no_trace 0.25, illegal 0.25
# says: the input is changed
# says: a flat image divides by zero
# says: differences overflow in the image's own type
# says: illegal arguments are not refused
import numpy as np


def normalize(image):
    image -= image.min()
    image = image / image.max()
    return np.round(image * 255).astype(np.uint8)


# %% just-cast-to-bytes
# mark: 0.5
# loses: stretch 4.5, ends 1.5, flat 0.5, number_types 0.5, leaves_no_trace 0.25, illegal 0.25
# says: nothing is stretched
# note: clipping is not stretching, the pixels come back as they were; one tutor gave 0, another the point for bytes
import numpy as np


def normalize(image):
    return np.clip(image, 0, 255).astype(np.uint8)


# %% assert-for-nan
# mark: 7.75
# loses: illegal 0.25
# says: another exception than ValueError
import numpy as np


def normalize(image):
    a = np.array(image, dtype=np.float64)
    assert not np.isnan(a).any(), "nan!"
    assert not np.isinf(a).any(), "inf!"
    a -= a.min()
    top = a.max()
    if top > 0:
        a *= 1 / top
        a[a > 1] = 1
    return (a * 255 + 0.5).astype(np.uint8)


# %% just-below-255-then-cut-off
# mark: 5.75
# loses: ends 1.5, flat 0.5, illegal 0.25
# says: the ends are not exactly 0 and 255
# says: a flat image divides by zero
# says: illegal arguments are not refused
import numpy as np


def normalize(image):
    f = np.asarray(image, dtype="float64")
    factor = 254.99 / (f.max() - f.min())  # 255 would jump to 256 sometimes
    offset = f.min() * factor
    return (f * factor - offset).clip(0, 255).astype("uint8")


# %% right-256-levels-cut-off
# mark: 8
# loses: nothing
import numpy as np


def normalize(image):
    pixels = np.array(image, dtype=np.float64)
    if np.isnan(pixels).any() or np.isinf(pixels).any():
        raise ValueError("there is a hole in the image")
    lowest = pixels.min()
    span = pixels.max() - lowest
    if not span:
        return np.zeros(pixels.shape, dtype="uint8")
    levels = np.floor((pixels - lowest) / span * 256)
    return np.minimum(levels, 255).astype("uint8")


# %% each-column-by-itself-no-checks
# mark: 2.75
# loses: stretch 4.5 (min and max of each column), flat 0.5, illegal 0.25
# says: each column is stretched by itself
# says: a flat image divides by zero
# says: illegal arguments are not refused
import numpy as np


def normalize(image):
    image = image.astype(float)
    lo = image.min(axis=0)
    hi = image.max(axis=0)
    image = (image - lo) / (hi - lo)
    return (255 * image).astype(np.uint8)


# %% loops-and-lists-own-type
# mark: 7
# loses: bytes_out 0.5 (a nested list), number_types 0.5 (int8 differences)
# says: the result is not uint8
# says: differences overflow in the image's own type
import math

import numpy as np


def normalize(image):
    smallest = largest = image[0, 0]
    for row in image:
        for pixel in row:
            if math.isnan(pixel) or math.isinf(pixel):
                raise ValueError("not a picture")
            if pixel < smallest:
                smallest = pixel
            if pixel > largest:
                largest = pixel
    if smallest == largest:
        return [[0 for pixel in row] for row in image]
    return [[int((pixel - smallest) / (largest - smallest) * 255) for pixel in row] for row in image]
