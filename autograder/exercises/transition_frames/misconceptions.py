"""Wrong implementations of `transition_frames(image, kernel, steps)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference.convolution import Image, convolve2d
from reference.images import normalize

Step = Callable[..., Any]
entry = partial(mistake, lesson="3_custom_kernels#frames-text")
hint = partial(mistake, lesson="3_custom_kernels#frames-hints")

FULL = "Your last frame does not show the full effect: t has to run from 0 to 1, both included."
EVEN = "The steps of t are not even; go from 0 to 1 in equal steps."
CENTRE = "The identity is a single 1 in the middle of zeros, as large as the kernel; yours is not."
MIXTURE = "The mixture is wrong: the identity counts 1 - t, the kernel counts t."
NORMALIZE = "Each frame has to be stretched by `normalize`, not merely cut to the range of a byte."
ONE_RANGE = "You mix finished pictures; mix the kernels, and normalize what each mixture gives."
TWO = "A transition needs two ends; raise ValueError for fewer than 2 steps."
LIST = "Collect the frames in a list and return the list."
SIZE = "The frames are as large as what `convolve2d` gives; do not pad and do not cut."


def _legal(steps: int) -> None:
    if steps < 2:
        raise ValueError("two steps at least")


def _centre(kernel: Image) -> Image:
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    return identity


def _frames(
    image: Image,
    kernel: Image,
    steps: int,
    *,
    legal: Step = _legal,
    shares: Step = lambda steps: np.linspace(0, 1, steps),
    identity: Step = _centre,
    mix: Step = lambda identity, kernel, t: (1 - t) * identity + t * kernel,
    convolve: Step = convolve2d,
    finish: Step = normalize,
    collect: Step = list,
) -> Any:
    legal(steps)
    start = identity(kernel)
    return collect(finish(convolve(image, mix(start, kernel, t))) for t in shares(steps))


@entry(FULL)
def end_left_out(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.linspace(0, 1, steps, endpoint=False))


@entry(FULL)
def half_way(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.linspace(0, 0.5, steps))


@entry("Your first frame has some effect already: t has to begin at 0.")
def start_left_out(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.arange(1, steps + 1) / steps)


@entry("Your t goes beyond 1: the last frame is the full effect and no more.")
def percent(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.linspace(0, 100, steps))


@entry("Your t goes beyond 1: the last frame is the full effect and no more.")
def whole_steps(*args: Any) -> Any:
    return _frames(*args, shares=range)


@entry("Your transition runs backwards: it begins with the plain image and ends with the full effect.")
def backwards(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.linspace(1, 0, steps))


@entry("You make one frame too many: `steps` counts the frames and not the gaps between them.")
def one_too_many(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.linspace(0, 1, steps + 1))


@entry("You make one frame too few: `steps` counts the frames and not the gaps between them.")
def one_too_few(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.linspace(0, 1, steps - 1))


@entry("You return a single frame; all `steps` of them belong into the list.")
def last_frame_only(*args: Any) -> Any:
    return _frames(*args, shares=lambda _: [1.0])


@entry(EVEN)
def slow_start(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.linspace(0, 1, steps) ** 2)


@entry(EVEN)
def floor_division(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: [i // (steps - 1) for i in range(steps)])


@entry(EVEN)
def rounded_shares(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.round(np.linspace(0, 1, steps)))


@entry(EVEN)
def tenths(*args: Any) -> Any:
    return _frames(*args, shares=lambda steps: np.round(np.linspace(0, 1, steps), 1))


@entry(MIXTURE)
def identity_not_weighted(*args: Any) -> Any:
    return _frames(*args, mix=lambda identity, kernel, t: identity + t * kernel)


@entry(MIXTURE)
def kernel_not_weighted(*args: Any) -> Any:
    return _frames(*args, mix=lambda identity, kernel, t: (1 - t) * identity + kernel)


@entry(MIXTURE)
def kernel_alone(*args: Any) -> Any:
    return _frames(*args, mix=lambda _, kernel, t: t * kernel)


@entry(MIXTURE)
def difference(*args: Any) -> Any:
    return _frames(*args, mix=lambda identity, kernel, t: (1 - t) * identity - t * kernel)


@entry("You make whole numbers of the mixture, which cuts its fractions off.")
def whole_weights(*args: Any) -> Any:
    return _frames(*args, mix=lambda identity, kernel, t: np.trunc((1 - t) * identity + t * kernel))


@entry(CENTRE)
def corner(*args: Any) -> Any:
    return _frames(*args, identity=lambda kernel: np.pad([[1.0]], [(0, side - 1) for side in kernel.shape]))


@entry(CENTRE)
def eye(*args: Any) -> Any:
    return _frames(*args, identity=lambda kernel: np.eye(*kernel.shape))


@entry(CENTRE)
def all_ones(*args: Any) -> Any:
    return _frames(*args, identity=lambda kernel: np.ones(kernel.shape))


@entry(CENTRE)
def mean(*args: Any) -> Any:
    return _frames(*args, identity=lambda kernel: np.ones(kernel.shape) / kernel.size)


@entry("Your identity is 3 by 3 whatever the kernel is; take its shape from the kernel.")
def three_by_three(*args: Any) -> Any:
    return _frames(*args, identity=lambda _: _centre(np.zeros((3, 3))))


@entry("Your identity has its 1 at [1, 1] whatever the kernel is; compute the middle of each side.")
def one_one(*args: Any) -> Any:
    def identity(kernel: Image) -> Image:
        start = np.zeros(kernel.shape)
        start[1, 1] = 1
        return start

    return _frames(*args, identity=identity)


@entry("Your identity takes the middle of the height for both directions; the columns have their own.")
def height_twice(*args: Any) -> Any:
    def identity(kernel: Image) -> Image:
        start = np.zeros(kernel.shape)
        start[kernel.shape[0] // 2, kernel.shape[0] // 2] = 1
        return start

    return _frames(*args, identity=identity)


@entry("Your identity has the middles of height and width exchanged; rows come first.")
def middles_exchanged(*args: Any) -> Any:
    def identity(kernel: Image) -> Image:
        start = np.zeros(kernel.shape)
        start[kernel.shape[1] // 2, kernel.shape[0] // 2] = 1
        return start

    return _frames(*args, identity=identity)


@entry("Your identity is square, but a kernel need not be; take both sides from the kernel's shape.")
def square_identity(*args: Any) -> Any:
    return _frames(*args, identity=lambda kernel: _centre(np.zeros((len(kernel), len(kernel)))))


@entry("You transpose the kernel; `convolve2d` takes it as it is.")
def kernel_transposed(image: Image, kernel: Image, steps: int) -> Any:
    return _frames(image, kernel.T, steps)


@entry("You flip the kernel; `convolve2d` takes it as it is.")
def kernel_flipped(image: Image, kernel: Image, steps: int) -> Any:
    return _frames(image, kernel[::-1, ::-1], steps)


@entry("Every frame starts from the original image; you filter the frame before once more.")
def cumulative(image: Image, kernel: Image, steps: int) -> Any:
    _legal(steps)
    frames, identity = [], _centre(kernel)
    for t in np.linspace(0, 1, steps):
        image = convolve2d(image, (1 - t) * identity + t * kernel)
        frames.append(normalize(image))
    return frames


@entry("Every frame starts from the original image; you filter the frame before once more.")
def cumulative_frames(image: Image, kernel: Image, steps: int) -> Any:
    _legal(steps)
    frames, identity = [], _centre(kernel)
    for t in np.linspace(0, 1, steps):
        image = normalize(convolve2d(image, (1 - t) * identity + t * kernel))
        frames.append(image)
    return frames


@entry("Every frame starts from the original image; stretch the result and not the image beforehand.")
def bytes_filtered(image: Image, kernel: Image, steps: int) -> Any:
    return _frames(normalize(image), kernel, steps)


@entry(ONE_RANGE)
def pictures_mixed(image: Image, kernel: Image, steps: int) -> Any:
    _legal(steps)
    start, end = (
        normalize(convolve2d(image, weights)).astype(float) for weights in (_centre(kernel), kernel)
    )
    return [((1 - t) * start + t * end).astype(np.uint8) for t in np.linspace(0, 1, steps)]


@entry("You stretch all frames by one common range; each frame is normalized by itself.")
def common_range(*args: Any) -> Any:
    return _frames(*args, finish=lambda out: out, collect=lambda frames: list(normalize_all(list(frames))))


def normalize_all(frames: list[Image]) -> Image:
    """All frames stretched by one range."""
    height = len(frames[0])
    return np.split(normalize(np.vstack(frames)), range(height, height * len(frames), height))  # type: ignore[return-value]


@entry(NORMALIZE)
def floats(*args: Any) -> Any:
    return _frames(*args, finish=lambda out: out)


@entry(NORMALIZE)
def clipped(*args: Any) -> Any:
    return _frames(*args, finish=lambda out: np.clip(out, 0, 255).astype(np.uint8))


@entry(NORMALIZE)
def bytes_only(*args: Any) -> Any:
    return _frames(*args, finish=lambda out: np.trunc(out).astype(int).astype(np.uint8))


@entry(NORMALIZE)
def stretched_floats(*args: Any) -> Any:
    return _frames(*args, finish=lambda out: normalize(out).astype(np.float64))


@entry(SIZE)
def padded(image: Image, kernel: Image, steps: int) -> Any:
    padding = kernel.shape[0] // 2, kernel.shape[1] // 2
    return _frames(
        image, kernel, steps, convolve=lambda image, weights: convolve2d(image, weights, 1, padding)
    )


@entry(SIZE)
def plain_image_first(image: Image, kernel: Image, steps: int) -> Any:
    return [normalize(image), *_frames(image, kernel, steps)[1:]]


@entry(LIST)
def as_array(*args: Any) -> Any:
    return _frames(*args, collect=lambda frames: np.array(list(frames)))


@entry(LIST)
def as_tuple(*args: Any) -> Any:
    return _frames(*args, collect=tuple)


@entry(LIST)
def as_generator(*args: Any) -> Any:
    return _frames(*args, collect=lambda frames: (frame for frame in list(frames)))


@entry("You compute the frames but do not hand them back: end with `return`.")
def returns_nothing(*args: Any) -> Any:
    _frames(*args)


@entry("You return from inside the loop, after the first frame; return after the loop.")
def return_in_loop(*args: Any) -> Any:
    return _frames(*args, shares=lambda _: [0.0])


@hint(TWO)
def steps_unchecked(*args: Any) -> Any:
    return _frames(*args, legal=lambda _: None, shares=lambda steps: np.linspace(0, 1, max(steps, 0)))


@hint(TWO)
def one_step_accepted(*args: Any) -> Any:
    def legal(steps: int) -> None:
        _legal(steps + 1)

    return _frames(*args, legal=legal)


@hint(TWO)
def zero_division(*args: Any) -> Any:
    return _frames(
        *args,
        legal=lambda steps: _legal(steps) if steps < 1 else None,
        shares=lambda steps: [i / (steps - 1) for i in range(steps)],
    )


@hint("Two steps are enough, one for each end; do not refuse them.")
def two_refused(*args: Any) -> Any:
    return _frames(*args, legal=lambda steps: _legal(steps - 1))


@hint("You do refuse too few steps, but with another exception than the ValueError asked for.")
def asserts(image: Image, kernel: Image, steps: int) -> Any:
    if steps < 2:
        raise AssertionError
    return _frames(image, kernel, steps)


@entry("All frames are one and the same array, so they all show the last picture; make a new one each time.")
def one_buffer(*args: Any) -> Any:
    frames = _frames(*args)
    for frame in frames[1:]:
        frames[0][...] = frame
    return frames[:1] * len(frames)


@entry("Your list of frames is kept from call to call and grows; start with an empty one.", stateful=True)
def list_grows() -> Any:
    frames: list[Any] = []

    def wrong(*args: Any) -> Any:
        frames.extend(_frames(*args))
        return list(frames)

    return wrong


@entry("Your list of frames is kept from call to call and grows; start with an empty one.", stateful=True)
def list_shared() -> Any:
    frames: list[Any] = []

    def wrong(*args: Any) -> Any:
        frames[:] = _frames(*args)
        return frames

    return wrong


@entry("You remember frames by less than all arguments, so another call gets old ones.", stateful=True)
def cache_by_image() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, steps: int) -> Any:
        frames = _frames(image, kernel, steps)
        return list(seen.setdefault((image.tobytes(), image.shape, kernel.shape, steps), frames))

    return wrong


@entry("Your function changes the kernel it was given; work on a copy.")
def kernel_changed(image: Image, kernel: Image, steps: int) -> Any:
    frames = _frames(image, kernel, steps)
    kernel *= 0
    return frames


@entry("You remember frames by less than all arguments, so another call gets old ones.", stateful=True)
def cache_by_kernel() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, steps: int) -> Any:
        frames = _frames(image, kernel, steps)
        return list(seen.setdefault((kernel.tobytes(), kernel.shape, image.shape, steps), frames))

    return wrong


@entry("Your function changes the image it was given; work on a copy.")
def image_changed(image: Image, kernel: Image, steps: int) -> Any:
    frames = _frames(image, kernel, steps)
    image *= 0
    return frames
