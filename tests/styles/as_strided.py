"""as_strided with strides worked out by hand."""

# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    count, start = 0, 0
    while start + k <= n + 2 * padding:
        count += 1
        start += stride
    return count


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    down, right = padded.strides
    windows = np.lib.stride_tricks.as_strided(
        padded, (oh, ow, kh, kw), (down * sh, right * sw, down, right), writeable=False
    )
    return np.sum(windows * weights, axis=(2, 3))


# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    return [normalize(convolve2d(image, (1 - t) * identity + t * kernel)) for t in np.linspace(0, 1, steps)]
