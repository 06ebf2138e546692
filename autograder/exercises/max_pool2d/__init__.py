"""The exercise `max_pool2d`."""
