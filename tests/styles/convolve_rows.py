"""np.convolve of single rows with mirrored ones of the kernel."""

# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return sum(1 for start in range(n + 2 * padding) if start % stride == 0 and start + k <= n + 2 * padding)


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    lines = [
        sum(np.convolve(padded[y + i], weights[i, ::-1], "valid") for i in range(kh))
        for y in range(0, oh * sh, sh)
    ]
    return np.stack(lines)[:, ::sw]


# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    def onward(step):
        if step == steps:
            return []
        t = step / (steps - 1)
        return [normalize(convolve2d(image, t * kernel + (1 - t) * identity))] + onward(step + 1)

    return onward(0)
