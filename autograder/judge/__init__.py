"""Decide the marks: `judge` takes a job and returns a verdict; `card` shows it to students."""
