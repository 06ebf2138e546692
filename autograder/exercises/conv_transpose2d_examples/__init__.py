"""The exercise `conv_transpose2d_examples`: examples of `conv_transpose2d`, written before it."""
