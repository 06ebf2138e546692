"""Wrong implementations of `pad_amounts(mode, k, dilation=1)`."""

from __future__ import annotations

from typing import Any

from autograder.checks.habits import UNCHECKED, add_habits, anything
from autograder.checks.mistakes import Step, Table

MODES = ("valid", "same", "full")


# ----------------------------------------------------------------------- the right function


def _legal(k: int, dilation: int) -> None:
    if min(k, dilation) < 1:
        raise ValueError("at least 1")


def _known(mode: str) -> str:
    if mode not in MODES:
        raise ValueError("no such mode")
    return mode


def _shared(reach: int) -> tuple[int, int]:
    return reach // 2, reach - reach // 2


def _odd_at_start(reach: int) -> tuple[int, int]:
    return reach - reach // 2, reach // 2


def _rounded_down(reach: int) -> tuple[int, int]:
    return reach // 2, reach // 2


def _half_kernel(reach: int) -> tuple[int, int]:
    return (reach + 1) // 2, (reach + 1) // 2


def _amounts(
    mode: str,
    k: int,
    dilation: int = 1,
    *,
    legal: Step = _legal,
    known: Step = _known,
    reach: Step = lambda k, dilation: (k - 1) * dilation,
    valid: Step = lambda _: (0, 0),
    same: Step = _shared,
    full: Step = lambda reach: (reach, reach),
) -> Any:
    legal(k, dilation)
    return {"valid": valid, "same": same, "full": full}[known(mode)](reach(k, dilation))


mistakes = Table("pad_amounts", "1_dilation#pad-text", "full", _amounts)


# ------------------------------------------------------------------------------------ 'same'

