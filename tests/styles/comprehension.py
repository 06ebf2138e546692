"""One nested comprehension."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if min(n, k, stride) <= 0 or padding < 0:
        raise ValueError("sizes")
    room = n + 2 * padding
    if room < k:
        raise ValueError("fit")
    return 1 if room - stride < k else 1 + output_size(room - stride, k, stride)


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    return np.array(
        [
            [(padded[y : y + kh, x : x + kw] * weights).sum() for x in range(0, ow * sw, sw)]
            for y in range(0, oh * sh, sh)
        ]
    )


# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1

    def frames():
        for t in np.arange(steps) / (steps - 1):
            yield normalize(convolve2d(image, np.average([identity, kernel], axis=0, weights=[1 - t, t])))

    return list(frames())
