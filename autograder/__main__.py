"""`python -m autograder` is `convgrade`."""

from autograder.cli import main

main(prog_name="convgrade")
