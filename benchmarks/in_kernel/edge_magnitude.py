from reference import edge_magnitude as right

rng = np.random.default_rng(5)
for _ in range(25):
    gx, gy = rng.integers(-999, 999, (2, *rng.integers(1, 8, 2)))
    np.testing.assert_allclose(edge_magnitude(gx, gy), right(gx, gy))
