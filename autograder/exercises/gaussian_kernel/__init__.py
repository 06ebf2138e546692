"""The exercise `gaussian_kernel`."""
