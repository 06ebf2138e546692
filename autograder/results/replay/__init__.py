"""The failing input of one check again, as a Python program that needs NumPy and nothing else.

The program makes the calls the check made, in their order and with their memory layouts, and looks
at the results after the last one. It ends with exit code 1 while an answer is wrong, 0 when all are
right. Everything in it that is not the student's own code is a comment or a literal.

Such a program is for people who look for a mistake. It runs in the student's process, so code that
hunts for answers can fool it; what counts is decided outside the sandbox, by `convgrade replay --run`.
"""

from autograder.results.replay.again import judge_again
from autograder.results.replay.find import Failed, NoReplay, find, judged_before
from autograder.results.replay.program import program
from autograder.results.replay.student import student_code

__all__ = ["Failed", "NoReplay", "find", "judge_again", "judged_before", "program", "student_code"]
