"""The grader: hidden tests, sandboxed kernels, verdicts, feedback, reports."""
