"""The exercise `conv_transpose2d`."""
