# %% right-linspace-with-check
# mark: 7
# loses: nothing
import numpy as np


def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("at least two steps")
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    return [normalize(convolve2d(image, (1 - t) * identity + t * kernel)) for t in np.linspace(0, 1, steps)]


# %% right-blends-the-two-responses
# mark: 7
# loses: nothing
import numpy as np


def transition_frames(image, kernel, steps):
    # the operation is linear, so it is enough to convolve twice
    if not steps >= 2:
        raise ValueError("steps")
    r, c = kernel.shape[0] // 2, kernel.shape[1] // 2
    anfang = image[r : image.shape[0] - r, c : image.shape[1] - c].astype(float)
    ende = convolve2d(image, kernel)
    bilder = []
    for nummer in range(steps):
        t = nummer / (steps - 1)
        bilder.append(normalize(anfang + t * (ende - anfang)))
    return bilder


# %% never-reaches-the-end-no-check
# mark: 4
# loses: ends 2, illegal 1
# says: the last frame is not the whole kernel
# says: illegal arguments are not refused
import numpy as np


def transition_frames(image, kernel, steps):
    ident = np.zeros_like(kernel, dtype=float)
    ident[len(kernel) // 2, len(kernel[0]) // 2] = 1.0
    frames = []
    for i in range(steps):
        t = i / steps
        k = ident * (1 - t) + kernel * t
        frames.append(normalize(convolve2d(image, k)))
    return frames


# %% three-by-three-only-no-check
# mark: 5
# loses: sizes 1, illegal 1
# says: only 3x3 kernels work
# says: illegal arguments are not refused
import numpy as np


def transition_frames(image, kernel, steps):
    identity = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    list_of_frames = []
    for t in np.linspace(0, 1, steps):
        mixed = (1 - t) * identity + t * kernel
        res = convolve2d(image, mixed)
        res = normalize(res)
        list_of_frames.append(res)
    return list_of_frames


# %% fades-the-finished-frames-no-check
# mark: 3.5
# loses: between 2.5, illegal 1
# says: the finished frames are mixed instead of the kernels
# says: illegal arguments are not refused
import numpy as np


def transition_frames(image, kernel, steps):
    ident = np.zeros(kernel.shape)
    ident[tuple(s // 2 for s in kernel.shape)] = 1
    a = normalize(convolve2d(image, ident)).astype(float)
    b = normalize(convolve2d(image, kernel)).astype(float)
    return [np.round((1 - t) * a + t * b).astype(np.uint8) for t in np.linspace(0, 1, steps)]


# %% kernel-changed-in-place
# mark: 5.5
# loses: leaves_no_trace 0.5, illegal 1
# says: the input is changed
# says: another exception than ValueError
import numpy as np


def transition_frames(image, kernel, steps):
    assert steps >= 2, "need start and end"
    start = np.zeros(kernel.shape)
    start[kernel.shape[0] // 2][kernel.shape[1] // 2] = 1
    kernel -= start  # from here kernel is the difference
    out = []
    for t in np.linspace(0.0, 1.0, num=steps):
        out.append(normalize(convolve2d(image, start + t * kernel)))
    return out


# %% runs-backwards
# mark: 5
# loses: ends 2
# says: the transition runs backwards
# note: the frames between are right for a transition that runs backwards
import numpy as np


def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("steps must be 2 or more")
    e = np.zeros(kernel.shape)
    e[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    mix = lambda t: t * e + (1 - t) * kernel
    return list(map(lambda t: normalize(convolve2d(image, mix(t))), np.linspace(0, 1, steps)))


# %% arange-without-its-end-no-check
# mark: 4
# loses: ends 2 (one frame too few, the full effect is missing), illegal 1
# says: the last frame is not the whole kernel
# says: illegal arguments are not refused
import numpy as np


def transition_frames(image, kernel, steps):
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    frames = []
    for t in np.arange(0, 1, 1 / (steps - 1)):
        mixed = (1 - t) * identity + t * kernel
        frames.append(normalize(convolve2d(image, mixed)))
    return frames
