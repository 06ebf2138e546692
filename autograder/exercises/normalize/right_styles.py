"""Right implementations of `normalize` in many styles; each must earn all points."""


# %% lambda_only
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return ((values - low) / (high - low) * 255).astype(np.uint8)


# %% loops
def normalize(image):
    h, w = image.shape
    low = high = float(image[0, 0])
    for y in range(h):
        for x in range(w):
            value = float(image[y, x])
            if not abs(value) < float("inf"):
                raise ValueError("NaN or infinity")
            if value < low:
                low = value
            if value > high:
                high = value
    out = np.zeros((h, w), np.uint8)
    if high > low:
        for y in range(h):
            for x in range(w):
                out[y, x] = int((float(image[y, x]) - low) / (high - low) * 255)
    return out


# %% map_and_reduce
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.round((values - low) / (high - low) * 255).astype(np.uint8)


# %% nditer
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.interp(values, [low, high], [0, 255]).astype(np.uint8)


# %% no_helpers
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    out = np.empty(values.shape, np.uint8)
    for place in np.ndindex(*values.shape):
        out[place] = int(round(float((values[place] - low) / (high - low)) * 255))
    return out


# %% pairwise_sums
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.array([[int((v - low) / (high - low) * 255) for v in row] for row in values], dtype="uint8")


# %% python_lists
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return np.minimum(np.floor((values - low) / (high - low) * 256), 255).astype(np.uint8)


# %% read_only_result
def normalize(image):
    values = np.array(image, dtype=float)
    if np.isnan(values).any() or np.isinf(values).any():
        raise ValueError("not finite")
    values -= values.min()
    span = values.max()
    if span > 0:
        values /= span
    return (values * 255).astype(np.uint8)


# %% recursion
from fractions import Fraction


def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("not finite")
    numbers = [Fraction(value) for value in image.astype(float).ravel().tolist()]
    low, span = min(numbers), max(numbers) - min(numbers)
    shades = [int((number - low) * 255 / span) if span else 0 for number in numbers]
    return np.array(shades, np.uint8).reshape(image.shape)


# %% roll_and_add
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("not finite")
    found, place = np.unique(image.astype(float), return_inverse=True)
    span = np.ptp(found) or 1.0
    return ((found - found[0]) / span * 255).astype(np.uint8)[place].reshape(image.shape, order="C")


# %% row_by_row
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    share = np.divide(values - low, high - low)
    return np.asfortranarray(np.rint(share * 255), dtype=np.uint8)
