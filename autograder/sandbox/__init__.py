"""A kernel in isolation: tiers, limits, the zygote and the kernels it forks.

`inside/` holds all code of convgrade that runs in the student's process; it imports nothing from outside itself.
"""
