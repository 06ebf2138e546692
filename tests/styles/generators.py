"""Generators that hand out windows."""


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    h, w = image.shape
    middle = [np.zeros((h, pw)), image.astype(float), np.zeros((h, pw))]
    rim = [np.zeros((ph, pw)), np.zeros((ph, w)), np.zeros((ph, pw))]
    return np.block([rim, middle, rim])


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def windows():
        for y in range(oh):
            for x in range(ow):
                yield padded[y * sh : y * sh + kh, x * sw : x * sw + kw]

    sums = (np.sum(window * weights) for window in windows())
    return np.fromiter(sums, float, count=oh * ow).reshape(oh, ow)


# %% my_kernel
my_kernel = np.array([[1.0, 0, 0], [0, 0, 0], [0, 0, 0]])
