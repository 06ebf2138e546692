# %% right-if-chain
# mark: 5
# loses: nothing
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("k and dilation start at 1")
    extra = (k - 1) * dilation
    if mode == "valid":
        return 0, 0
    if mode == "full":
        return extra, extra
    if mode == "same":
        return extra // 2, extra - extra // 2
    raise ValueError("unknown mode " + str(mode))


# %% right-dictionary-of-lambdas
# mark: 5
# loses: nothing
def pad_amounts(mode, k, dilation=1):
    arten = {"full": lambda e: (e, e), "valid": lambda e: (0, 0), "same": lambda e: (e // 2, (e + 1) // 2)}
    if mode not in arten or min(k, dilation) < 1:
        raise ValueError("geht nicht")
    return arten[mode](dilation * (k - 1))


# %% half-of-k-no-checks
# mark: 3
# loses: same_even 1, illegal 1
# says: an even kernel pads the same on both sides
# says: illegal arguments are not refused
def pad_amounts(mode, k, dilation=1):
    k = (k - 1) * dilation + 1
    if mode == "full":
        return (k - 1, k - 1)
    elif mode == "same":
        return (k // 2, k // 2)
    else:
        return (0, 0)


# %% dilation-ignored
# mark: 4
# loses: dilation 1
# says: the dilation is ignored
def pad_amounts(mode, k, dilation=1):
    if mode not in ("full", "same", "valid"):
        raise ValueError(mode)
    if k < 1 or dilation < 1:
        raise ValueError("too small")
    if mode == "full":
        amount = 2 * (k - 1)
    elif mode == "same":
        amount = k - 1
    else:
        amount = 0
    return amount // 2, amount - amount // 2


# %% odd-zero-in-front-asserts
# mark: 3
# loses: same_even 1, illegal 1
# says: the odd zero is in front
# says: another exception than ValueError
import math


def pad_amounts(mode, k, dilation=1):
    assert mode in ["full", "same", "valid"]
    assert k > 0
    assert dilation > 0
    total = (k - 1) * dilation
    return {"full": (total, total), "same": (math.ceil(total / 2), math.floor(total / 2)), "valid": (0, 0)}[
        mode
    ]


# %% right-match-statement
# mark: 5
# loses: nothing
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("k and dilation start at 1")
    total = (k - 1) * dilation
    match mode:
        case "valid":
            return 0, 0
        case "full":
            return total, total
        case "same":
            return total // 2, -(-total // 2)
    raise ValueError(f"what is {mode!r}?")
