from reference import output_size as right

rng = np.random.default_rng(1)
for _ in range(25):
    k, stride, padding = (int(number) for number in rng.integers((1, 1, 0), (6, 4, 3)))
    n = k + int(rng.integers(0, 8))
    assert output_size(n, k, stride, padding) == right(n, k, stride, padding)
