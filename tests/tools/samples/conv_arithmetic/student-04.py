"""Correct: an index of places for every window; each number of the result gathers its stamps."""


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError
    if mode == "valid":
        return np.zeros(2, int).tolist()
    hanging_over = len(range(0, (k - 1) * dilation))
    if mode == "full":
        return hanging_over, hanging_over
    if mode == "same":
        return int(np.floor(hanging_over / 2)), int(np.ceil(hanging_over / 2))
    raise ValueError


# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (sh, sw), (dh, dw) = (np.broadcast_to(value, 2).tolist() for value in (stride, dilation))
    if image.ndim != 2 or kernel.ndim != 2 or dh < 1 or dw < 1 or sh < 1 or sw < 1:
        raise ValueError("arguments")
    padded = zero_pad(image, padding)

    def index(n, k, s, d):
        last = n - ((k - 1) * d + 1)
        if last < 0:
            raise ValueError("does not fit")
        return np.arange(0, last + 1, s)[:, None] + np.arange(k) * d

    down = index(padded.shape[0], kernel.shape[0], sh, dh)
    across = index(padded.shape[1], kernel.shape[1], sw, dw)
    windows = padded[down[:, None, :, None], across[None, :, None, :]]
    return np.einsum("yxij,ij->yx", windows, kernel.astype(float))


# %% max_pool2d = student-01
# %% reflect_even = student-01
# %% reflect_dilation = student-01
# %% transposed_output_size = student-02
# %% conv_transpose2d
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D only")
    sizes = [np.broadcast_to(value, 2).tolist() for value in (stride, padding, output_padding)]
    (sh, sw), (ph, pw), _ = sizes
    shape = [transposed_output_size(*arguments) for arguments in zip(image.shape, kernel.shape, *sizes)]
    result = np.zeros(shape)
    for y, x in np.ndindex(*shape):
        for i, j in np.ndindex(kernel.shape):
            (row, rest_y), (column, rest_x) = divmod(y + ph - i, sh), divmod(x + pw - j, sw)
            inside = 0 <= row < image.shape[0] and 0 <= column < image.shape[1]
            if inside and rest_y == 0 and rest_x == 0:
                result[y, x] += float(image[row, column]) * float(kernel[i, j])
    return result


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
# %% conv_transpose2d_examples = student-01
