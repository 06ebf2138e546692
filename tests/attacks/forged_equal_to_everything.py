"""Attack: an array subclass that is equal to everything and answers every NumPy function with True.
Wants: a comparison that asks the student's object.
Honest mark: 8
"""


# %% convolve2d
class Same(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __ne__(self, other):
        return np.False_

    def __array_function__(self, *a):
        return True

    def __array_ufunc__(self, *a, **k):
        return np.True_

    def __sub__(self, other):
        return np.zeros(1)

    def __abs__(self):
        return np.zeros(1)

    def __bool__(self):
        return True


def convolve2d(image, kernel, stride=1, padding=0):
    return np.zeros((1, 1)).view(Same)
