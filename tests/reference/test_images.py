"""Pictures, edges, blurs, transitions and test patterns of the reference: laws and sharp examples."""

from __future__ import annotations

import warnings
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from reference import KERNELS, convolve2d, edge_magnitude, gaussian_kernel, normalize, transition_frames
from reference.figures import pictures

SHAPES = hnp.array_shapes(min_dims=2, max_dims=2, max_side=5)
WHOLE = st.sampled_from(["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", ">i2", ">u8"])
REAL = st.sampled_from(["f2", "f4", "f8", ">f8"])
NOT_2D = [np.float64(3), np.zeros(4), np.zeros((2, 2, 3))]
INT64 = np.iinfo(np.int64)
UINT64 = np.iinfo(np.uint64)
FLOAT64 = np.finfo(np.float64)

law = settings(max_examples=150, deadline=None, database=None, derandomize=True)
whole_images = WHOLE.flatmap(lambda dtype: hnp.arrays(dtype, SHAPES))
real_images = REAL.flatmap(
    lambda dtype: hnp.arrays(dtype, SHAPES, elements={"allow_nan": False, "allow_infinity": False})
)


def dihedral(image: np.ndarray) -> list[np.ndarray]:
    """The seven other ways to turn and flip an image."""
    turns = [np.rot90(image, turn) for turn in range(4)]
    return [*turns[1:], *(np.fliplr(turn) for turn in turns)]


def exactly_stretched(image: np.ndarray) -> list[Fraction]:
    """Min-max normalisation in exact arithmetic."""
    pixels = [Fraction(pixel) for pixel in image.ravel().tolist()]
    low, high = min(pixels), max(pixels)
    return [(pixel - low) / (high - low) * 255 for pixel in pixels]


@law
@given(whole_images | real_images)
def test_normalize_is_the_exact_stretch_to_within_half_a_level(image):
    assume(image.min() != image.max())
    before = image.copy()
    image.flags.writeable = False
    out = normalize(image)
    assert out.dtype == np.uint8
    assert out.shape == image.shape
    assert (out.min(), out.max()) == (0, 255)
    for got, exact in zip(out.ravel().tolist(), exactly_stretched(image), strict=True):
        assert abs(got - exact) < Fraction(501, 1000)
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (np.array([[-100, 100], [0, 50]], np.int8), [[0, 255], [128, 191]]),
        (np.array([[-30000, 30000], [0, 15000]], np.int16), [[0, 255], [128, 191]]),
        (np.array([[10, 20], [15, 12]], np.uint8), [[0, 255], [128, 51]]),
        (np.array([[True, False]]), [[255, 0]]),
        (np.array([[INT64.min, INT64.max]]), [[0, 255]]),
        (np.array([[2**53, 2**53 + 1]]), [[0, 255]]),  # the same number, once in float64
        (np.array([[0, UINT64.max]], np.uint64), [[0, 255]]),
        (np.array([[FLOAT64.min, 0, FLOAT64.max]]), [[0, 128, 255]]),
        (np.array([[0, FLOAT64.smallest_subnormal]]), [[0, 255]]),
        (np.array([[1, 1 + FLOAT64.eps, 1 + 2 * FLOAT64.eps]]), [[0, 128, 255]]),
    ],
)
def test_normalize_stretches_without_overflow(image, expected):
    assert normalize(image).tolist() == expected


def test_normalize_reaches_255_where_the_reciprocal_first_gives_254():
    spans = [span for span in range(1, 2000) if int(span * (255 / span)) == 254]
    assert spans, "the trap is real"
    assert all(normalize(np.array([[0.0, span]])).max() == 255 for span in spans)


def test_normalize_does_not_know_a_smallest_contrast():
    assert normalize(np.array([[0.0, 1e-12]])).tolist() == [[0, 255]]


@pytest.mark.parametrize("value", [0, 7, -3.5, True, 1e308, INT64.min])
def test_normalize_of_a_constant_is_zeros_without_warning(value):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        out = normalize(np.full((2, 3), value))
    assert out.dtype == np.uint8
    assert out.tolist() == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_normalize_counts_the_pixels_it_cannot_stretch(bad):
    with pytest.raises(ValueError, match=r"^2 of 4 pixels"):
        normalize(np.array([[bad, 1.0], [2.0, bad]]))


@pytest.mark.parametrize("image", [*NOT_2D, np.zeros((0, 3)), np.zeros((3, 0), np.uint8)])
def test_normalize_refuses_what_is_no_grey_picture(image):
    with pytest.raises(ValueError, match=r"2-D|no pixels"):
        normalize(image)


