assert my_kernel.shape == (3, 3) and np.isfinite(my_kernel).all() and my_kernel.any()
