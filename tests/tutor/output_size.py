# %% right-formula-with-checks
# mark: 4
# loses: nothing
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError(f"impossible: n={n} k={k} stride={stride} padding={padding}")
    return (n + 2 * padding - k) // stride + 1


# %% right-counts-the-positions
# mark: 4
# loses: nothing
def output_size(n, k, stride=1, padding=0):
    # just walk and count
    for wert, minimum in ((n, 1), (k, 1), (stride, 1), (padding, 0)):
        if wert < minimum:
            raise ValueError("zu klein")
    anzahl = 0
    start = -padding
    while start + k <= n + padding:
        anzahl += 1
        start += stride
    if anzahl == 0:
        raise ValueError("Kern passt nicht")
    return anzahl


# %% formula-no-checks
# mark: 3
# loses: illegal 1
# says: illegal arguments are not refused
def output_size(n, k, stride=1, padding=0):
    return int((n - k + 2 * padding) / stride) + 1


# %% rounded-up-no-checks
# mark: 2
# loses: stride 1, illegal 1
# says: the size is rounded up
# says: illegal arguments are not refused
import math


def output_size(n, k, stride=1, padding=0):
    return math.ceil((n + 2 * padding - k) / stride) + 1


# %% padding-counted-once
# mark: 3
# loses: padding 1
# says: the padding is counted once
def output_size(n, k, stride=1, padding=0):
    if n < 1:
        raise ValueError("n")
    if k < 1:
        raise ValueError("k")
    if stride < 1:
        raise ValueError("stride")
    if padding < 0:
        raise ValueError("padding")
    if k > n + padding:
        raise ValueError("kernel does not fit")
    return (n + padding - k) // stride + 1


# %% plus-one-missing-asserts
# mark: 2
# loses: positions 1, illegal 1
# says: the size is one too small
# says: another exception than ValueError
def output_size(n, k, stride=1, padding=0):
    assert n > 0 and k > 0 and stride > 0 and padding >= 0
    total = n + 2 * padding
    assert total >= k
    return (total - k) // stride


# %% true-division-no-checks
# mark: 2
# loses: stride 1, illegal 1
# says: the division is not rounded down
# says: illegal arguments are not refused
# note: 5.0 instead of 5 without a stride is taken as right; the one mistake is the single slash
def output_size(n, k, stride=1, padding=0):
    result = (n + 2 * padding - k) / stride + 1
    return result


# %% right-length-of-a-range
# mark: 4
# loses: nothing
def output_size(n, k, stride=1, padding=0):
    axis = n + 2 * padding
    if min(n, k, stride) < 1 or padding < 0 or axis < k:
        raise ValueError("nothing fits")
    return len(range(0, axis - k + 1, stride))


# %% rounded-to-the-nearest-some-checks
# mark: 2
# loses: stride 1 (round instead of rounding down), illegal 1 (n and k below 1)
# says: the size is rounded up
# says: illegal arguments are not refused
def output_size(n, k, stride=1, padding=0):
    if stride < 1:
        raise ValueError("stride")
    if padding < 0:
        raise ValueError("padding")
    if k > n + 2 * padding:
        raise ValueError("kernel too big")
    return round((n + 2 * padding - k) / stride) + 1