@law
@given(hnp.arrays(np.float64, SHAPES, elements=st.floats(-1e6, 1e6)))
def test_edge_magnitude_is_pythagoras_and_knows_no_direction(gx):
    gy = gx[::-1, ::-1].copy()
    magnitude = edge_magnitude(gx, gy)
    assert magnitude.dtype == np.float64
    np.testing.assert_allclose(magnitude, np.sqrt(gx**2 + gy**2), atol=1e-9)
    np.testing.assert_array_equal(magnitude, edge_magnitude(gy, gx))
    np.testing.assert_array_equal(magnitude, edge_magnitude(-gx, gy))
    np.testing.assert_array_equal(edge_magnitude(gx, np.zeros_like(gx)), abs(gx))


@pytest.mark.parametrize(
    ("gx", "gy", "expected"),
    [
        (np.array([[3]], np.int8), np.array([[-4]], np.int8), 5),
        (np.array([[200]], np.uint8), np.array([[150]], np.uint8), 250),
        (np.array([[-128]], np.int8), np.array([[0]], np.int8), 128),
        (np.array([[3_000_000_000]]), np.array([[4_000_000_000]]), 5_000_000_000),
        (np.array([[4_000_000_000]]), np.array([[0]]), 4_000_000_000),
        (np.array([[3e200]]), np.array([[4e200]]), 5e200),
        (np.array([[True]]), np.array([[False]]), 1),
    ],
)
def test_edge_magnitude_never_overflows(gx, gy, expected):
    assert edge_magnitude(gx, gy).tolist() == [[pytest.approx(expected, rel=1e-15)]]


def test_edge_magnitude_lets_nan_through():
    assert np.isnan(edge_magnitude(np.array([[np.nan]]), np.array([[1.0]]))).all()


@pytest.mark.parametrize(
    ("one", "other"), [((2, 3), (3, 2)), ((1, 3), (2, 3)), ((3,), (3,)), ((2, 2, 1), (2, 2, 1))]
)
def test_edge_magnitude_refuses_shapes_that_differ_or_are_not_2d(one, other):
    with pytest.raises(ValueError, match=r"must be"):
        edge_magnitude(np.zeros(one), np.zeros(other))


def test_gaussian_kernels_are_the_known_ones():
    assert gaussian_kernel(1).tolist() == [[1]]
    assert (gaussian_kernel(3) * 16).tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
    assert (gaussian_kernel(5) * 256)[2].tolist() == [6, 24, 36, 24, 6]


@given(st.integers(0, 20).map(lambda half: 2 * half + 1), st.sampled_from([int, np.int64, np.uint8]))
@law
def test_gaussian_kernel_is_symmetric_separable_and_adds_up_to_1(size, kind):
    kernel = gaussian_kernel(kind(size))
    assert kernel.shape == (size, size)
    assert kernel.dtype == np.float64
    assert kernel.sum() == pytest.approx(1, abs=1e-14)
    assert (kernel > 0).all()
    for other in dihedral(kernel):
        np.testing.assert_array_equal(kernel, other)
    row = [comb(size - 1, i) / 2 ** (size - 1) for i in range(size)]
    np.testing.assert_allclose(kernel.sum(axis=0), row, rtol=1e-12)


def test_two_small_blurs_are_one_large_blur():
    small = gaussian_kernel(3)
    np.testing.assert_array_equal(convolve2d(small, small, padding=2), gaussian_kernel(5))


def test_gaussian_kernel_stays_finite_when_large():
    assert gaussian_kernel(1201).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "size", [0, 2, 4, -1, -3, True, False, np.True_, 3.0, np.float64(3), "3", None, (3, 3), np.array([3])]
)
def test_gaussian_kernel_refuses_all_but_odd_positive_whole_numbers(size):
    with pytest.raises(ValueError, match="odd, positive whole number"):
        gaussian_kernel(size)


images = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=5, max_side=8),
    elements=st.integers(0, 255).map(float),
)
odd = st.sampled_from([1, 3, 5])
odd_kernels = hnp.arrays(np.float64, st.tuples(odd, odd), elements=st.integers(-4, 4).map(float))


