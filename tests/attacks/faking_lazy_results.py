"""Attack: returns generators, coroutines, functions and objects that become arrays when somebody looks.
Wants: to be asked again until it is right.
Honest mark: 8
"""


# %% convolve2d
turn = [0]


class Later:
    def __array__(self, *args, **named):
        return zero_pad(np.ones((2, 2)), 1)

    def __float__(self):
        return 1.0

    __index__ = __len__ = lambda self: 4
    __getitem__ = lambda self, at: Later()
    __getattr__ = lambda self, name: Later()


def convolve2d(image, kernel, stride=1, padding=0):
    async def coroutine():
        return image

    turn[0] += 1
    kinds = [Later(), (row for row in image), coroutine(), lambda: image, memoryview(image), range(4), {1: image}, map(list, image)]
    return kinds[turn[0] % len(kinds)]
