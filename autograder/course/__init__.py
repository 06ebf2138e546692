"""A course folder: its settings, its source notebooks, its secret and the seeds derived from it."""
