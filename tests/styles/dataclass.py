"""A dataclass that does it all, called like a function."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return -(-(n + 2 * padding - k + 1) // stride)


# %% convolve2d
from dataclasses import dataclass


@dataclass
class Slide:
    weights: np.ndarray
    down: int
    right: int

    def __call__(self, image, height, width):
        kh, kw = self.weights.shape
        out = np.full((height, width), 0.0)
        for y, x in np.ndindex(height, width):
            top, left = y * self.down, x * self.right
            out[y, x] += np.vdot(image[top : top + kh, left : left + kw], self.weights)
        return out


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    return Slide(weights, sh, sw)(padded, oh, ow)


# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    identity = np.zeros((kh, kw))
    identity[kh // 2, kw // 2] = 1
    mixtures = np.tensordot(np.linspace([1, 0], [0, 1], steps), np.stack([identity, kernel.astype(float)]), 1)
    return [normalize(convolve2d(image, mixture)) for mixture in mixtures]
