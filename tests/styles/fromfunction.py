"""np.fromfunction, which asks for all places at once."""


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    wide = np.hstack([np.zeros((len(image), pw)), image, np.zeros((len(image), pw))])
    rows = np.zeros((ph, wide.shape[1]))
    return np.vstack([rows, wide, rows])


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def everywhere(y, x):
        y, x = y.astype(int) * sh, x.astype(int) * sw
        return sum(padded[y + i, x + j] * weights[i, j] for i in range(kh) for j in range(kw))

    return np.fromfunction(everywhere, (oh, ow))


# %% my_kernel
my_kernel = np.ones((3, 3), np.float32) / 9
