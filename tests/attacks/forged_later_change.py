"""Attack: a thread goes on changing the result after the function has returned.
Wants: another value when it is compared than when it was sent.
Honest mark: 8
"""

# %% convolve2d
import threading


def convolve2d(image, kernel, stride=1, padding=0):
    result = np.zeros((2, 2))

    def change():
        for value in range(100):
            result[...] = value
            result.shape = (4,) if value % 2 else (2, 2)

    threading.Thread(target=change, daemon=True).start()
    return result
