"""Right implementations of `transition_frames` in many styles; each must earn all points."""


# %% as_strided
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    return [normalize(convolve2d(image, (1 - t) * identity + t * kernel)) for t in np.linspace(0, 1, steps)]


# %% backwards
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    frames = []
    for step in range(steps):
        t = step / (steps - 1)
        frames.append(normalize(convolve2d(image, identity + t * (kernel - identity))))
    return frames


# %% cached
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    start, end = convolve2d(image, identity), convolve2d(image, kernel)
    return [normalize((1 - t) * start + t * end) for t in np.linspace(0, 1, steps)]


# %% comprehension
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


# %% convolve_rows
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


# %% dataclass
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    mixtures = np.tensordot(np.linspace([1, 0], [0, 1], steps), np.stack([identity, kernel.astype(float)]), 1)
    return [normalize(convolve2d(image, mixture)) for mixture in mixtures]


# %% loops
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    frames = []
    for step in range(steps):
        t = step / (steps - 1)
        mixed = np.zeros((kh, kw))
        for i in range(kh):
            for j in range(kw):
                mixed[i, j] = t * kernel[i, j]
        mixed[kh // 2, kw // 2] += 1 - t
        frames.append(normalize(convolve2d(image, mixed)))
    return frames
