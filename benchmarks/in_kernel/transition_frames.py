from reference import transition_frames as right

rng = np.random.default_rng(6)
for _ in range(25):
    image, kernel = rng.integers(0, 256, rng.integers(4, 9, 2)), rng.integers(-4, 5, (3, 3))
    steps = int(rng.integers(2, 6))
    for got, expected in zip(
        transition_frames(image, kernel, steps), right(image, kernel, steps), strict=True
    ):
        assert np.abs(got.astype(int) - expected).max() <= 1
