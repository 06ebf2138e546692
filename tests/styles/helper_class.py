"""A class for the padded image, which knows its windows."""

# %% zero_pad
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    out = np.zeros((image.shape[0] + 2 * ph, image.shape[1] + 2 * pw), order="F")
    for (y, x), pixel in np.ndenumerate(image):
        out[ph + y, pw + x] = pixel
    return out


# %% convolve2d
class Window:
    def __init__(self, pixels):
        self.pixels = pixels

    def under(self, weights):
        return float((self.pixels * weights).sum())


class Sheet:
    def __init__(self, pixels, height, width):
        self.pixels, self.height, self.width = pixels, height, width

    def at(self, y, x):
        return Window(self.pixels[y : y + self.height, x : x + self.width])


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    sheet = Sheet(padded, kh, kw)
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            out[y, x] = sheet.at(y * sh, x * sw).under(weights)
    return out


# %% my_kernel
my_kernel = (np.eye(3) * 2 - np.ones((3, 3)))[::-1]
