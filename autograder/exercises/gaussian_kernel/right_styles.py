"""Right implementations of `gaussian_kernel` in many styles; each must earn all points."""


# %% add_at
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    triangle = np.zeros((size, size))
    triangle[:, 0] = 1
    for i in range(1, size):
        for j in range(1, i + 1):
            triangle[i, j] = triangle[i - 1, j - 1] + triangle[i - 1, j]
    row = triangle[-1]
    return np.asfortranarray(np.outer(row, row) / row.sum() ** 2)


# %% apply_over_axes
def gaussian_kernel(size):
    try:
        half, odd = divmod(size.__index__(), 2)
    except AttributeError:
        raise ValueError("a whole number, please") from None
    if size < 1 or not odd:
        raise ValueError("odd and positive, please")
    row, number = [], 1.0
    for i in range(2 * half + 1):
        row.append(number)
        number = number * (2 * half - i) / (i + 1)
    row = np.array(row) / 4.0**half
    return row.reshape(-1, 1) @ row.reshape(1, -1)


# %% loops
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = [1.0]
    for _ in range(size - 1):
        following = [1.0]
        for i in range(len(row) - 1):
            following.append(row[i] + row[i + 1])
        following.append(1.0)
        row = following
    total = 0.0
    for number in row:
        total += number
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = row[i] * row[j] / total**2
    return kernel


# %% transposed_result
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.array([1.0])
    for _ in range(size - 1):
        row = np.convolve(row, [1, 1])
    kernel = np.outer(row, row)
    return kernel / kernel.sum()


# %% try_and_stop
import math


def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = [math.comb(int(size) - 1, i) / 2 ** (int(size) - 1) for i in range(size)]
    return np.array([[a * b for b in row] for a in row])


# %% vectorize
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.poly1d([0.5, 0.5]) ** int(size - 1)
    weights = row.coeffs.astype(float)
    return weights[:, None] * weights[None, :]


# %% view_result
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    if size == 1:
        return np.ones((1, 1))
    smaller = gaussian_kernel(size - 2)
    return convolve2d(smaller, np.outer([1, 2, 1], [1, 2, 1]) / 16, padding=2)


# %% while_loops
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
    row = np.ones(1)
    while row.size < size:
        row = (np.append(row, 0) + np.append(0, row)) / 2
    return np.einsum("i,j->ij", row, row)
