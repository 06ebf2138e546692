"""Replay the failing input of one check, as a Python program that needs only NumPy.

The program makes the same calls as the check, in the same order and with the same memory layouts, and
compares the results after the last one. Its exit code is 1 as long as a result is wrong, otherwise 0.
Everything in it except the student's code is a comment or a literal.

The program is for finding a mistake. The student's code runs in the same process and could fool it;
`convgrade replay --run` judges outside the sandbox, as grading does.
"""

from autograder.results.replay.again import judge_again
from autograder.results.replay.find import Failed, NoReplay, find, judged_before
from autograder.results.replay.program import program
from autograder.results.replay.student import student_code

__all__ = ["Failed", "NoReplay", "find", "judge_again", "judged_before", "program", "student_code"]
