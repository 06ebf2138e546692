"""The result lies in Fortran order."""

# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    out = np.zeros((image.shape[0] + 2 * ph, image.shape[1] + 2 * pw))
    out[ph : ph + image.shape[0], pw : pw + image.shape[1]] = image
    return out


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow), order="F")
    for x in range(ow):
        for y in range(oh):
            out[y, x] = (padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights).sum()
    return out


# %% my_kernel
my_kernel = np.array([[0, 0, 3], [0, 1, 0], [-3, 0, 0]], np.int8)
