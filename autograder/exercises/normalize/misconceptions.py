"""Wrong implementations of `normalize(image)`."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks.habits import REMEMBERED, add_habits
from autograder.checks.mistakes import Parts, Step, Table
from reference.convolution import Image, two_dimensional

OVERFLOW = "2_normalization#overflow-text"


# ----------------------------------------------------------------------- the right function


def _finite(values: Image) -> None:
    if not np.isfinite(values).all():
        raise ValueError("not finite")


def _is_flat(numbers: Image) -> bool:
    return bool(numbers.min() == numbers.max())


def _normalize(
    image: Image,
    *,
    legal: Step = _finite,
    values: Step = lambda image: image.astype(np.float64),
    low: Step = np.min,
    high: Step = np.max,
    is_flat: Step = _is_flat,
    flat: Step = lambda image: np.zeros(image.shape, np.uint8),
    stretch: Step = lambda values, low, high: (values - low) / (high - low) * 255,
    finish: Step = lambda stretched: stretched.astype(np.uint8),
) -> Any:
    image = two_dimensional("image", image)
    numbers = values(image)
    legal(numbers)
    with np.errstate(over="ignore"):
        darkest, brightest = low(numbers), high(numbers)
        if is_flat(numbers):
            return flat(image)
        return finish(stretch(numbers, darkest, brightest))


mistakes = Table("normalize", "2_normalization#normalize-text", "stretch", _normalize)


def _never(_: Image) -> bool:
    return False


def _own(image: Image) -> Image:
    return image


def _over_its_maximum(values: Image, low: Any, _: Any) -> Any:
    return (values - low) / (values - low).max() * 255


def _looks_flat(numbers: Image) -> bool:
    return bool(numbers.max() - numbers.min() < 1e-9)


def _wrapped(stretched: Image) -> Image:
    return stretched.astype(np.int64).astype(np.uint8)


def _clipped(stretched: Image) -> Image:
    return np.clip(stretched, 0, 255).astype(np.uint8)


def _as_it_comes(stretched: Image) -> Image:
    return stretched


# ------------------------------------------------------------------------------- flat images


def _refused(_: Image) -> Any:
    raise ValueError("no contrast")


def _zero_division(_: Image) -> Any:
    raise ZeroDivisionError("float division by zero")


mistakes.rows(
    "A flat image has no contrast: ask first whether its range is 0, and return zeros if it is.",
    aspect="flat",
    flat_divided={"is_flat": _never},
    flat_divided_and_cleaned={
        "is_flat": _never,
        "stretch": lambda v, low, high: np.nan_to_num((v - low) / (high - low)) * 255,
    },
    flat_refused={"flat": _refused},
    flat_zero_division={"flat": _zero_division},
)
mistakes.rows(
    "A flat image has no contrast; here it becomes all zeros.",
    aspect="flat",
    flat_white={"flat": lambda image: np.full(image.shape, 255, np.uint8)},
    flat_grey={"flat": lambda image: np.full(image.shape, 128, np.uint8)},
    flat_grey_below={"flat": lambda image: np.full(image.shape, 127, np.uint8)},
    flat_one={"flat": lambda image: np.ones(image.shape, np.uint8)},
    flat_as_it_is={"flat": lambda image: image.astype(np.uint8)},
)
mistakes.rows(
    "For a flat image you return zeros of another dtype; they have to be uint8 as well.",
    aspect="bytes_out",
    flat_floats={"flat": lambda image: np.zeros(image.shape)},
    flat_like_image={"flat": np.zeros_like},
)


# ----------------------------------------------------------------------------- number types


def _shares_of_whole_numbers(values: Image, *_: Any) -> Any:
    whole = np.trunc(values)
    return (whole - whole.min()) / ((whole.max() - whole.min()) or 1) * 255


@mistakes.written(
    "Small integers wrap around: 100 - (-100), for one, doesn't fit in int8. Convert to float64 first.",
    aspect="number_types",
    lesson=OVERFLOW,
)
def range_wraps(image: Image) -> Any:
    def stretch(values: Image, *_: Any) -> Any:
        whole = image if image.dtype != bool else image.astype(int)
        return (values - values.min()) / float(whole.max() - whole.min() or 1) * 255

    return _normalize(image, stretch=stretch)


@mistakes.written(
    "You multiply by 255 in the image's own small number type, which wraps; convert to float64 first.",
    aspect="number_types",
    lesson=OVERFLOW,
)
def products_wrap(image: Image) -> Any:
    def stretch(values: Image, low: Any, high: Any) -> Any:
        if image.dtype.kind not in "iu":
            return (values - low) / (high - low) * 255
        return (image - image.min()) * image.dtype.type(min(255, np.iinfo(image.dtype).max)) / (high - low)

    return _normalize(image, stretch=stretch)


mistakes.rows(
    "Small integers wrap around: 100 - (-100), for one, doesn't fit in int8. Convert to float64 first.",
    aspect="number_types",
    lesson=OVERFLOW,
    differences_wrap={"values": _own},
    differences_wrap_clipped={"values": _own, "finish": _clipped},
    differences_wrap_and_look_flat={"values": _own, "is_flat": _looks_flat},
    differences_wrap_and_look_flat_clipped={"values": _own, "is_flat": _looks_flat, "finish": _clipped},
    differences_wrap_before_the_maximum={"values": _own, "stretch": _over_its_maximum},
    differences_wrap_before_the_maximum_clipped={
        "values": _own,
        "stretch": _over_its_maximum,
        "finish": _clipped,
    },
)


def _bytes_as_they_are(**inner: Step) -> Parts:
    def whole(right: Step) -> Step:
        return lambda image: image if image.dtype == np.uint8 else right(image, **inner)

    return {"whole": whole}


mistakes.rows(
    "A byte image comes back as it was; stretch it like any other.",
    aspect="number_types",
    lesson=OVERFLOW,
    bytes_as_they_are=_bytes_as_they_are(),
)
mistakes.rows(
    "Byte images come back as they were, and differences wrap in other small types; use float64 for all.",
    aspect="number_types",
    lesson=OVERFLOW,
    bytes_as_they_are_others_wrap=_bytes_as_they_are(values=_own),
    bytes_as_they_are_others_wrap_clipped=_bytes_as_they_are(values=_own, finish=_clipped),
    bytes_as_they_are_others_look_flat=_bytes_as_they_are(values=_own, is_flat=_looks_flat),
    bytes_as_they_are_others_look_flat_clipped=_bytes_as_they_are(
        values=_own, is_flat=_looks_flat, finish=_clipped
    ),
)
mistakes.rows(
    "You turn the pixels into whole numbers before stretching, which loses fractions; do it last.",
    lesson=OVERFLOW,
    bytes_all_along={"values": lambda image: _wrapped(np.trunc(image)).astype(np.float64)},
    bytes_first={"stretch": lambda v, low, high: (v.astype(np.uint8) - low) / (high - low) * 255},
    whole_numbers_first={"stretch": _shares_of_whole_numbers},
    rounded_first={"stretch": lambda v, *_: _shares_of_whole_numbers(np.rint(v))},
)
mistakes.rows(
    "The share between 0 and 1 becomes a whole number before you multiply, so only black and white are left.",
    lesson=OVERFLOW,
    bytes_before_255={
        "stretch": lambda v, low, high: ((v - low) / (high - low)).astype(np.uint8) * np.uint8(255)
    },
    floor_division={"stretch": lambda v, low, high: (v - low) // (high - low) * 255},
)
mistakes.rows(
    "256 levels end at 255: your brightest pixel becomes 256, which wraps to 0 in a byte.",
    lesson=OVERFLOW,
    times_256={"stretch": lambda v, low, high: (v - low) / (high - low) * 256, "finish": _wrapped},
)
APART = ("bytes_out", "leaves_no_trace", "illegal")
"""The checks of what has nothing to do with the numbers in the picture."""
TO_ONE = "Your result goes from 0 to 1; multiply by 255 to reach the range of a byte."

mistakes.rows(
    "The result has to be made of bytes, dtype uint8, from 0 to 255.",
    aspect="bytes_out",
    floats={"finish": lambda v: v},
    integers={"finish": lambda v: v.astype(int)},
    small_integers={"finish": lambda v: v.astype(np.int16)},
    floats_of_32_bits={"finish": lambda v: v.astype(np.float32)},
    rounded_floats={"finish": np.round},
)
mistakes.rows(
    TO_ONE,
    shares={"stretch": lambda v, low, high: (v - low) / (high - low), "finish": lambda v: v},
    shares_with_epsilon={
        "stretch": lambda v, low, high: (v - low) / (high - low + 1e-8),
        "finish": lambda v: v,
    },
)
mistakes.rows(
    TO_ONE,
    carries=APART,  # almost everything is 0, give or take 1: zeros would pass for it
    shares_as_bytes={"stretch": lambda v, low, high: (v - low) / (high - low)},
)


# ------------------------------------------------------------------------------- the stretch

CUT_OFF = "You cut off what is outside 0 to 255; stretching keeps all of it."


def _negative_cut(values: Image, *_: Any) -> Any:
    values = np.maximum(values, 0)
    return (values - values.min()) / ((values.max() - values.min()) or 1) * 255


def _absolute_first(values: Image, *_: Any) -> Any:
    values = np.abs(values)
    return (values - values.min()) / ((values.max() - values.min()) or 1) * 255


def _between_percentiles(least: float, most: float) -> Parts:
    return {
        "low": lambda v: np.percentile(v, least),
        "high": lambda v: np.percentile(v, most),
        "stretch": lambda v, low, high: np.clip((v - low) / ((high - low) or 1), 0, 1) * 255,
    }


def _up_to_percentile(most: float, *, stretched: bool) -> Parts:
    def stretch(values: Image, *_: Any) -> Any:
        values = np.clip(values, 0, np.percentile(values, most))
        if stretched or values.max() > values.min():
            values = (values - values.min()) / ((values.max() - values.min()) or 1)
        return values * 255

    return {"stretch": stretch, "finish": _wrapped}


OTHER_PERCENTILES: dict[str, Any] = {
    f"percentiles_{least}_{most}".replace(".", "_"): _between_percentiles(least, most)
    for least, most in (
        *((0.5, 99.5), (1, 99.5), (2, 99), (2, 99.5), (3, 97), (3, 99), (5, 99)),
        *((10, 90), (15, 80), (15, 85), (20, 80), (25, 75)),
    )
}


BRIGHTEST_CUT: dict[str, Any] = {
    f"brightest_cut_at_{most}".replace(".", "_"): _between_percentiles(0, most)
    for most in (90, 95, 98, 99, 99.5)
}
UP_TO_PERCENTILES: dict[str, Any] = {
    f"negative_cut_and_percentile_{most}".replace(".", "_") + ("" if stretched else "_unless_flat"): (
        _up_to_percentile(most, stretched=stretched)
    )
    for most in (95, 98, 99, 99.5)
    for stretched in (True, False)
}


def _along(axis: int) -> Step:
    def stretch(values: Image, *_: Any) -> Any:
        low, high = values.min(axis=axis, keepdims=True), values.max(axis=axis, keepdims=True)
        return (values - low) / np.where(high > low, high - low, 1) * 255

    return stretch


def _ranks(values: Image, *_: Any) -> Any:
    found, place = np.unique(values, return_inverse=True)
    return place.reshape(values.shape) / (len(found) - 1) * 255


def _ranks_all_apart(values: Image, *_: Any) -> Any:
    return values.ravel().argsort().argsort().reshape(values.shape) / (values.size - 1) * 255


def _share_up_to(values: Image, *_: Any) -> Any:
    return np.searchsorted(np.sort(values, axis=None), values, "right") / values.size * 255


def _share_beyond_the_first(values: Image, *_: Any) -> Any:
    darkest = (values == values.min()).sum()
    up_to = np.searchsorted(np.sort(values, axis=None), values, "right")
    return (up_to - darkest) / (values.size - darkest) * 255


mistakes.rows(
    "You do not subtract the smallest number first, so your darkest pixel does not become 0.",
    positive_minimum_kept={
        "stretch": lambda v, low, high: (v - min(low, 0)) / ((high - min(low, 0)) or 1) * 255
    },
    minimum_kept_unguarded={"stretch": lambda v, _, high: v / high * 255, "finish": _wrapped},
    minimum_kept_as_share={"stretch": lambda v, _, high: v / (high or 1), "finish": lambda v: v},
    minimum_kept={"stretch": lambda v, _, high: v / (high or 1) * 255, "finish": _wrapped},
    minimum_kept_clipped={"stretch": lambda v, _, high: np.clip(v / (high or 1) * 255, 0, 255)},
    minimum_kept_in_floats={"stretch": lambda v, _, high: v / high * 255, "finish": _as_it_comes},
    minimum_kept_as_share_unguarded={"stretch": lambda v, _, high: v / high, "finish": _as_it_comes},
    minimum_kept_range_divided={"stretch": lambda v, low, high: v / (high - low) * 255, "finish": _wrapped},
)
mistakes.rows(
    "You divide by the largest number; after subtracting the smallest one the range is what counts.",
    divided_by_maximum={"stretch": lambda v, low, high: (v - low) / (high or 1) * 255, "finish": _wrapped},
    divided_by_maximum_clipped={
        "stretch": lambda v, low, high: np.clip((v - low) / (high or 1) * 255, 0, 255)
    },
    divided_by_maximum_in_floats={
        "stretch": lambda v, low, high: (v - low) / high * 255,
        "finish": _as_it_comes,
    },
)
mistakes.rows(
    "You cut the negative numbers off; stretching keeps all of them.",
    negative_cut={"stretch": _negative_cut},
    negative_cut_over_maximum={"stretch": lambda v, *_: np.maximum(v, 0) / (max(v.max(), 0) or 1) * 255},
)
mistakes.rows(
    CUT_OFF,
    carries=APART,  # nothing is stretched
    clipped={"stretch": lambda v, *_: np.clip(v, 0, 255)},
    clipped_and_rounded={"stretch": lambda v, *_: np.clip(np.rint(v), 0, 255)},
)
mistakes.rows(
    "You cut off what is outside fixed limits; stretch from the image's own smallest to its largest number.",
    carries=APART,  # nothing is stretched
    shares_clipped={"stretch": lambda v, *_: np.clip(v, 0, 1) * 255},
    shares_clipped_in_floats={"stretch": lambda v, *_: np.clip(v, 0, 1) * 255, "finish": _as_it_comes},
    times_255_clipped={"stretch": lambda v, *_: np.clip(v * 255, 0, 255)},
    times_255_clipped_when_small={"stretch": lambda v, _, high: np.clip(v * 255 if high <= 1 else v, 0, 255)},
    clipped_from_minus_1_to_1={"stretch": lambda v, *_: (np.clip(v, -1, 1) + 1) * 127.5},
)
mistakes.rows(
    "You use fixed numbers; the image's own smallest number becomes 0, and its own largest 255.",
    from_minus_1_to_1={"stretch": lambda v, *_: 2 * v - 1, "finish": _as_it_comes},
    bytes_from_minus_1_to_1={"stretch": lambda v, *_: v / 127.5 - 1, "finish": _as_it_comes},
    bytes_around_0={"stretch": lambda v, *_: (v - 128) / 128, "finish": _as_it_comes},
    bytes_around_a_half={"stretch": lambda v, *_: v / 255 - 0.5, "finish": _as_it_comes},
    shares_of_256={"stretch": lambda v, *_: v / 256, "finish": _as_it_comes},
    times_255={"stretch": lambda v, *_: v * 255, "finish": _wrapped},
    times_255_in_floats={"stretch": lambda v, *_: v * 255, "finish": _as_it_comes},
    mean_and_deviation_of_a_half={"stretch": lambda v, *_: (v - 0.5) / 0.5, "finish": _as_it_comes},
    mean_and_deviation_of_a_half_of_bytes={
        "stretch": lambda v, *_: (v / 255 - 0.5) / 0.5,
        "finish": _as_it_comes,
    },
    fixed_bounds_of_scans={
        "stretch": lambda v, *_: np.clip((v + 1000) / 1400, 0, 1),
        "finish": _as_it_comes,
    },
)
mistakes.rows(
    "You subtract the image from a fixed number, so dark gets bright; subtract the smallest pixel instead.",
    subtracted_from_255={"stretch": lambda v, *_: 255 - v, "finish": _wrapped},
    subtracted_from_255_clipped={"stretch": lambda v, *_: 255 - v, "finish": _clipped},
    subtracted_from_255_in_floats={"stretch": lambda v, *_: 255 - v, "finish": _as_it_comes},
    subtracted_from_255_as_share={"stretch": lambda v, *_: (255 - v) / 255, "finish": _as_it_comes},
    subtracted_from_1={"stretch": lambda v, *_: 1 - v, "finish": _as_it_comes},
)
mistakes.rows(
    "Your result goes from -1 to 1; here the smallest number becomes 0, the largest 255.",
    between_minus_1_and_1={
        "stretch": lambda v, low, high: 2 * (v - low) / (high - low) - 1,
        "finish": _as_it_comes,
    },
)
mistakes.rows(
    "You multiply the image by its own stretched numbers; those numbers alone are the result.",
    times_itself={"stretch": lambda v, low, high: v * (v - low) / (high - low) * 255, "finish": _wrapped},
    times_itself_in_floats={
        "stretch": lambda v, low, high: v * (v - low) / (high - low) * 255,
        "finish": _as_it_comes,
    },
    times_its_share={"stretch": lambda v, low, high: v * (v - low) / (high - low), "finish": _as_it_comes},
)
mistakes.rows(
    "You only change the dtype, and what does not fit into a byte wraps around; stretch first.",
    carries=False,
    bytes_only={"stretch": lambda v, *_: v, "finish": _wrapped},
)
mistakes.rows(
    "A negative pixel is darker than 0 and mustn't become bright; don't take absolute values.",
    absolute_over_maximum={"stretch": lambda v, *_: np.abs(v) / np.abs(v).max() * 255},
    absolute_over_maximum_in_floats={
        "stretch": lambda v, *_: np.abs(v) / np.abs(v).max() * 255,
        "finish": _as_it_comes,
    },
    absolute_as_share={"stretch": lambda v, *_: np.abs(v) / np.abs(v).max(), "finish": _as_it_comes},
    absolute_first={"stretch": _absolute_first},
)
mistakes.rows(
    "You take absolute values and cut off at 255; stretch from the smallest to the largest number instead.",
    carries=APART,  # nothing is stretched
    absolute_clipped={"stretch": lambda v, *_: np.abs(v), "finish": _clipped},
)
mistakes.rows(
    "You cut off the darkest and brightest pixels by percentiles; stretch from the smallest to the largest.",
    percentiles_of_one=_between_percentiles(1, 99),
    percentiles_of_two=_between_percentiles(2, 98),
    percentiles_of_five=_between_percentiles(5, 95),
    **OTHER_PERCENTILES,
)
mistakes.rows(
    "You cut off the brightest pixels by a percentile; stretch from the smallest to the largest number.",
    **BRIGHTEST_CUT,
)
mistakes.rows(
    "You cut off negative numbers and the brightest pixels; stretch from the smallest to the largest number.",
    **UP_TO_PERCENTILES,
)
mistakes.rows(
    "You only shift the pixels; divide by the range and multiply by 255, too.",
    shifted_only={"stretch": lambda v, low, _: v - low, "finish": _wrapped},
)


@mistakes.around("You leave an image that fits into bytes as it is; every range is stretched to 0 to 255.")
def kept_when_it_fits(right: Step, image: Image) -> Any:
    fits = image.min() >= 0 and image.max() <= 255
    return image.astype(np.uint8) if fits else right(image)


mistakes.rows(
    "You leave a range below 256 as it is; every range is stretched to 0 to 255.",
    shifted_when_small={
        "stretch": lambda v, low, high: (v - low) * (1 if high - low <= 255 else 255 / (high - low))
    },
)
mistakes.rows(
    "You divide by 255; the range of this image is its largest number minus its smallest.",
    divided_by_255={"stretch": lambda v, *_: v / 255, "finish": lambda v: v},
    divided_by_255_as_bytes={"stretch": lambda v, *_: v / 255, "finish": _wrapped},
    divided_by_255_clipped={"stretch": lambda v, *_: np.clip(v / 255, 0, 1), "finish": lambda v: v},
    shifted_and_divided_by_255={"stretch": lambda v, low, _: (v - low) / 255, "finish": lambda v: v},
)
mistakes.rows(
    "You divide by the norm of the whole image; its range is the largest number minus the smallest.",
    divided_by_norm={"stretch": lambda v, *_: v / np.sqrt((v**2).sum()) * 255, "finish": _wrapped},
)
mistakes.rows(
    "Dark and bright are swapped: the smallest number becomes 0, the largest 255.",
    inverted={"finish": lambda v: 255 - v.astype(np.uint8)},
    inverted_in_floats={"finish": lambda v: 255 - v},
    inverted_as_share={"finish": lambda v: 1 - v / 255},
)
mistakes.rows(
    "Take one smallest and one largest number of the whole image, not one for each row or column.",
    by_row={"stretch": _along(1)},
    by_column={"stretch": _along(0)},
)
mistakes.rows(
    "You centre by the mean; stretching goes from the smallest to the largest number.",
    mean_subtracted={"stretch": lambda v, *_: v - v.mean(), "finish": lambda v: v},
    z_score_kept={"stretch": lambda v, *_: (v - v.mean()) / v.std(), "finish": lambda v: v},
    z_score_around_grey={
        "stretch": lambda v, *_: np.clip((v - v.mean()) / v.std() * 64 + 128, 0, 255),
    },
    mean_in_the_middle={
        "stretch": lambda v, low, high: np.clip((v - v.mean()) / (high - low) * 255 + 128, 0, 255)
    },
    z_score={"stretch": lambda v, *_: (v - v.mean()) / v.std(), "finish": _wrapped},
    z_score_kept_unless_without_deviation={
        "is_flat": lambda numbers: numbers.std() == 0,  # which rounding may hide
        "stretch": lambda v, *_: (v - v.mean()) / v.std(),
        "finish": lambda v: v,
    },
    mean_as_low={"low": np.mean, "finish": _wrapped},
)
mistakes.rows(
    "You make black and white of it; every number between the ends is stretched by the same factor.",
    black_and_white={"finish": lambda v: np.where(v >= 128, 255, 0).astype(np.uint8)},
    black_and_white_by_mean={"finish": lambda v: np.where(v > v.mean(), 255, 0).astype(np.uint8)},
)
mistakes.rows(
    "Every number between the ends is stretched by the same factor: one halfway becomes 127 or 128.",
    ranks={"stretch": _ranks},
    ranks_all_apart={"stretch": _ranks_all_apart},
    ranks_of_pixels={"stretch": _share_up_to},
    ranks_of_pixels_from_zero={"stretch": _share_beyond_the_first},
    logarithm={"stretch": lambda v, low, high: np.log1p(v - low) / np.log1p(high - low) * 255},
    root={"stretch": lambda v, low, high: np.sqrt((v - low) / (high - low)) * 255},
    square={"stretch": lambda v, low, high: ((v - low) / (high - low)) ** 2 * 255},
)
mistakes.rows(
    "You keep only a few of the 256 levels; every number between the ends is stretched by the same factor.",
    sixteen_levels={"stretch": lambda v, low, high: np.round((v - low) / (high - low) * 15) * 17},
    sixteen_levels_cut={"stretch": lambda v, low, high: (v - low) / (high - low) * 255 // 16 * 16},
    sixteen_levels_cut_to_the_end={
        "stretch": lambda v, low, high: np.minimum((v - low) / (high - low) * 16 // 1, 15) * 17
    },
)
mistakes.rows(
    "You put 0 in the middle of the greys; the smallest number becomes 0, the largest 255.",
    zero_in_the_middle={"stretch": lambda v, *_: np.round(v / np.abs(v).max() * 127.5 + 127.5)},
)


# ---------------------------------------------------------------------------------- the ends


def _range_and(more: float) -> Step:
    return lambda v, low, high: (v - low) / (high - low + more) * 255


mistakes.rows(
    "A small number added to the range makes the brightest pixel 254; ask whether the range is 0 instead.",
    aspect="ends",
    epsilon={"is_flat": _never, "stretch": _range_and(1e-8)},
    smaller_epsilon={"is_flat": _never, "stretch": _range_and(1e-10)},
    larger_epsilon={"is_flat": _never, "stretch": _range_and(1e-6)},
)
mistakes.rows(
    "The range is the largest number minus the smallest; you add 1 to it.",
    range_plus_one={"is_flat": _never, "stretch": _range_and(1)},
)
mistakes.rows(
    "Your brightest pixel does not become exactly 255; divide by the range first, then multiply by 255.",
    aspect="ends",
    factor_first={"stretch": lambda v, low, high: (v - low) * (255 / (high - low))},
    product_first={"stretch": lambda v, low, high: 255 * (v - low) / (high - low)},
    float32={"stretch": lambda v, low, high: (v - low).astype(np.float32) * np.float32(255 / (high - low))},
    float32_product_first={
        "values": lambda image: image.astype(np.float32),
        "stretch": lambda v, low, high: (v - low) * np.float32(255) / (high - low),
    },
    float32_factor_first={
        "values": lambda image: image.astype(np.float32),
        "stretch": lambda v, low, high: (v - low) * (np.float32(255) / (high - low)),
    },
    byte_ends={"finish": lambda v: np.clip(v, 1, 254).astype(np.uint8)},
    times_254={"stretch": lambda v, low, high: (v - low) / (high - low) * 254},
)


# ------------------------------------------------------------------ what has to be refused


def _refusing(unwanted: Step) -> Step:
    def legal(values: Image) -> None:
        if unwanted(values):
            raise ValueError("not finite")

    return legal


mistakes.rows(
    "NaN and infinity leave no range to stretch: raise ValueError for either of them.",
    aspect="illegal",
    nothing_refused={"legal": lambda _: None},
    nan_alone_refused={"legal": _refusing(lambda values: np.isnan(values).any())},
    infinity_alone_refused={
        "legal": _refusing(lambda values: np.isinf(values).any()),
        "low": np.nanmin,
        "high": np.nanmax,
    },
    nan_replaced={"values": lambda image: np.nan_to_num(image.astype(float))},
    all_has_to_be_wrong={"legal": _refusing(lambda values: not np.isfinite(values).any())},
)
mistakes.rows(
    "Negative numbers are fine: a response may well be negative, so don't reject it.",
    negative_refused={"legal": _refusing(lambda values: (values < 0).any() or not np.isfinite(values).all())},
)


# ------------------------------------------------------------------------ shape, memory, state

mistakes.rows(
    "The result has the shape of the image; you flatten it.",
    flattened={"whole": lambda right: _then(right, np.ravel)},
)
mistakes.rows(
    "The result has the two dimensions of the image; yours has more.",
    channel_last={"whole": lambda right: _then(right, lambda picture: picture[..., None])},
    grey_as_colour={"whole": lambda right: _then(right, lambda picture: np.stack([picture] * 3, axis=-1))},
)
mistakes.rows(
    "The pixels of the result are in other places; each pixel stays where it is.",
    transposed={"whole": lambda right: _then(right, np.transpose)},
)


def _then(right: Step, change: Step) -> Step:
    return lambda image: change(right(image))


@mistakes.around("Your function changes the image it was given; work on a copy.", aspect="leaves_no_trace")
def image_changed(right: Step, image: Image) -> Any:
    picture = right(image)
    image -= image.min()
    return picture


def _of_the_first_range(right: Step) -> Step:
    ranges: list[tuple[Any, Any]] = []

    def wrong(image: Image) -> Any:
        right(image)
        ranges.append((image.min(), image.max()))
        low, high = map(float, ranges[0])
        return _normalize(
            image, low=lambda _: low, high=lambda _: high if high > low else low + 1, finish=_wrapped
        )

    return wrong


mistakes.rows(REMEMBERED, aspect="leaves_no_trace", carries=False, first_range={"whole": _of_the_first_range})
add_habits(
    mistakes,
    result="the picture",
    types="bytes_out",
    float64=False,
    trace="leaves_no_trace",
    remembers={"cache_by_shape": lambda _, image: image.shape},
)
