"""Submissions graded: one file, or a class by many judges at once, with verdicts kept for the next run."""
