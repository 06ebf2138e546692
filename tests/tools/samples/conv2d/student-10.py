"""Unfinished: the first function only."""

# %% output_size = student-01
