"""Attack: lists of a million items, nested ten thousand deep, that contain themselves.
Wants: a decoder that runs out of memory or stack.
Honest mark: 8
"""

# %% convolve2d
turn = 0


def convolve2d(image, kernel, stride=1, padding=0):
    global turn
    turn += 1
    endless = []
    endless.append(endless)
    deep = []
    for _ in range(10000):
        deep = [deep]
    return [endless, deep, [0] * 1000000, [[0.5] * 9000] * 20][turn % 4]
