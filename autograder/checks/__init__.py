"""What a hidden test is made of.

    check     declares an aspect: its points, its inputs, why it is asked for
    answer    what came of one call, and what may be asked of it
    draw      random inputs, small by design
    mistakes  the bank of wrong implementations, which `diagnose` compares with the answers
    habits    mistakes that come back in every exercise

The docstring of a check is the sentence the student reads. hypothesis is loaded by what draws (`draw`,
`shrink`) and by nothing else here: who records verdicts needs none of it.
"""

from autograder.checks.answer import Answer, terms
from autograder.checks.broken_pixels import shows_broken_pixels
from autograder.checks.check import Check, check
from autograder.sandbox.call import Call, call
from autograder.sandbox.inside.kinds import lay_out

__all__ = ["Answer", "Call", "Check", "call", "check", "lay_out", "shows_broken_pixels", "terms"]
