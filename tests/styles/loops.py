"""Plain loops, number by number: the exemplar whose mutants are tried."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0:
        raise ValueError("no such size")
    if n + 2 * padding < k:
        raise ValueError("the kernel does not fit")
    count = 0
    for start in range(0, n + 2 * padding, stride):
        if start + k <= n + 2 * padding:
            count += 1
    return count


# %% zero_pad
def zero_pad(image, padding):
    if image.ndim != 2:
        raise ValueError("a 2-D image, please")
    if isinstance(padding, (tuple, list)):
        ph, pw = padding
    else:
        ph, pw = padding, padding
    if ph < 0 or pw < 0:
        raise ValueError("a padding of at least 0, please")
    h, w = image.shape
    out = np.zeros((h + 2 * ph, w + 2 * pw))
    for y in range(h):
        for x in range(w):
            out[y + ph, x + pw] = image[y, x]
    return out


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    if isinstance(stride, (tuple, list)):
        sh, sw = stride
    else:
        sh, sw = stride, stride
    if isinstance(padding, (tuple, list)):
        ph, pw = padding
    else:
        ph, pw = padding, padding
    if sh < 1 or sw < 1 or ph < 0 or pw < 0:
        raise ValueError("no such stride or padding")
    h, w = image.shape
    kh, kw = kernel.shape
    if kh > h + 2 * ph or kw > w + 2 * pw:
        raise ValueError("the kernel does not fit")
    padded = np.zeros((h + 2 * ph, w + 2 * pw))
    padded[ph : ph + h, pw : pw + w] = image
    oh = (h + 2 * ph - kh) // sh + 1
    ow = (w + 2 * pw - kw) // sw + 1
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            total = 0.0
            for i in range(kh):
                for j in range(kw):
                    total += padded[y * sh + i, x * sw + j] * float(kernel[i, j])
            out[y, x] = total
    return out


# %% normalize
def normalize(image):
    h, w = image.shape
    low = high = float(image[0, 0])
    for y in range(h):
        for x in range(w):
            value = float(image[y, x])
            if not abs(value) < float("inf"):
                raise ValueError("NaN or infinity")
            if value < low:
                low = value
            if value > high:
                high = value
    out = np.zeros((h, w), np.uint8)
    if high > low:
        for y in range(h):
            for x in range(w):
                out[y, x] = int((float(image[y, x]) - low) / (high - low) * 255)
    return out


# %% edge_magnitude
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    h, w = gx.shape
    out = np.zeros((h, w))
    for y in range(h):
        for x in range(w):
            across, down = float(gx[y, x]), float(gy[y, x])
            out[y, x] = (across**2 + down**2) ** 0.5
    return out


# %% gaussian_kernel
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = [1.0]
    for _ in range(size - 1):
        following = [1.0]
        for i in range(len(row) - 1):
            following.append(row[i] + row[i + 1])
        following.append(1.0)
        row = following
    total = 0.0
    for number in row:
        total += number
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = row[i] * row[j] / total**2
    return kernel


# %% transition_frames
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("a transition has two ends")
    kh, kw = kernel.shape
    frames = []
    for step in range(steps):
        t = step / (steps - 1)
        mixed = np.zeros((kh, kw))
        for i in range(kh):
            for j in range(kw):
                mixed[i, j] = t * kernel[i, j]
        mixed[kh // 2, kw // 2] += 1 - t
        frames.append(normalize(convolve2d(image, mixed)))
    return frames


# %% my_kernel
my_kernel = np.array([[0, -2, 0], [-1, 1, 1], [0, 2, 0]])


# %% pad_amounts
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("at least 1, please")
    reach = (k - 1) * dilation
    if mode == "valid":
        return 0, 0
    if mode == "same":
        return reach // 2, reach - reach // 2
    if mode == "full":
        return reach, reach
    raise ValueError("no such mode")


# %% convolve2d_dilated
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    h, w = image.shape
    kh, kw = kernel.shape
    pairs = []
    for value, least in ((stride, 1), (padding, 0), (dilation, 1)):
        if isinstance(value, (tuple, list)):
            a, b = value
        else:
            a, b = value, value
        if a < least or b < least:
            raise ValueError("too small")
        pairs.append((a, b))
    (sh, sw), (ph, pw), (dh, dw) = pairs
    oh = (h + 2 * ph - (kh - 1) * dh - 1) // sh + 1
    ow = (w + 2 * pw - (kw - 1) * dw - 1) // sw + 1
    if oh < 1 or ow < 1:
        raise ValueError("the kernel does not fit")
    padded = np.zeros((h + 2 * ph, w + 2 * pw))
    padded[ph : ph + h, pw : pw + w] = image
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            for i in range(kh):
                for j in range(kw):
                    out[y, x] += padded[y * sh + i * dh, x * sw + j * dw] * float(kernel[i, j])
    return out


# %% transposed_output_size
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0:
        raise ValueError("no such size")
    if output_padding < 0 or output_padding >= stride:
        raise ValueError("no such output_padding")
    size = (n - 1) * stride + k + output_padding - 2 * padding
    if size < 1:
        raise ValueError("nothing is left")
    return size


# %% conv_transpose2d
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    h, w = image.shape
    kh, kw = kernel.shape
    pairs = []
    for value, least in ((stride, 1), (padding, 0), (output_padding, 0)):
        if isinstance(value, (tuple, list)):
            a, b = value
        else:
            a, b = value, value
        if a < least or b < least:
            raise ValueError("too small")
        pairs.append((a, b))
    (sh, sw), (ph, pw), (ah, aw) = pairs
    if ah >= sh or aw >= sw:
        raise ValueError("output_padding has to be smaller than stride")
    oh = (h - 1) * sh + kh + ah - 2 * ph
    ow = (w - 1) * sw + kw + aw - 2 * pw
    if oh < 1 or ow < 1:
        raise ValueError("nothing is left")
    sheet = np.zeros((oh + 2 * ph, ow + 2 * pw))
    for y in range(h):
        for x in range(w):
            for i in range(kh):
                for j in range(kw):
                    sheet[y * sh + i, x * sw + j] += float(image[y, x]) * float(kernel[i, j])
    return sheet[ph : ph + oh, pw : pw + ow]
