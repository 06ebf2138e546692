"""Right implementations of `transposed_output_size` in many styles; each must earn all points."""


# %% loops
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0:
        raise ValueError("no such size")
    if output_padding < 0 or output_padding >= stride:
        raise ValueError("no such output_padding")
    size = (n - 1) * stride + k + output_padding - 2 * padding
    if size < 1:
        raise ValueError("nothing is left")
    return size


# %% row_by_row
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    size = (n - 1) * stride - 2 * padding + k + output_padding
    if min(n, k, stride, size) < 1 or padding < 0 or not 0 <= output_padding < stride:
        raise ValueError("illegal")
    return size


# %% scatter
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if min(n, k, stride) < 1 or padding < 0 or output_padding not in range(stride):
        raise ValueError("illegal")
    last = 0
    for stamp in range(n):
        last = stamp * stride + k
    left = last + output_padding - padding - padding
    if left <= 0:
        raise ValueError("nothing is left")
    return left


# %% separable_parts
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or output_padding < 0 or output_padding >= stride:
        raise ValueError("illegal")
    stretched = len([0] * (stride * (n - 1) + 1))
    size = stretched + k - 1 - 2 * padding + output_padding
    if size < 1:
        raise ValueError("nothing is left")
    return size
