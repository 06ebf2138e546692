"""Right implementations of `my_kernel` in many styles; each must earn all points."""

# %% dictionary
my_kernel = np.array([[0, -2, 0], [-1, 1, 1], [0, 2, 0]])


# %% einsum
my_kernel = np.arange(9.0).reshape(3, 3) - 4


# %% fft
my_kernel = np.array([[1, 0, 1], [0, 0, 0], [1, 0, 1]], bool)


# %% fortran_result
my_kernel = np.array([[0, 0, 3], [0, 1, 0], [-3, 0, 0]], np.int8)


# %% fromfunction
my_kernel = np.ones((3, 3), np.float32) / 9


# %% generators
my_kernel = np.array([[1.0, 0, 0], [0, 0, 0], [0, 0, 0]])


# %% halving
my_kernel = np.asfortranarray([[1, 2, 1], [2, 5, 2], [1, 2, 1]])


# %% helper_class
my_kernel = (np.eye(3) * 2 - np.ones((3, 3)))[::-1]


# %% loops
my_kernel = np.array([[0, -2, 0], [-1, 1, 1], [0, 2, 0]])
