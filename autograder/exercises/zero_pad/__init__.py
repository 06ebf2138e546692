"""The exercise `zero_pad`."""
