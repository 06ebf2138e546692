"""From the last output to the first, from the last weight to the first."""

# %% output_size
import math


def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return math.floor((n + 2 * padding - k) / stride) + 1


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.ones((oh, ow)) * 0.0
    for y in reversed(range(oh)):
        for x in reversed(range(ow)):
            for i in reversed(range(kh)):
                for j in reversed(range(kw)):
                    out[y, x] = padded[y * sh + i, x * sw + j] * weights[i, j] + out[y, x]
    return out


# %% transition_frames
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
