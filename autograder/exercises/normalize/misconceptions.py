"""Wrong implementations of `normalize(image)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference.convolution import Image, two_dimensional

Step = Callable[..., Any]
entry = partial(mistake, lesson="2_normalization#normalize-text")
bytes_entry = partial(mistake, lesson="2_normalization#overflow-text")

FLAT = "A flat image has no contrast, its range is 0: return zeros before you divide."
FLAT_ZERO = "A flat image carries no contrast; we agreed on zeros for it."
EARLY = "You make whole numbers of the pixels before stretching, which loses fractions or wraps; do it last."
FINITE = "NaN and infinity leave no range to stretch: raise ValueError for either of them."
WHOLE = "Take one smallest and one largest number of the whole image, not one for each row or column."
NO_BYTES = "The result has to be made of bytes, dtype uint8, from 0 to 255."
NEGATIVE = "A negative pixel is darker than 0 and must not become bright; do not take absolute values."
BRIGHTEST = (
    "Your brightest pixel does not become exactly 255; divide by the range first, then multiply by 255."
)
BUFFER = (
    "Your result depends on other calls: start each call from a new array, remember nothing between calls."
)


def _finite(values: Image) -> None:
    if not np.isfinite(values).all():
        raise ValueError("not finite")


def _normalize(
    image: Image,
    *,
    legal: Step = _finite,
    values: Step = lambda image: image.astype(np.float64),
    low: Step = np.min,
    high: Step = np.max,
    flat: Step | None = lambda image: np.zeros(image.shape, np.uint8),
    stretch: Step = lambda values, low, high: (values - low) / (high - low) * 255,
    finish: Step = lambda stretched: stretched.astype(np.uint8),
) -> Any:
    image = two_dimensional("image", image)
    numbers = values(image)
    legal(numbers)
    with np.errstate(over="ignore"):
        darkest, brightest = low(numbers), high(numbers)
        if flat is not None and numbers.min() == numbers.max():
            return flat(image)
        return finish(stretch(numbers, darkest, brightest))


@entry(FLAT)
def flat_divided(image: Image) -> Any:
    return _normalize(image, flat=None)


@entry(FLAT)
def flat_divided_and_cleaned(image: Image) -> Any:
    return _normalize(
        image, flat=None, stretch=lambda v, low, high: np.nan_to_num((v - low) / (high - low)) * 255
    )


@entry(FLAT)
def flat_refused(image: Image) -> Any:
    def flat(_: Image) -> Any:
        raise ValueError("no contrast")

    return _normalize(image, flat=flat)


@entry(FLAT)
def flat_zero_division(image: Image) -> Any:
    def flat(_: Image) -> Any:
        raise ZeroDivisionError("float division by zero")

    return _normalize(image, flat=flat)


@entry(FLAT_ZERO)
def flat_white(image: Image) -> Any:
    return _normalize(image, flat=lambda image: np.full(image.shape, 255, np.uint8))


@entry(FLAT_ZERO)
def flat_grey(image: Image) -> Any:
    return _normalize(image, flat=lambda image: np.full(image.shape, 128, np.uint8))


@entry(FLAT_ZERO)
def flat_grey_below(image: Image) -> Any:
    return _normalize(image, flat=lambda image: np.full(image.shape, 127, np.uint8))


@entry(FLAT_ZERO)
def flat_one(image: Image) -> Any:
    return _normalize(image, flat=lambda image: np.ones(image.shape, np.uint8))


@entry(FLAT_ZERO)
def flat_as_it_is(image: Image) -> Any:
    return _normalize(image, flat=lambda image: image.astype(np.uint8))


@entry("For a flat image you return zeros of another dtype; they have to be uint8 as well.")
def flat_floats(image: Image) -> Any:
    return _normalize(image, flat=lambda image: np.zeros(image.shape))


@entry("For a flat image you return zeros of another dtype; they have to be uint8 as well.")
def flat_like_image(image: Image) -> Any:
    return _normalize(image, flat=np.zeros_like)


@bytes_entry(
    "Differences of small integers wrap around, 100 - (-100) has no room in int8; convert to float64 first."
)
def differences_wrap(image: Image) -> Any:
    return _normalize(image, values=lambda image: image)


@bytes_entry(
    "Differences of small integers wrap around, 100 - (-100) has no room in int8; convert to float64 first."
)
def range_wraps(image: Image) -> Any:
    def stretch(values: Image, *_: Any) -> Any:
        whole = image if image.dtype != bool else image.astype(int)
        return (values - values.min()) / float(whole.max() - whole.min() or 1) * 255

    return _normalize(image, stretch=stretch)


@bytes_entry(
    "You multiply by 255 in the image's own small number type, which wraps; convert to float64 first."
)
def products_wrap(image: Image) -> Any:
    def stretch(values: Image, low: Any, high: Any) -> Any:
        if image.dtype.kind not in "iu":
            return (values - low) / (high - low) * 255
        return (image - image.min()) * image.dtype.type(min(255, np.iinfo(image.dtype).max)) / (high - low)

    return _normalize(image, stretch=stretch)


@bytes_entry(EARLY)
def bytes_first(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: (v.astype(np.uint8) - low) / (high - low) * 255)


@bytes_entry(EARLY)
def whole_numbers_first(image: Image) -> Any:
    def stretch(values: Image, *_: Any) -> Any:
        whole = np.trunc(values)
        return (whole - whole.min()) / ((whole.max() - whole.min()) or 1) * 255

    return _normalize(image, stretch=stretch)


@bytes_entry(
    "You make bytes of the share between 0 and 1 before multiplying, so only black and white are left."
)
def bytes_before_255(image: Image) -> Any:
    return _normalize(
        image, stretch=lambda v, low, high: ((v - low) / (high - low)).astype(np.uint8) * np.uint8(255)
    )


@bytes_entry(
    "You make bytes of the share between 0 and 1 before multiplying, so only black and white are left."
)
def floor_division(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: (v - low) // (high - low) * 255)


@bytes_entry("256 levels end at 255: your brightest pixel becomes 256, which wraps to 0 in a byte.")
def times_256(image: Image) -> Any:
    return _normalize(
        image,
        finish=lambda v: v.astype(int).astype(np.uint8),
        stretch=lambda v, a, b: (v - a) / (b - a) * 256,
    )


@entry("You do not subtract the smallest number first, so your darkest pixel does not become 0.")
def minimum_kept(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, _, high: v / (high or 1) * 255, finish=_wrapped)


@entry("You do not subtract the smallest number first, so your darkest pixel does not become 0.")
def minimum_kept_range_divided(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: v / (high - low) * 255, finish=_wrapped)


def _wrapped(stretched: Image) -> Image:
    return stretched.astype(np.int64).astype(np.uint8)


@entry("You divide by the largest number; after subtracting the smallest one the range is what counts.")
def divided_by_maximum(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: (v - low) / (high or 1) * 255, finish=_wrapped)


@entry("You cut off what lies outside of 0 to 255; stretching keeps all of it.")
def clipped(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, *_: np.clip(v, 0, 255))


@entry("You cut off what lies outside of 0 to 255; stretching keeps all of it.")
def negative_cut(image: Image) -> Any:
    def stretch(values: Image, *_: Any) -> Any:
        values = np.maximum(values, 0)
        return (values - values.min()) / ((values.max() - values.min()) or 1) * 255

    return _normalize(image, stretch=stretch)


@entry("You only change the dtype, and what does not fit into a byte wraps around; stretch first.")
def bytes_only(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, *_: v, finish=_wrapped)


@entry(NEGATIVE)
def absolute_over_maximum(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, *_: np.abs(v) / np.abs(v).max() * 255)


@entry(NEGATIVE)
def absolute_first(image: Image) -> Any:
    def stretch(values: Image, *_: Any) -> Any:
        values = np.abs(values)
        return (values - values.min()) / ((values.max() - values.min()) or 1) * 255

    return _normalize(image, stretch=stretch)


@entry(NO_BYTES)
def shares(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: (v - low) / (high - low), finish=lambda v: v)


@entry(NO_BYTES)
def shares_as_bytes(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: (v - low) / (high - low))


@entry(NO_BYTES)
def floats(image: Image) -> Any:
    return _normalize(image, finish=lambda v: v)


@entry(NO_BYTES)
def integers(image: Image) -> Any:
    return _normalize(image, finish=lambda v: v.astype(int))


@entry(NO_BYTES)
def rounded_floats(image: Image) -> Any:
    return _normalize(image, finish=np.round)


@entry("A small number added to the range makes the brightest pixel 254; ask whether the range is 0 instead.")
def epsilon(image: Image) -> Any:
    return _normalize(image, flat=None, stretch=lambda v, low, high: (v - low) / (high - low + 1e-8) * 255)


@entry("A small number added to the range makes the brightest pixel 254; ask whether the range is 0 instead.")
def smaller_epsilon(image: Image) -> Any:
    return _normalize(image, flat=None, stretch=lambda v, low, high: (v - low) / (high - low + 1e-10) * 255)


@entry("A small number added to the range makes the brightest pixel 254; ask whether the range is 0 instead.")
def larger_epsilon(image: Image) -> Any:
    return _normalize(image, flat=None, stretch=lambda v, low, high: (v - low) / (high - low + 1e-6) * 255)


@entry("The range is the largest number minus the smallest; you add 1 to it.")
def range_plus_one(image: Image) -> Any:
    return _normalize(image, flat=None, stretch=lambda v, low, high: (v - low) / (high - low + 1) * 255)


@entry(BRIGHTEST)
def factor_first(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: (v - low) * (255 / (high - low)))


@entry(BRIGHTEST)
def float32(image: Image) -> Any:
    return _normalize(
        image, stretch=lambda v, low, high: (v - low).astype(np.float32) * np.float32(255 / (high - low))
    )


@entry(BRIGHTEST)
def times_254(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, low, high: (v - low) / (high - low) * 254)


@entry("Dark and bright are exchanged: the smallest number becomes 0, the largest 255.")
def inverted(image: Image) -> Any:
    return _normalize(image, finish=lambda v: 255 - v.astype(np.uint8))


@entry(WHOLE)
def by_row(image: Image) -> Any:
    return _by_axis(image, axis=1)


@entry(WHOLE)
def by_column(image: Image) -> Any:
    return _by_axis(image, axis=0)


def _by_axis(image: Image, axis: int) -> Any:
    def stretch(values: Image, *_: Any) -> Any:
        low, high = values.min(axis=axis, keepdims=True), values.max(axis=axis, keepdims=True)
        return (values - low) / np.where(high > low, high - low, 1) * 255

    return _normalize(image, stretch=stretch)


@entry("You centre by the mean; stretching goes from the smallest to the largest number.")
def z_score(image: Image) -> Any:
    return _normalize(image, stretch=lambda v, *_: (v - v.mean()) / v.std(), finish=_wrapped)


@entry("You centre by the mean; stretching goes from the smallest to the largest number.")
def mean_as_low(image: Image) -> Any:
    return _normalize(image, low=np.mean, finish=_wrapped)


@entry("Every number between the ends is stretched by the same factor; make no steps and no black and white.")
def black_and_white(image: Image) -> Any:
    return _normalize(image, finish=lambda v: np.where(v >= 128, 255, 0).astype(np.uint8))


@entry("Every number between the ends is stretched by the same factor; make no steps and no black and white.")
def ranks(image: Image) -> Any:
    def stretch(values: Image, *_: Any) -> Any:
        found, place = np.unique(values, return_inverse=True)
        return place.reshape(values.shape) / (len(found) - 1) * 255

    return _normalize(image, stretch=stretch)


@entry(FINITE)
def nothing_refused(image: Image) -> Any:
    return _normalize(image, legal=lambda _: None)


@entry(FINITE)
def nan_alone_refused(image: Image) -> Any:
    def legal(values: Image) -> None:
        if np.isnan(values).any():
            raise ValueError("a NaN")

    return _normalize(image, legal=legal)


@entry(FINITE)
def infinity_alone_refused(image: Image) -> Any:
    def legal(values: Image) -> None:
        if np.isinf(values).any():
            raise ValueError("an infinity")

    return _normalize(image, legal=legal, low=np.nanmin, high=np.nanmax)


@entry(FINITE)
def nan_replaced(image: Image) -> Any:
    return _normalize(image, values=lambda image: np.nan_to_num(image.astype(float)))


@entry(FINITE)
def all_has_to_be_wrong(image: Image) -> Any:
    def legal(values: Image) -> None:
        if not np.isfinite(values).any():
            raise ValueError("nothing finite")

    return _normalize(image, legal=legal)


@entry("You do refuse what is illegal, but with another exception than the ValueError asked for.")
def asserts(image: Image) -> Any:
    if not np.isfinite(image).all():
        raise AssertionError
    return _normalize(image)


@entry("Negative numbers are fine, an answer of a kernel may well be negative; do not refuse them.")
def negative_refused(image: Image) -> Any:
    if (image < 0).any():
        raise ValueError("negative")
    return _normalize(image)


@entry("The result has the shape of the image; you flatten it.")
def flattened(image: Image) -> Any:
    return _normalize(image).ravel()


@entry("The result lies in other places than the image; each pixel stays where it is.")
def transposed(image: Image) -> Any:
    return _normalize(image).T


@entry("You return lists; a NumPy array of bytes is asked for.")
def returns_list(image: Image) -> Any:
    return _normalize(image).tolist()


@entry("You compute the picture but do not hand it back: end with `return`.")
def returns_nothing(image: Image) -> Any:
    _normalize(image)


@entry("Your function changes the image it was given; work on a copy.")
def image_changed(image: Image) -> Any:
    picture = _normalize(image)
    image -= image.min()
    return picture


@entry(BUFFER, stateful=True)
def reused_buffer() -> Any:
    buffers: dict[Any, Any] = {}

    def wrong(image: Image) -> Any:
        picture = _normalize(image)
        buffer = buffers.setdefault(picture.shape, picture)
        buffer[...] = picture
        return buffer

    return wrong


@entry(BUFFER, stateful=True)
def first_range() -> Any:
    ranges: list[tuple[Any, Any]] = []

    def wrong(image: Image) -> Any:
        _normalize(image)
        ranges.append((image.min(), image.max()))
        low, high = map(float, ranges[0])
        return _normalize(
            image, low=lambda _: low, high=lambda _: high if high > low else low + 1, finish=_wrapped
        )

    return wrong


@entry(
    BUFFER,
    stateful=True,
)
def cache_by_shape() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image) -> Any:
        picture = _normalize(image)
        return seen.setdefault(image.shape, picture).copy()

    return wrong
