"""What grading left, read back: verdicts, marks, the class report, the replay of a failed check."""
