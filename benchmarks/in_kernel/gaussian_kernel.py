from reference import gaussian_kernel as right

for size in range(1, 50, 2):
    np.testing.assert_allclose(gaussian_kernel(size), right(size), atol=1e-12)
