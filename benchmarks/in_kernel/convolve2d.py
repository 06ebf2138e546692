from reference import convolve2d as right

rng = np.random.default_rng(3)
for _ in range(25):
    kernel = rng.integers(-9, 10, rng.integers(1, 5, 2))
    image = rng.integers(-9, 10, rng.integers(5, 10, 2))
    stride, padding = (tuple(int(n) for n in rng.integers(low, low + 3, 2)) for low in (1, 0))
    expected = right(image, kernel, stride, padding)
    np.testing.assert_allclose(convolve2d(image, kernel, stride, padding), expected, atol=1e-9)
