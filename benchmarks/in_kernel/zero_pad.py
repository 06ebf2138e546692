from reference import zero_pad as right

rng = np.random.default_rng(2)
for _ in range(25):
    image = rng.integers(-9, 10, rng.integers(1, 8, 2))
    padding = tuple(int(number) for number in rng.integers(0, 4, 2))
    np.testing.assert_array_equal(zero_pad(image, padding), right(image, padding))
