"""Attack: exceptions whose __str__ loops, exits, raises or returns no text.
Wants: code of the student's to run where an error is formatted.
Honest mark: 8
"""


# %% own
class Rude(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


raise Rude


# %% convolve2d
class Mute(Exception):
    def __str__(self):
        return 5


class Slow(Exception):
    def __str__(self):
        while True:
            pass


turn = 0


def convolve2d(image, kernel, stride=1, padding=0):
    global turn
    turn += 1
    raise (Mute, Slow)[turn % 2]
