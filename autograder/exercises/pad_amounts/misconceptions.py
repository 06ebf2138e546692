"""Wrong implementations of `pad_amounts(mode, k, dilation=1)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from autograder.checks.mistakes import mistake

Step = Callable[..., Any]
entry = partial(mistake, lesson="1_dilation#pad-text")

DILATED = "A dilated kernel covers more pixels: each of its k - 1 gaps grows by dilation - 1."
END = "When the zeros cannot be shared evenly, the odd one goes to the end, as in PyTorch."
REMEMBERED = "Your result depends on an earlier call: what you remember must be found by all arguments."
BELOW = "A kernel without cells and a dilation below 1 have to raise ValueError."
MODE = "A mode that is neither 'valid' nor 'same' nor 'full' has to raise ValueError."


def _same(reach: int) -> tuple[int, int]:
    return reach // 2, reach - reach // 2


def _amounts(
    mode: str,
    k: int,
    dilation: int = 1,
    *,
    least: int = 1,
    reach: Step = lambda k, dilation: (k - 1) * dilation,
    valid: Step = lambda _: (0, 0),
    same: Step = _same,
    full: Step = lambda reach: (reach, reach),
    modes: Step = lambda mode: mode,
) -> Any:
    if min(k, dilation) < least:
        raise ValueError("at least 1")
    mode = modes(mode)
    if mode not in ("valid", "same", "full"):
        raise ValueError("no such mode")
    return {"valid": valid, "same": same, "full": full}[mode](reach(k, dilation))


@entry(END)
def same_odd_at_start(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, same=lambda reach: (reach - reach // 2, reach // 2))


@entry("Half of the kernel on both sides is right for odd kernels; an even one needs one zero less before.")
def same_half_kernel(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, same=lambda reach: ((reach + 1) // 2, (reach + 1) // 2))


@entry("Both sides rounded down is one zero too few for an even kernel; the odd one goes to the end.")
def same_rounded_down(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, same=lambda reach: (reach // 2, reach // 2))


@entry("'same' shares the zeros over both sides; you put all of them on one or on each.")
def same_on_each(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, same=lambda reach: (reach, reach))


@entry("'same' shares the zeros over both sides; you put all of them on one or on each.")
def same_at_end(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, same=lambda reach: (0, reach))


@entry("Zeros are whole; a division with one slash gives a float.")
def same_floats(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, same=lambda reach: (reach / 2, reach / 2))


@entry(
    "'full' lets the kernel meet the image with one cell at least, which takes one zero less than it is long."
)
def full_kernel(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, full=lambda reach: (reach + 1, reach + 1))


@entry("'full' needs its zeros on each side; you share them over both.")
def full_shared(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, full=_same)


@entry("'full' has zeros on both sides, not at one end only.")
def full_at_end(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, full=lambda reach: (0, reach))


@entry("'valid' means no zeros at all.")
def valid_like_same(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, valid=_same)


@entry("You have 'valid' and 'full' exchanged.")
def valid_and_full(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, valid=lambda reach: (reach, reach), full=lambda _: (0, 0))


@entry(DILATED)
def dilation_ignored(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, reach=lambda k, _: k - 1)


@entry(DILATED)
def dilation_times_kernel(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, reach=lambda k, dilation: k * dilation - 1)


@entry(DILATED)
def dilation_added(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, reach=lambda k, dilation: k + dilation - 2)


@entry("A dilation of 1 leaves no gap here; you count it as one pixel between the cells.")
def dilation_as_gap(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, reach=lambda k, dilation: (k - 1) * (dilation + 1))


@entry("You return one number; the zeros before and after are asked for, as two.")
def total(*args: Any, **named: Any) -> Any:
    return sum(_amounts(*args, **named))


@entry(MODE)
def unknown_is_valid(*args: Any, **named: Any) -> Any:
    def modes(mode: str) -> str:
        return mode if mode in ("same", "full") else "valid"

    return _amounts(*args, **named, modes=modes)


@entry(MODE)
def unknown_is_full(*args: Any, **named: Any) -> Any:
    def modes(mode: str) -> str:
        return mode if mode in ("same", "valid") else "full"

    return _amounts(*args, **named, modes=modes)


@entry(MODE)
def unknown_key(*args: Any, **named: Any) -> Any:
    def modes(mode: str) -> str:
        return {"valid": "valid", "same": "same", "full": "full"}[mode]

    return _amounts(*args, **named, modes=modes)


@entry(MODE)
def unknown_gives_nothing(mode: str, *args: Any, **named: Any) -> Any:
    return _amounts(mode, *args, **named) if mode in ("valid", "same", "full") else None


@entry(BELOW)
def unchecked(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, least=-99)


@entry(BELOW)
def zero_accepted(*args: Any, **named: Any) -> Any:
    return _amounts(*args, **named, least=0)


@entry("You compute the amounts but do not hand them back: end with `return`.")
def returns_nothing(*args: Any, **named: Any) -> Any:
    _amounts(*args, **named)


@entry(REMEMBERED, stateful=True)
def cache_by_mode() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(mode: Any, k: int, dilation: int = 1) -> Any:
        return seen.setdefault(mode, _amounts(mode, k, dilation))

    return wrong


@entry(REMEMBERED, stateful=True)
def cache_without_dilation() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(mode: Any, k: int, dilation: int = 1) -> Any:
        return seen.setdefault((mode, k), _amounts(mode, k, dilation))

    return wrong
