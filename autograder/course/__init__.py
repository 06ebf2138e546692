"""A course folder: its settings, its sources, its secret."""
