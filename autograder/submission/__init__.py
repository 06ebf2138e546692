"""Submissions: inspected without trusting anything, rebuilt on the source notebook, made into jobs."""
