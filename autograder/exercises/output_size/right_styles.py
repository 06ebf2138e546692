"""Right implementations of `output_size` in many styles; each must earn all points."""


# %% add_at
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return (n + 2 * padding - k) // stride + 1


# %% apply_over_axes
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return len(range(0, n + 2 * padding - k + 1, stride))


# %% as_strided
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    count, start = 0, 0
    while start + k <= n + 2 * padding:
        count += 1
        start += stride
    return count


# %% backwards
import math


def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return math.floor((n + 2 * padding - k) / stride) + 1


# %% cached
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    steps, _ = divmod(n + 2 * padding - k, stride)
    return 1 + steps


# %% comprehension
def output_size(n, k, stride=1, padding=0):
    if min(n, k, stride) <= 0 or padding < 0:
        raise ValueError("sizes")
    room = n + 2 * padding
    if room < k:
        raise ValueError("fit")
    return 1 if room - stride < k else 1 + output_size(room - stride, k, stride)


# %% convolve_rows
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return sum(1 for start in range(n + 2 * padding) if start % stride == 0 and start + k <= n + 2 * padding)


# %% dataclass
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return -(-(n + 2 * padding - k + 1) // stride)


# %% dictionary
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return int(np.arange(n + 2 * padding - k + 1)[::stride].size)


# %% einsum
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return np.int64(n + 2 * padding - k) // stride + 1


# %% loops
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0:
        raise ValueError("no such size")
    if n + 2 * padding < k:
        raise ValueError("the kernel does not fit")
    count = 0
    for start in range(0, n + 2 * padding, stride):
        if start + k <= n + 2 * padding:
            count += 1
    return count
