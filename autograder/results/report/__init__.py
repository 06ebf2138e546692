"""The class report: one page and one table about all verdicts on an assignment."""

from autograder.results.report.page import write

__all__ = ["write"]
