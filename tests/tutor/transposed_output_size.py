# %% right-with-checks
# mark: 5
# loses: nothing
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0:
        raise ValueError("arguments too small")
    if output_padding < 0 or output_padding >= stride:
        raise ValueError("output_padding must be smaller than stride")
    size = (n - 1) * stride + k - 2 * padding + output_padding
    if size < 1:
        raise ValueError("nothing left")
    return size


# %% formula-no-checks
# mark: 4
# loses: illegal 1
# says: illegal arguments are not refused
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    gaps = (stride - 1) * (n - 1)
    return n + gaps + k - 1 - padding - padding + output_padding


# %% output-padding-forgotten-asserts
# mark: 3
# loses: output_padding 1, illegal 1
# says: the output padding is ignored
# says: another exception than ValueError
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    assert n >= 1 and k >= 1, "empty"
    assert stride >= 1 and padding >= 0
    assert 0 <= output_padding < stride
    groesse = (n - 1) * stride - 2 * padding + k
    assert groesse >= 1
    return groesse


# %% n-times-stride-padding-once
# mark: 2
# loses: stride 1, padding 1, illegal 1
# says: the size is too large with a stride
# says: the padding is counted once
# says: illegal arguments are not refused
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    return n * stride + (k - 1) - padding + output_padding


# %% formula-of-the-ordinary-convolution
# mark: 0
# loses: stamps 1, stride 1, padding 1, output_padding 1, illegal 1
# says: the size of the ordinary convolution
# note: output_padding is added at the end, but to the size of another operation; nothing useful
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    return (n + 2 * padding - k) // stride + 1 + output_padding


# %% output-padding-on-both-sides-with-checks
# mark: 4
# loses: output_padding 1 (twice)
# says: the output padding is counted twice
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if n < 1 or k < 1 or stride < 1:
        raise ValueError("n, k and stride are at least 1")
    if padding < 0 or not 0 <= output_padding < stride:
        raise ValueError("padding or output_padding is out of range")
    if (n - 1) * stride + k - 2 * padding + output_padding < 1:
        raise ValueError("nothing is left")
    return (n - 1) * stride + k - 2 * padding + 2 * output_padding
