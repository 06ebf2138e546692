"""A cache with a complete key, which hands out copies."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    steps, _ = divmod(n + 2 * padding - k, stride)
    return 1 + steps


# %% convolve2d
_SEEN = {}


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    key = padded.tobytes(), padded.shape, weights.tobytes(), weights.shape, int(sh), int(sw)
    if key not in _SEEN:
        windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
        _SEEN[key] = np.einsum("yxij,ij->yx", windows[::sh, ::sw], weights)
    return _SEEN[key].copy()


# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    start, end = convolve2d(image, identity), convolve2d(image, kernel)
    return [normalize((1 - t) * start + t * end) for t in np.linspace(0, 1, steps)]
