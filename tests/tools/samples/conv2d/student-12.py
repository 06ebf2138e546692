"""Kills Python from within a function; a flat image is divided by zero."""

# %% output_size = student-01
# %% zero_pad
def zero_pad(image, padding):
    import os

    os._exit(0)


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, weights = zero_pad(image, padding), kernel.astype(float)
    kh, kw = kernel.shape
    out = np.zeros((output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)))
    for y, x in np.ndindex(out.shape):
        out[y, x] = np.vdot(padded[y * sh : y * sh + kh, x * sw : x * sw + kw], weights)
    return out


# %% reflect_smaller = student-01
# %% normalize
def normalize(image):
    values = image.astype(np.float64)
    if not np.isfinite(values).all():
        raise ValueError("NaN or infinity in the image")
    low, high = values.min(), values.max()
    return ((values - low) / (high - low) * 255).astype(np.uint8)


# %% edge_magnitude = student-01
# %% reflect_direction = student-01
# %% reflect_magnitude = student-01
# %% gaussian_kernel = student-01
# %% my_kernel = student-01
# %% transition_frames = student-01
# %% reflect_positive = student-01
