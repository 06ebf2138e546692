"""Right implementations of `pad_amounts` in many styles; each must earn all points."""


# %% loops
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("at least 1, please")
    reach = (k - 1) * dilation
    if mode == "valid":
        return 0, 0
    if mode == "same":
        return reach // 2, reach - reach // 2
    if mode == "full":
        return reach, reach
    raise ValueError("no such mode")


# %% read_only_result
def pad_amounts(mode, k, dilation=1):
    if k < 1 or dilation < 1:
        raise ValueError("at least 1")
    total = dilation * (k - 1)
    match mode:
        case "valid":
            return (0, 0)
        case "same":
            return (total // 2, (total + 1) // 2)
        case "full":
            return (total, total)
    raise ValueError(mode)


# %% recursion
def pad_amounts(mode, k, dilation=1):
    if min(k, dilation) < 1 or mode not in ("valid", "same", "full"):
        raise ValueError("illegal")
    share = {"valid": 0, "same": 1, "full": 2}[mode]
    zeros = share * (k - 1) * dilation
    return zeros // 2, zeros - zeros // 2


# %% roll_and_add
import math


def pad_amounts(mode, k, dilation=1):
    if k <= 0 or dilation <= 0:
        raise ValueError("illegal")
    cells = k + (k - 1) * (dilation - 1)
    table = {
        "valid": (0, 0),
        "same": (math.floor((cells - 1) / 2), math.ceil((cells - 1) / 2)),
        "full": (cells - 1,) * 2,
    }
    try:
        return table[mode]
    except KeyError:
        raise ValueError(f"{mode!r} is no mode") from None
