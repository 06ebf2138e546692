"""The exercise `normalize`."""
