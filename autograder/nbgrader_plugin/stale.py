"""Say why a submission that has been graded has to be graded again."""

from __future__ import annotations

from pathlib import Path

from autograder.judge import fingerprint
from autograder.results.verdict_files import SUFFIX, made_from
from autograder.submission.submission import Submission

UNFINISHED = "grading was not finished"


def why_stale(submission: Submission, autograded: Path) -> list[str]:
    """Return the reasons to grade a submission again, in words; empty if nothing has changed."""
    reasons: dict[str, None] = {}
    digest = submission.hand.digest()
    for name in submission.notebooks:
        old = made_from(autograded, name)
        if old is None or not (autograded / f"{name}{SUFFIX}").exists():
            return [UNFINISHED]
        reasons |= dict.fromkeys(fingerprint.differences(old, submission.fingerprint(name, digest)))
    return list(reasons)
