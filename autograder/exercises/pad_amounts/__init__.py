"""The exercise `pad_amounts`."""
