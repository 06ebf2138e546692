"""Read back what grading wrote: verdicts and marks, for the class report and for replaying a failed check."""
