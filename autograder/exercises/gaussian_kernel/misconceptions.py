"""Wrong implementations of `gaussian_kernel(size)`."""

from __future__ import annotations

import math
import operator
from typing import Any

import numpy as np

from autograder.checks.habits import UNCHECKED, add_habits, anything
from autograder.checks.mistakes import Step, Table

HINTS = "3_custom_kernels#gaussian-hints"


# ----------------------------------------------------------------------- the right function


def _is_whole(size: Any) -> bool:
    return isinstance(size, int | np.integer) and not isinstance(size, bool)


def _legal(size: Any) -> None:
    if not _is_whole(size) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")


def _pascal(size: int) -> list[int]:
    return [math.comb(size - 1, i) for i in range(size)]


def _floats(row: Any) -> Any:
    return np.array(row, np.float64)


def _blur(
    size: Any,
    *,
    legal: Step = _legal,
    number: Step = int,
    row: Step = _pascal,
    kind: Step = _floats,
    combine: Step = np.outer,
    scale: Step = lambda kernel: kernel / kernel.sum(),
) -> Any:
    legal(size)
    with np.errstate(all="ignore"):
        weights = kind(row(number(size)))
        return scale(combine(weights, weights))


mistakes = Table("gaussian_kernel", "3_custom_kernels#size-text", "weights", _blur)


# ------------------------------------------------------------------------------- the sum 1

