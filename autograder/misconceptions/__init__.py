"""Wrong implementations by function, and the question which one fits a student's answers."""
