"""Attack: asks the judge for dilations, strides and paddings that are lists, astronomic, endless or none.
Wants: hours of the judge's processor time, gigabytes of its memory, or an exception that ends it.
Honest mark: 7
Notebook: conv_arithmetic/2_transposed
"""

# %% conv_transpose2d
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    one, line = np.ones((1, 1)), np.ones((1, 600))
    most = 2**890
    endless = float("nan"), float("inf"), -float("inf")
    for value in (most, -most, *endless, (10**9, 1), [1, [2] * 900], np.int64(2**62), "9", b"9", 1j):
        for ask in (
            lambda: convolve2d_dilated(line, line, value, value, value),
            lambda: convolve2d_dilated(one, line.T, 1, 0, (value, value)),
            lambda: convolve2d(line, one, value, value),
            lambda: zero_pad(one, value),
            lambda: pad_amounts("full", value, value),
            lambda: transposed_output_size(value, value, value, value, value),
            lambda: output_size(value, 1, 1, value),
        ):
            try:
                ask()
            except Exception:
                pass
    return None
