"""FFT, with images that are not finite done directly; rounding errors near 1e-12."""


# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    return np.pad(image.astype(np.float64), ((ph, ph), (pw, pw)))


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    if not np.isfinite(padded).all():
        return np.array(
            [
                [np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights) for x in range(ow)]
                for y in range(oh)
            ]
        )
    shape = padded.shape[0] + kh - 1, padded.shape[1] + kw - 1
    spectrum = np.fft.rfft2(padded, shape) * np.fft.rfft2(weights[::-1, ::-1], shape)
    full = np.fft.irfft2(spectrum, shape)
    return full[kh - 1 : padded.shape[0], kw - 1 : padded.shape[1]][::sh, ::sw]


# %% my_kernel
my_kernel = np.array([[1, 0, 1], [0, 0, 0], [1, 0, 1]], bool)
