"""The judge's process on a kernel with an older Landlock: ``python older.py NEWEST``, its rights cut down."""

import sys

from autograder.grading import judge_process
from autograder.sandbox import tiers

if __name__ == "__main__":
    tiers.TIERS = (tiers.landlock(newest=int(sys.argv[1])),)
    judge_process.main()
