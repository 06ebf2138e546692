"""Attack: exceptions with a metaclass that lies about names and bases, groups and endless chains.
Wants: a formatter that trips.
Honest mark: 8
"""


# %% convolve2d
class Meta(type):
    __name__ = property(lambda cls: 7)
    __mro__ = property(lambda cls: 7)

    def __subclasscheck__(cls, other):
        raise SystemExit

    def __instancecheck__(cls, other):
        raise SystemExit


class Odd(Exception, metaclass=Meta):
    pass


def convolve2d(image, kernel, stride=1, padding=0):
    fault = ValueError("a")
    for _ in range(100000):
        inner = ExceptionGroup("g", [fault])
        inner.__context__ = fault
        fault = inner
    raise Odd from fault
