"""Wrong implementations of `transition_frames(image, kernel, steps)`."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks.habits import add_habits
from autograder.checks.mistakes import Parts, Step, Table
from reference.convolution import Image, convolve2d
from reference.images import normalize

HINTS = "3_custom_kernels#frames-hints"


# ----------------------------------------------------------------------- the right function


def _legal(steps: int) -> None:
    if steps < 2:
        raise ValueError("two steps at least")


def _one_at(row: int, column: int, shape: Any) -> Image:
    identity = np.zeros(shape)
    identity[row, column] = 1
    return identity


def _centre(kernel: Image) -> Image:
    return _one_at(kernel.shape[0] // 2, kernel.shape[1] // 2, kernel.shape)


def _frames(
    image: Image,
    kernel: Image,
    steps: int,
    *,
    legal: Step = _legal,
    shares: Step = lambda steps: np.linspace(0, 1, steps),
    identity: Step = _centre,
    turn: Step = lambda kernel: kernel,
    mix: Step = lambda identity, kernel, t: (1 - t) * identity + t * kernel,
    convolve: Step = convolve2d,
    finish: Step = normalize,
    collect: Step = list,
) -> Any:
    legal(steps)
    kernel = turn(kernel)
    start = identity(kernel)
    return collect(finish(convolve(image, mix(start, kernel, t))) for t in shares(steps))


mistakes = Table("transition_frames", "3_custom_kernels#frames-text", "ends", _frames)


# ------------------------------------------------------------------------------ the shares t

mistakes.rows(
    "Your last frame does not show the full effect: t has to run from 0 to 1, both included.",
    end_left_out={"shares": lambda steps: np.linspace(0, 1, steps, endpoint=False)},
    half_way={"shares": lambda steps: np.linspace(0, 0.5, steps)},
    end_dropped={"shares": lambda steps: np.linspace(0, 1, steps)[:-1]},
)
mistakes.rows(
    "Your first frame has some effect already: t has to begin at 0.",
    start_left_out={"shares": lambda steps: np.arange(1, steps + 1) / steps},
)
mistakes.rows(
    "Your t goes beyond 1: the last frame is the full effect and no more.",
    percent={"shares": lambda steps: np.linspace(0, 100, steps)},
    whole_steps={"shares": range},
)
mistakes.rows(
    "Your transition runs backwards: it begins with the plain image and ends with the full effect.",
    backwards={"shares": lambda steps: np.linspace(1, 0, steps)},
    weights_exchanged={"mix": lambda identity, kernel, t: t * identity + (1 - t) * kernel},
)
mistakes.rows(
    "You make one frame too many: `steps` counts the frames and not the gaps between them.",
    one_too_many={"shares": lambda steps: np.linspace(0, 1, steps + 1)},
)
mistakes.rows(
    "You make one frame too few: `steps` counts the frames and not the gaps between them.",
    one_too_few={"shares": lambda steps: np.linspace(0, 1, steps - 1)},
)
mistakes.rows(
    "You return a single frame; all `steps` of them belong in the list.",
    last_frame_only={"shares": lambda _: [1.0]},
)
mistakes.rows(
    "You return from inside the loop, after the first frame; return after the loop.",
    return_in_loop={"shares": lambda _: [0.0]},
)
mistakes.rows(
    "The steps of t are not even; go from 0 to 1 in equal steps.",
    aspect="between",
    slow_start={"shares": lambda steps: np.linspace(0, 1, steps) ** 2},
    floor_division={"shares": lambda steps: [i // (steps - 1) for i in range(steps)]},
    rounded_shares={"shares": lambda steps: np.round(np.linspace(0, 1, steps))},
    tenths={"shares": lambda steps: np.round(np.linspace(0, 1, steps), 1)},
)


# -------------------------------------------------------------------------------- the mixture

MIXTURE = "The mixture is wrong: the identity counts 1 - t, the kernel counts t."

mistakes.rows(
    MIXTURE,
    identity_not_weighted={"mix": lambda identity, kernel, t: identity + t * kernel},
    kernel_not_weighted={"mix": lambda identity, kernel, t: (1 - t) * identity + kernel},
    kernel_alone={"mix": lambda _, kernel, t: t * kernel},
    difference={"mix": lambda identity, kernel, t: (1 - t) * identity - t * kernel},
)
mistakes.rows(
    "You turn the mixture into whole numbers, which cuts off its fractions.",
    whole_weights={"mix": lambda identity, kernel, t: np.trunc((1 - t) * identity + t * kernel)},
)
mistakes.rows(
    "The identity is a single 1 in the middle of zeros, as large as the kernel; yours is not.",
    corner={"identity": lambda kernel: _one_at(0, 0, kernel.shape)},
    eye={"identity": lambda kernel: np.eye(*kernel.shape)},
    all_ones={"identity": lambda kernel: np.ones(kernel.shape)},
    mean={"identity": lambda kernel: np.ones(kernel.shape) / kernel.size},
)
mistakes.rows(
    "Your identity is 3 by 3 whatever the kernel is; take its shape from the kernel.",
    aspect="sizes",
    three_by_three={"identity": lambda _: _one_at(1, 1, (3, 3))},
)
mistakes.rows(
    "Your identity has its 1 at [1, 1] whatever the kernel is; compute the middle of each side.",
    aspect="sizes",
    one_one={"identity": lambda kernel: _one_at(1, 1, kernel.shape)},
)
mistakes.rows(
    "Your identity takes the middle of the height for both directions; the columns have their own.",
    aspect="sizes",
    height_twice={"identity": lambda kernel: _one_at(len(kernel) // 2, len(kernel) // 2, kernel.shape)},
)
mistakes.rows(
    "In your identity, the middles of height and width are swapped; rows come first.",
    aspect="sizes",
    middles_exchanged={
        "identity": lambda kernel: _one_at(kernel.shape[1] // 2, kernel.shape[0] // 2, kernel.shape)
    },
)
mistakes.rows(
    "Your identity is square, but a kernel need not be; take both sides from the kernel's shape.",
    aspect="sizes",
    square_identity={"identity": lambda kernel: _centre(np.zeros((len(kernel), len(kernel))))},
)
mistakes.rows(
    "You transpose the kernel; `convolve2d` takes it as it is.",
    kernel_transposed={"turn": np.transpose},
)
mistakes.rows(
    "You flip the kernel; `convolve2d` takes it as it is.",
    kernel_flipped={"turn": lambda kernel: kernel[::-1, ::-1]},
)


# --------------------------------------------------------------------------------- the frames

AGAIN = "You filter the previous frame again; every frame starts from the original image."
APART = ("sizes", "leaves_no_trace", "illegal")
"""The checks that ask for more than which image is filtered."""


@mistakes.written(AGAIN, carries=APART)
def cumulative(image: Image, kernel: Image, steps: int) -> Any:
    _legal(steps)
    frames, identity = [], _centre(kernel)
    for t in np.linspace(0, 1, steps):
        image = convolve2d(image, (1 - t) * identity + t * kernel)
        frames.append(normalize(image))
    return frames


@mistakes.written(AGAIN, carries=APART)
def cumulative_frames(image: Image, kernel: Image, steps: int) -> Any:
    _legal(steps)
    frames, identity = [], _centre(kernel)
    for t in np.linspace(0, 1, steps):
        image = normalize(convolve2d(image, (1 - t) * identity + t * kernel))
        frames.append(image)
    return frames


def _pictures_mixed(finish: Step) -> Parts:
    def mixed(image: Image, kernel: Image, steps: int) -> Any:
        _legal(steps)
        start, end = (
            normalize(convolve2d(image, weights)).astype(float) for weights in (_centre(kernel), kernel)
        )
        return [finish((1 - t) * start + t * end).astype(np.uint8) for t in np.linspace(0, 1, steps)]

    return {"whole": lambda _: mixed}


mistakes.rows(
    "You mix finished pictures; mix the kernels, and normalize what each mixture gives.",
    aspect="between",
    pictures_mixed=_pictures_mixed(np.trunc),
    pictures_mixed_and_rounded=_pictures_mixed(np.round),
)


def _by_one_range(frames: Any) -> Any:
    frames = list(frames)
    height = len(frames[0])
    return list(np.split(normalize(np.vstack(frames)), range(height, height * len(frames), height)))


def _padded_as(weights: Image) -> tuple[int, int]:
    return weights.shape[0] // 2, weights.shape[1] // 2


mistakes.rows(
    "You stretch the image before you filter it; filter the original image and stretch the result.",
    bytes_filtered={"convolve": lambda image, weights: convolve2d(normalize(image), weights)},
)
mistakes.rows(
    "You stretch all frames by one common range; each frame is normalized by itself.",
    common_range={"finish": lambda out: out, "collect": _by_one_range},
)
mistakes.rows(
    "You don't `normalize` the frames; that stretches each of them to the whole range of a byte.",
    floats={"finish": lambda out: out},
    absolute={"finish": lambda out: np.abs(np.trunc(out)).astype(int).astype(np.uint8)},
    divided_by_largest={"finish": lambda out: (out / (out.max() or 1) * 255).astype(int).astype(np.uint8)},
    clipped={"finish": lambda out: np.clip(out, 0, 255).astype(np.uint8)},
    bytes_only={"finish": lambda out: np.trunc(out).astype(int).astype(np.uint8)},
)
mistakes.rows(
    "Your frames have to be made of bytes, as `normalize` returns them; do not convert them again.",
    stretched_floats={"finish": lambda out: normalize(out).astype(np.float64)},
    stretched_integers={"finish": lambda out: normalize(out).astype(int)},
    shares_of_255={"finish": lambda out: normalize(out) / 255},
)
mistakes.rows(
    "The frames are as large as what `convolve2d` gives; don't pad them or cut them.",
    padded_by_one={"convolve": lambda image, weights: convolve2d(image, weights, 1, 1)},
    padded={"convolve": lambda image, weights: convolve2d(image, weights, 1, _padded_as(weights))},
)


@mistakes.around("Frame 0 is convolved, too, with the identity, which makes it as large as the others.")
def plain_image_first(right: Step, image: Image, kernel: Image, steps: int) -> Any:
    return [normalize(image), *right(image, kernel, steps)[1:]]


mistakes.rows(
    "Collect the frames in a list and return the list.",
    as_array={"collect": lambda frames: np.array(list(frames))},
    as_tuple={"collect": tuple},
    as_nested_lists={"collect": lambda frames: [frame.tolist() for frame in frames]},
    as_generator={"collect": lambda frames: (frame for frame in list(frames))},
)


@mistakes.around(
    "All frames are one and the same array, so they all show the last picture; make a new one each time."
)
def one_buffer(right: Step, *args: Any) -> Any:
    frames = right(*args)
    for frame in frames[1:]:
        frames[0][...] = frame
    return frames[:1] * len(frames)


# ------------------------------------------------------------------ what has to be refused

mistakes.rows(
    "A transition needs two ends; raise ValueError for fewer than 2 steps.",
    aspect="illegal",
    lesson=HINTS,
    steps_unchecked={
        "legal": lambda _: None,
        "shares": lambda steps: np.linspace(0, 1, max(steps, 0)),
    },
    one_step_accepted={"legal": lambda steps: _legal(steps + 1)},
    zero_division={
        "legal": lambda steps: _legal(steps) if steps < 1 else None,
        "shares": lambda steps: [i / (steps - 1) for i in range(steps)],
    },
)
mistakes.rows(
    "A transition needs two ends; raise ValueError for fewer than 2 steps.",
    aspect="illegal",
    lesson=HINTS,
    steps_unchecked_by_linspace={"legal": lambda _: None},
    steps_unchecked_guarded={
        "legal": lambda _: None,
        "shares": lambda steps: [i / max(steps - 1, 1) for i in range(steps)],
    },
)
mistakes.rows(
    "Two steps are enough, one for each end; don't reject them.",
    lesson=HINTS,
    two_refused={"legal": lambda steps: _legal(steps - 1)},
)


# -------------------------------------------------------------------------- memory and state


def _growing(right: Step) -> Step:
    frames: list[Any] = []

    def wrong(*args: Any) -> Any:
        frames.extend(right(*args))
        return list(frames)

    return wrong


def _shared(right: Step) -> Step:
    frames: list[Any] = []

    def wrong(*args: Any) -> Any:
        frames[:] = right(*args)
        return frames

    return wrong


mistakes.rows(
    "Your list of frames is kept from call to call and grows; start each call with an empty one.",
    carries=False,
    list_grows={"whole": _growing},
)
mistakes.rows(
    "Your list of frames is kept from call to call and grows; start each call with an empty one.",
    aspect="leaves_no_trace",
    carries=False,
    list_shared={"whole": _shared},
)
add_habits(
    mistakes,
    result="the frames",
    trace="leaves_no_trace",
    arrays=False,
    remembers={
        "cache_by_image": lambda _, image, kernel, steps: (
            image.tobytes(),
            image.shape,
            kernel.shape,
            steps,
        ),
        "cache_by_kernel": lambda _, image, kernel, steps: (
            kernel.tobytes(),
            kernel.shape,
            image.shape,
            steps,
        ),
    },
    changes=["image", "kernel"],
)
