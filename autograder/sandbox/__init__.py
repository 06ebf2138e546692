"""A kernel in isolation: tiers, limits, the zygote and the kernels it forks.

`inside/` is the part that runs in the student's process; it imports nothing from outside itself.
"""