mistakes.rows(
    "The weights of a blur add up to 1, but yours don't: divide them by the sum of all of them.",
    not_divided={"scale": lambda kernel: kernel},
    divided_by_cells={"scale": lambda kernel: kernel / kernel.size},
    divided_by_side={"scale": lambda kernel: kernel / len(kernel)},
    divided_by_row={"scale": lambda kernel: kernel / 2.0 ** (len(kernel) - 1)},
    divided_by_square={"scale": lambda kernel: kernel / kernel.sum() ** 2},
    divided_by_two_to_the_size={"scale": lambda kernel: kernel / 2.0 ** len(kernel)},
    divided_by_row_of_next={"scale": lambda kernel: kernel / 4.0 ** len(kernel)},
    columns_add_up={"scale": lambda kernel: kernel / kernel.sum(axis=0)},
    divided_by_sixteen={"scale": lambda kernel: kernel / 16},
    divided_by_256={"scale": lambda kernel: kernel / 256},
    divided_by_reach_squared={"scale": lambda kernel: kernel / (len(kernel) - 1) ** 2},
    divided_by_reach_squared_twice={"scale": lambda kernel: kernel / (len(kernel) - 1) ** 4},
    divided_by_side_squared_twice={"scale": lambda kernel: kernel / len(kernel) ** 4},
    divided_by_largest={"scale": lambda kernel: kernel / kernel.max()},
    rows_add_up={"scale": lambda kernel: kernel / kernel.sum(axis=1, keepdims=True)},
)
mistakes.rows(
    "Dividing whole numbers with two slashes leaves only zeros; divide with one.",
    carries=False,
    floor_division={"scale": lambda kernel: kernel // kernel.sum()},
)
mistakes.rows(
    "Your kernel holds whole numbers, so weights below 1 become 0; use float64.",
    carries=False,
    integers={"scale": lambda kernel: (kernel / kernel.sum()).astype(int)},
)
mistakes.rows(
    "You round the weights; keep all digits.",
    rounded={"scale": lambda kernel: np.round(kernel / kernel.sum(), 3)},
    rounded_to_two={"scale": lambda kernel: np.round(kernel / kernel.sum(), 2)},
    rounded_to_four={"scale": lambda kernel: np.round(kernel / kernel.sum(), 4)},
)


# ------------------------------------------------------------------------- the row of numbers


def _stretched(size: int) -> list[float]:
    return [1.0] * (size // 2) + [2.0] * (size > 1) + [1.0] * (size // 2) if size > 1 else [1.0]


def _as_it_comes(kernel: Any) -> Any:
    return kernel


def _whole(row: Any) -> Any:
    """Return Python's whole numbers as int64, which wraps around."""
    return np.array([(int(number) + 2**63) % 2**64 - 2**63 for number in row], np.int64)


def _whole_pascal(size: int, kind: Any = np.int64) -> Any:
    row = np.ones(1, kind)
    for _ in range(size - 1):
        row = np.append(row, 0) + np.append(0, row).astype(kind)
    return row


def _by_factorials(size: int) -> Any:
    factorials = np.cumprod(np.append(1, np.arange(1, size)))
    return factorials[-1] / (factorials * factorials[::-1])


def _single(row: Any) -> Any:
    with np.errstate(over="ignore"):
        return np.array(list(map(float, row)), np.float32)


def _bell(sigma: Step, centre: Step = lambda size: size // 2) -> Step:
    def row(size: int) -> Any:
        return np.exp(-((np.arange(size) - centre(size)) ** 2) / (2 * sigma(size) ** 2))

    return row


mistakes.rows(
    "All your weights are the same, which is a box; near pixels have to count more.",
    box={"row": np.ones},
)
mistakes.rows(
    "Your weights are not those of Pascal's triangle: build each row from the one before.",
    tent={"row": lambda size: [float(min(i, size - 1 - i) + 1) for i in range(size)]},
    powers_of_two={"row": lambda size: [2.0 ** min(i, size - 1 - i) for i in range(size)]},
    one_two_one_stretched={"row": _stretched},
)
mistakes.rows(
    "Whole numbers get too large for NumPy in large kernels; build the row of Pascal's triangle with floats.",
    aspect="sizes",
    lesson=HINTS,
    whole_products={
        "kind": np.array,
        "combine": lambda down, across: np.outer(down, across).astype(np.float64),
    },
    whole_products_over_their_sum={"kind": np.array},
    whole_products_over_a_power={"kind": np.array, "scale": lambda kernel: kernel / 4.0 ** (len(kernel) - 1)},
    whole_numbers_of_python={"kind": lambda row: np.array(row) / 1},
    whole_numbers={"kind": _whole},
    whole_numbers_over_a_power={"kind": _whole, "scale": lambda kernel: kernel / 4.0 ** (len(kernel) - 1)},
    whole_row_over_its_sum={"kind": lambda row: _whole(row) / _whole(row).sum(), "scale": _as_it_comes},
    whole_row_over_a_power={
        "kind": lambda row: _whole(row) / 2.0 ** (len(row) - 1),
        "scale": _as_it_comes,
    },
    whole_numbers_of_32_bits={"row": lambda size: _whole_pascal(size, np.int32), "kind": np.array},
    whole_factorials={"row": _by_factorials},
)
mistakes.rows(
    "For a size of 1 your row has two numbers; it has to be a single 1.",
    aspect="sizes",
    lesson=HINTS,
    two_numbers_at_least={"row": lambda size: _pascal(max(size, 2))},
)
mistakes.rows(
    "You compute in float32, which overflows in large kernels and has only about seven digits; use float64.",
    aspect="sizes",
    lesson=HINTS,
    float32_from_the_start={"kind": _single},
    float32_over_a_power={
        "kind": _single,
        "scale": lambda kernel: kernel / np.float32(4) ** (len(kernel) - 1),
    },
)
mistakes.rows(
    "You use the bell curve itself; use the rows of Pascal's triangle, as the lesson says.",
    bell={"row": _bell(lambda _: 1.0)},
    bell_of_sixth={"row": _bell(lambda size: size / 6)},
    bell_as_wide={"row": _bell(lambda size: math.sqrt(max(size - 1, 1)) / 2)},
    bell_of_opencv={"row": _bell(lambda size: 0.3 * ((size - 1) * 0.5 - 1) + 0.8)},
    bell_of_reach={"row": _bell(lambda size: (size - 1) / 2)},
    bell_of_reach_guarded={"row": _bell(lambda size: max(size // 2, 1))},
    bell_of_size={"row": _bell(lambda size: size)},
    bell_of_third={"row": _bell(lambda size: size / 3)},
    bell_of_quarter={"row": _bell(lambda size: size / 4)},
    bell_of_fifth={"row": _bell(lambda size: size / 5)},
    bell_of_third_of_reach={"row": _bell(lambda size: max(size // 2, 1) / 3)},
    bell_of_root={"row": _bell(math.sqrt)},
    bell_of_canny={"row": _bell(lambda _: 1.4)},
    wide_bell={"row": _bell(lambda _: 1.5)},
    wider_bell={"row": _bell(lambda _: 2.0)},
    narrow_bell={"row": _bell(lambda _: 0.5)},
)
mistakes.rows(
    "You use the bell curve itself, and the sum is not 1; use Pascal's triangle, and divide by its sum.",
    bell_not_divided={"row": _bell(lambda _: 1.0), "scale": lambda kernel: kernel},
    bell_of_reach_not_divided={"row": _bell(lambda size: (size - 1) / 2), "scale": lambda kernel: kernel},
    bell_by_formula={
        "row": _bell(lambda _: 1.0),
        "scale": lambda kernel: kernel / (2 * math.pi),
    },
    bell_of_sixth_by_formula={
        "row": _bell(lambda size: size / 6),
        "scale": lambda kernel: kernel / (2 * math.pi * (len(kernel) / 6) ** 2),
    },
    bell_by_opencv_formula={
        "row": _bell(lambda size: 0.3 * ((size - 1) * 0.5 - 1) + 0.8),
        "scale": lambda kernel: kernel / (2 * math.pi * (0.3 * ((len(kernel) - 1) * 0.5 - 1) + 0.8) ** 2),
    },
)
CENTRES: dict[str, Step] = {
    "at_0": lambda _: 0,
    "at_1": lambda _: 1,
    "one_late": lambda size: size // 2 + 1,
    "one_early": lambda size: size // 2 - 1,
    "half_late": lambda size: size / 2,
}
OFF_CENTRE: dict[str, Any] = {
    f"bell_{name}_of_{sigma}".replace(".", "_"): {"row": _bell(lambda _, sigma=sigma: sigma, centre)}
    for name, centre in CENTRES.items()
    for sigma in (1, 1.4, 1.5, 2)
}
mistakes.rows(
    "Your bell curve is not centred in the kernel; use the rows of Pascal's triangle, as the lesson says.",
    **OFF_CENTRE,
)
mistakes.rows(
    "Your kernel is too large: a row of `size` numbers is the one you reach after size - 1 steps.",
    row_too_late={"row": lambda size: _pascal(size + 1)},
    row_two_too_late={"row": lambda size: _pascal(size + 2)},
)
mistakes.rows(
    "Your row is the next one without its end; a row of `size` numbers is reached after size - 1 steps.",
    next_row_cut={"row": lambda size: _pascal(size + 1)[:-1]},
)
mistakes.rows(
    "Your kernel is too small: a row of `size` numbers is the one you reach after size - 1 steps.",
    row_too_early={"row": lambda size: _pascal(max(size - 1, 1))},
)
mistakes.rows(
    "`size` is the side of the kernel, not its reach from the middle.",
    size_as_radius={"row": lambda size: _pascal(2 * size + 1)},
    bell_with_size_as_radius={"row": lambda size: _bell(lambda _: 1.0)(2 * size + 1)},
    reach_is_size_less_one={"row": lambda size: _pascal(2 * size - 1)},
)
FIXED = "Your function knows only some sizes; compute the row of Pascal's triangle for any odd size."
mistakes.rows(  # carried forward, what is right for some sizes would earn the points of all
    FIXED,
    lesson=HINTS,
    carries=False,
    always_three={"row": lambda _: _pascal(3)},
    always_five={"row": lambda _: _pascal(5)},
    always_seven={"row": lambda _: _pascal(7)},
    three_or_five={"row": lambda size: _pascal(3 if size == 3 else 5)},
)


# ----------------------------------------------------------------------- from row to kernel


def _cross(down: Any, across: Any) -> Any:
    kernel, middle = np.zeros((len(down), len(across))), len(down) // 2
    kernel[middle], kernel[:, middle] = across, down
    return kernel


mistakes.rows(
    "You add the row to its transpose; each weight is the product of its row's and its column's number.",
    added={"combine": np.add.outer},
)
mistakes.rows(
    "You return the row alone; a kernel has as many rows as columns.",
    row_alone={"combine": lambda row, _: row},
    row_as_matrix={"combine": lambda row, _: row[None]},
)
mistakes.rows(
    "All rows of your kernel are the same, so it blurs across only; weights fall off downwards, too.",
    rows_repeated={"combine": lambda row, _: np.tile(row, (len(row), 1))},
)
mistakes.rows(
    "You fill the diagonal only; every cell has a weight.",
    diagonal={"combine": lambda row, _: np.diag(row)},
)
mistakes.rows(
    "You fill one row and one column only; each cell is the product of its row's and its column's number.",
    cross={"combine": _cross},
)
mistakes.rows(
    "All columns of your kernel are the same, so it blurs downwards only; weights fall off across, too.",
    columns_repeated={"combine": lambda row, _: np.tile(row[:, None], (1, len(row)))},
)
mistakes.rows(
    "Your result has more than two dimensions; the kernel is 2-D.",
    channel_last={"scale": lambda kernel: (kernel / kernel.sum())[..., None]},
)


# ------------------------------------------------------------------ what has to be refused


def _three_or_five_only(size: Any) -> None:
    if size not in (3, 5):
        raise ValueError("unknown size")
    _legal(size)


def _odd_only(size: Any) -> None:
    if size % 2 == 0:
        raise ValueError("an odd size, please")


def _not_one(size: Any) -> None:
    if size == 1:
        raise ValueError("too small")
    _legal(size)


def _no_fractions(size: Any) -> None:
    if isinstance(size, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    _legal(size)


mistakes.rows(FIXED, lesson=HINTS, carries=False, others_refused={"legal": _three_or_five_only})
mistakes.rows(FIXED, aspect="sizes", lesson=HINTS, one_refused={"legal": _not_one})


@mistakes.around(FIXED, lesson=HINTS, carries=False)
def others_missing(right: Step, size: Any) -> Any:
    return right(size) if size in (3, 5) or size % 2 != 1 or size < 1 else None


mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked={"legal": anything},
    nothing_checked_whole_numbers={"legal": anything, "number": operator.index},
    nothing_checked_size_one={"legal": anything, "number": lambda size: max(1, operator.index(size))},
)
mistakes.rows(
    "You reject even sizes only; a size below 1 and a fraction have to raise ValueError, too.",
    aspect="illegal",
    odd_alone_checked={"legal": _odd_only},
    odd_alone_checked_whole_numbers={"legal": _odd_only, "number": operator.index},
)
mistakes.rows(
    "Only an odd size has a cell in its middle; raise ValueError for an even one.",
    aspect="illegal",
    even_accepted={"legal": lambda size: _legal(size if size % 2 or size < 1 else size - 1)},
)


@mistakes.around(
    "Only an odd size has a cell in its middle; raise ValueError for an even one.", aspect="illegal"
)
def even_made_odd(right: Step, size: Any) -> Any:
    return right(size + 1 if size % 2 == 0 and size > 0 else size)


POSITIVE = "A kernel needs at least one cell; raise ValueError for a size below 1."


@mistakes.around(POSITIVE, aspect="illegal")
def negative_accepted(right: Step, size: Any) -> Any:
    return right(abs(size) if size < 0 else size)


@mistakes.around(POSITIVE, aspect="illegal")
def negative_gives_nothing(right: Step, size: Any) -> Any:
    return np.zeros((0, 0)) if size < 0 else right(size)


@mistakes.around(POSITIVE, aspect="illegal")
def zero_accepted(right: Step, size: Any) -> Any:
    return np.zeros((0, 0)) if size == 0 else right(size)


WHOLE_NUMBER = "A size that isn't a whole number has to raise ValueError; don't round it."


@mistakes.around(WHOLE_NUMBER, aspect="illegal")
def fractions_accepted(right: Step, size: Any) -> Any:
    return right(int(size) + 1 if size == 2.5 else size)


mistakes.rows(WHOLE_NUMBER, aspect="illegal", fractions_raise_type_error={"legal": _no_fractions})


# -------------------------------------------------------------------------- memory and state


def _with_growing_row(right: Step) -> Step:
    row: list[float] = []

    def wrong(size: Any) -> Any:
        _legal(size)
        row.extend(_pascal(size))
        return right(size, row=lambda _: row)

    return wrong


mistakes.rows(
    "Your row of numbers is kept from call to call and grows; start a new one each time.",
    carries=False,
    row_grows={"whole": _with_growing_row},
)
add_habits(
    mistakes,
    result="the kernel",
    remembers={"first_kernel": lambda *_: 0},
)
