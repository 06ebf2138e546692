"""The exercise `my_kernel`."""
