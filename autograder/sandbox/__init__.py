"""A kernel in isolation: tiers, limits, the zygote and the kernels it forks.

`inside/` is all of ours that runs beside the student; it imports nothing from outside itself.
"""