mistakes.rows(
    "When the zeros can't be shared evenly, the extra one goes at the end, as in PyTorch.",
    aspect="same_even",
    same_odd_at_start={"same": _odd_at_start},
)
mistakes.rows(
    "Half of the kernel on both sides is right for odd kernels; an even one needs one zero less before.",
    aspect="same_even",
    same_half_kernel={"same": _half_kernel},
)
mistakes.rows(
    "Both sides rounded down is one zero too few for an even kernel; the extra one goes at the end.",
    aspect="same_even",
    same_rounded_down={"same": _rounded_down},
)
mistakes.rows(
    "'same' shares the zeros over both sides; you put all of them on one or on each.",
    aspect="same",
    same_on_each={"same": lambda reach: (reach, reach)},
    same_at_start={"same": lambda reach: (reach, 0)},
    same_at_end={"same": lambda reach: (0, reach)},
)
mistakes.rows(
    "Zeros are whole; a division with one slash gives a float.",
    aspect="same",
    same_floats_rounded={"same": lambda reach: (float(reach // 2), float(reach - reach // 2))},
    same_floats={"same": lambda reach: (reach / 2, reach / 2)},
)


# ------------------------------------------------------------------------ 'full' and 'valid'

mistakes.rows(
    "'full' keeps one cell of the kernel on the image: each side gets one zero less than the kernel is long.",
    full_kernel={"full": lambda reach: (reach + 1, reach + 1)},
)
mistakes.rows(
    "'full' needs its zeros on each side; you share them over both.",
    full_shared={"full": _shared},
    full_odd_at_start={"full": _odd_at_start},
    full_rounded_down={"full": _rounded_down},
    full_half_kernel={"full": _half_kernel},
)
mistakes.rows(
    "'full' has zeros on both sides, not at one end only.",
    full_at_end={"full": lambda reach: (0, reach)},
    full_at_start={"full": lambda reach: (reach, 0)},
)
mistakes.rows(
    "'valid' means no zeros at all.",
    valid_like_same={"valid": _shared},
    valid_like_full={"valid": lambda reach: (reach, reach)},
)
mistakes.rows(
    "You give 'valid' and 'full' the same zeros: 'valid' means none, 'full' k - 1 on each side (dilation 1).",
    mode_ignored={"valid": _shared, "full": _shared},
    mode_ignored_odd_at_start={"valid": _odd_at_start, "full": _odd_at_start},
    mode_ignored_rounded_down={"valid": _rounded_down, "full": _rounded_down},
    mode_ignored_half_kernel={"valid": _half_kernel, "full": _half_kernel},
)
mistakes.rows(
    "You return nothing for 'full', which puts zeros on both sides: one less than the kernel on each.",
    full_gives_nothing={"full": lambda _: None},
)
mistakes.rows(
    "You return nothing for 'valid', which means no zeros: (0, 0).",
    valid_gives_nothing={"valid": lambda _: None},
)
mistakes.rows(
    "You have swapped 'valid' and 'full'.",
    valid_and_full={"valid": lambda reach: (reach, reach), "full": lambda _: (0, 0)},
)
# with another mistake about 'full' it might be 0, whatever is asked
APART = ("same", "same_even", "dilation", "illegal")
ONE_NUMBER = "You return one number; return two, the zeros before and the zeros after."


@mistakes.around(ONE_NUMBER, carries=APART)
def first_number(right: Step, *args: Any, **named: Any) -> Any:
    return right(*args, **named)[0]


@mistakes.around(ONE_NUMBER, carries=APART)
def total(right: Step, *args: Any, **named: Any) -> Any:
    return sum(right(*args, **named))


# ---------------------------------------------------------------------------------- dilation

mistakes.rows(
    "A dilated kernel covers more pixels: each of its k - 1 gaps grows by dilation - 1.",
    aspect="dilation",
    dilation_ignored={"reach": lambda k, _: k - 1},
    dilation_times_kernel={"reach": lambda k, dilation: k * dilation - 1},
    dilation_added={"reach": lambda k, dilation: k + dilation - 2},
)
mistakes.rows(
    "A dilation of 1 leaves no gap here; you count it as one pixel between the cells.",
    dilation_as_gap={"reach": lambda k, dilation: (k - 1) * (dilation + 1)},
)


# ------------------------------------------------------------------ what has to be refused


def _nothing_for_unknown_modes(right: Step) -> Step:
    def wrong(mode: str, *args: Any, **named: Any) -> Any:
        return right(mode, *args, **named) if mode in MODES else None

    return wrong


mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked_else_valid={"legal": anything, "known": lambda mode: mode if mode in MODES else "valid"},
    nothing_checked_else_same={"legal": anything, "known": lambda mode: mode if mode in MODES else "same"},
    nothing_checked_else_full={"legal": anything, "known": lambda mode: mode if mode in MODES else "full"},
    nothing_checked_by_key={"legal": anything, "known": lambda mode: mode},
    nothing_checked_else_nothing={"legal": anything, "whole": _nothing_for_unknown_modes},
)
MODE = "A mode that is neither 'valid' nor 'same' nor 'full' has to raise ValueError."

mistakes.rows(
    MODE,
    aspect="illegal",
    unknown_is_valid={"known": lambda mode: mode if mode in MODES else "valid"},
    unknown_is_same={"known": lambda mode: mode if mode in MODES else "same"},
    unknown_is_full={"known": lambda mode: mode if mode in MODES else "full"},
    unknown_key={"known": lambda mode: mode},
    unknown_gives_nothing={"whole": _nothing_for_unknown_modes},
)


mistakes.rows(
    "A kernel without cells and a dilation below 1 have to raise ValueError.",
    aspect="illegal",
    unchecked={"legal": anything},
    zero_accepted={"legal": lambda k, dilation: _legal(k + 1, dilation + 1)},
)

add_habits(
    mistakes,
    result="the amounts",
    remembers={
        "cache_by_mode": lambda _, mode, *_args, **_named: mode,
        "cache_without_dilation": lambda _, mode, k, *_args, **_named: (mode, k),
    },
)
