"""The class report: one page and one table about everybody's verdicts on an assignment."""

from autograder.results.report.page import write

__all__ = ["write"]
