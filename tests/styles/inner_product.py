"""np.inner of flattened windows."""

# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    up = np.eye(image.shape[0] + 2 * ph, image.shape[0], -ph)
    across = np.eye(image.shape[1], image.shape[1] + 2 * pw, pw)
    return up @ image.astype(float) @ across


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    flat = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[::sh, ::sw].reshape(oh, ow, kh * kw)
    return np.inner(flat, weights.flatten())


# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = [v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, dilation)]
    if min(dh, dw) < 1:
        raise ValueError("dilation")
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh = output_size(padded.shape[0], (kh - 1) * dh + 1, sh)
    ow = output_size(padded.shape[1], (kw - 1) * dw + 1, sw)
    weights = kernel.astype(float)
    view = np.lib.stride_tricks.sliding_window_view(padded, ((kh - 1) * dh + 1, (kw - 1) * dw + 1))
    return np.einsum("yxij,ij->yx", view[::sh, ::sw, ::dh, ::dw], weights)