@law
@given(images, odd_kernels, st.integers(2, 6))
def test_a_transition_goes_from_the_image_to_the_full_effect(image, kernel, steps):
    frames = transition_frames(image, kernel, steps)
    (kh, kw), (height, width) = kernel.shape, image.shape
    inside = image[kh // 2 : height - kh // 2, kw // 2 : width - kw // 2]
    assert isinstance(frames, list)
    assert len(frames) == steps
    assert all(frame.dtype == np.uint8 and frame.shape == inside.shape for frame in frames)
    np.testing.assert_array_equal(frames[0], normalize(inside))
    np.testing.assert_array_equal(frames[-1], normalize(convolve2d(image, kernel)))


def test_the_middle_of_a_transition_is_half_of_each():
    image = pictures.digits()
    frame = transition_frames(image, np.array([[0, 0, 0], [0, 0, 2], [0, 0, 0]], np.uint8), 3)[1]
    np.testing.assert_array_equal(frame, normalize(image[1:-1, 1:-1] / 2 + image[1:-1, 2:]))


def test_a_transition_to_the_identity_stands_still():
    first, *others = transition_frames(pictures.shapes(), KERNELS["identity"].array, np.int64(4))
    assert all((frame == first).all() for frame in others)
    assert all(frame is not first for frame in others)


@pytest.mark.parametrize(
    ("image", "kernel", "steps"),
    [
        (np.eye(5), np.eye(3), 1),
        (np.eye(5), np.eye(3), 0),
        (np.eye(5), np.eye(3), -2),
        (np.eye(5), np.ones((2, 3)), 3),
        (np.eye(5), np.ones((3, 4)), 3),
        (np.eye(5), np.ones((0, 3)), 3),
        (np.eye(5), np.ones(3), 3),
        (np.eye(2), np.eye(3), 3),
        (np.ones((5, 5, 3)), np.eye(3), 3),
        (np.full((5, 5), np.nan), np.eye(3), 3),
    ],
)
def test_transition_frames_refuses(image, kernel, steps):
    with pytest.raises(ValueError, match=r"\w"):
        transition_frames(image, kernel, steps)


@pytest.mark.parametrize("name", KERNELS)
def test_named_kernels_say_what_they_do(name):
    kernel = KERNELS[name]
    assert kernel.name == name
    assert kernel.array.dtype == np.float64
    assert not kernel.array.flags.writeable
    assert kernel.effect.endswith(".")
    assert kernel.effect.count(".") == 1


@pytest.mark.parametrize("name", ["sobel_x", "sobel_y", "diagonal", "laplacian", "high_pass"])
def test_kernels_that_find_edges_answer_0_to_no_change(name):
    assert KERNELS[name].array.sum() == 0


@pytest.mark.parametrize("name", ["identity", "gaussian_3x3", "gaussian_5x5", "sharpen", "emboss"])
def test_the_other_kernels_keep_the_brightness_of_a_flat_area(name):
    assert KERNELS[name].array.sum() == 1


def test_kernels_do_what_their_sentence_says():
    def answer(name: str, image: Any) -> float:
        return convolve2d(np.asarray(image), KERNELS[name].array).item()

    brighter_right = [[0, 5, 9]] * 3
    brighter_below = np.transpose(brighter_right)
    upper_right = np.triu(np.ones((3, 3)))
    spike = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert answer("sobel_x", brighter_right) > 0 == answer("sobel_x", brighter_below)
    assert answer("sobel_y", brighter_below) > 0 == answer("sobel_y", brighter_right)
    assert answer("diagonal", upper_right) > 0 > answer("diagonal", upper_right.T)
    assert answer("diagonal", np.fliplr(upper_right)) == 0
    assert (
        answer("emboss", [[0, 0, 0], [0, 1, 1], [0, 1, 1]])
        > 1
        > answer("emboss", [[1, 1, 0], [1, 1, 0], [0, 0, 0]])
    )
    assert answer("sharpen", spike) > 1 > answer("gaussian_3x3", spike)
    assert answer("laplacian", spike) < 0 < answer("high_pass", spike)
    np.testing.assert_array_equal(
        convolve2d(pictures.shapes(), KERNELS["identity"].array), pictures.shapes()[1:-1, 1:-1]
    )


def test_no_kernel_is_there_twice():
    seen = [kernel.array for kernel in KERNELS.values()]
    assert not any(np.array_equal(a, b) for i, a in enumerate(seen) for b in seen[:i])


@pytest.mark.parametrize(
    "draw",
    [pictures.shapes, pictures.letter_f, pictures.wedge, pictures.disc, pictures.digits],
)
def test_patterns_show_every_flip_and_turn(draw):
    picture = draw()
    assert picture.dtype == np.uint8
    side = min(picture.shape)
    square = picture[:side, :side]
    assert not any(np.array_equal(square, other) for other in dihedral(square))
    picture[:] = 0
    assert draw().any(), "every call draws afresh"


def test_the_pattern_of_the_course_answers_both_sobel_kernels_differently():
    picture = pictures.shapes()
    assert picture.shape == (128, 160)
    gx, gy = (convolve2d(picture, KERNELS[name].array) for name in ("sobel_x", "sobel_y"))
    assert not np.array_equal(gx, gy)
    assert (gx > 0).any()
    assert (gx < 0).any()
    assert not np.array_equal(
        convolve2d(picture, KERNELS["emboss"].array), convolve2d(picture, KERNELS["emboss"].array[::-1, ::-1])
    )


def test_small_patterns_can_be_reckoned_with():
    assert pictures.letter_f(1).shape == (9, 8)
    assert pictures.letter_f(3).shape == (27, 24)
    assert pictures.digits().shape == (8, 8)
    assert pictures.digits().max() < 10
