"""Attack: returns arrays of objects, records, dates, long doubles and references to itself.
Wants: a comparison that raises, or that finds them equal.
Honest mark: 8
"""


# %% convolve2d
turn = [0]


def convolve2d(image, kernel, stride=1, padding=0):
    turn[0] += 1
    shape = [(n + 2 * padding - k) // stride + 1 if isinstance(padding + stride, int) else 2 for n, k in zip(image.shape, kernel.shape)]
    cyclic = np.empty(shape, object)
    cyclic[...] = [[cyclic] * shape[1]] * shape[0]
    return [
        cyclic,
        np.zeros(shape, [("a", float), ("b", object)]),
        np.zeros(shape, "datetime64[s]"),
        np.zeros(shape, np.clongdouble),
        np.zeros(shape, "U8"),
        np.zeros(shape, "V8"),
        np.ma.masked_all(shape),
        np.broadcast_to(0.0, shape),
    ][turn[0] % 8]
