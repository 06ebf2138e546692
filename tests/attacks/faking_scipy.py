"""Attack: scipy.signal does the work.
Wants: points for calling a library.
Honest mark: 8
"""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    from scipy.signal import correlate2d

    return correlate2d(np.pad(image, padding), kernel, "valid")[::stride, ::stride]
