"""The exercise `normalize_examples`: examples of `normalize`, written before it."""
