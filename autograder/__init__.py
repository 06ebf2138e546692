"""The judge: hidden tests, sandboxed kernels, verdicts, feedback."""
