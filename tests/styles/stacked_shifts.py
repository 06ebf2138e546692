"""All shifted pictures in one stack, one weighted sum."""

# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    stack = np.array(
        [
            padded[i : padded.shape[0] - kh + 1 + i, j : padded.shape[1] - kw + 1 + j]
            for i in range(kh)
            for j in range(kw)
        ]
    )
    return (stack * weights.reshape(-1, 1, 1)).sum(axis=0)[::sh, ::sw]


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    both = np.stack([gx, gy]).astype(float)
    return np.einsum("cyx,cyx->yx", both, both) ** 0.5
