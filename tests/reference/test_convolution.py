"""The reference against SciPy, ONNX, counting and the laws that every convolution obeys.

PyTorch, the third oracle, has a module of its own because it may be missing. The others are loaded when
a test needs them: loading them to collect the tests would cost every process a second.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from oracles import CASES, LARGEST_KERNEL, Two, assert_equal, cases, positions

from reference.convolution import convolve2d, output_size, zero_pad

if TYPE_CHECKING:
    from onnx.reference import ReferenceEvaluator

pytestmark = pytest.mark.filterwarnings("error")  # no warning on any input, whatever the project sets

DTYPES = [*"?bBhHiIqQefdg", ">i2", ">f8"]  # bool, integers, floats up to long double, bytes swapped
ILLEGAL_PAIRS = {
    "stride": [0, -1, (0, 1), (1, 0), (-1, 2), (2, -1), [1, 0], np.int64(0), (1,), (1, 1, 1), ()],
    "padding": [-1, (-1, 0), (0, -1), (-2, 3), (3, -2), [0, -1], np.int64(-1), (1,), (1, 1, 1), ()],
}
NOT_2D = [(), (4,), (1, 4, 4), (4, 4, 3), (1, 1, 4, 4)]


def law(test: Any) -> Any:
    """Run a property on 200 inputs, the same ones everywhere and every time."""
    return settings(max_examples=200, deadline=None, database=None, derandomize=True)(test)


def whole(shape: Two | st.SearchStrategy[Two]) -> st.SearchStrategy[np.ndarray]:
    """Draw float64 arrays of small whole numbers: sums of them are exact in any order."""
    return hnp.arrays(np.float64, shape, elements=st.integers(-999, 999).map(float))


sizes = st.tuples(st.integers(1, 9), st.integers(1, 9))
kernels = whole(st.tuples(st.integers(1, 5), st.integers(1, 5)))
strides = st.tuples(st.integers(1, 4), st.integers(1, 4))
paddings = st.tuples(st.integers(0, 5), st.integers(0, 5))


@st.composite
def calls(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, Two, Two]:
    """Draw (image, kernel, stride, padding) where the kernel fits."""
    kernel, padding = draw(kernels), draw(paddings)
    height, width = (
        draw(st.integers(max(1, k - 2 * p), 9)) for k, p in zip(kernel.shape, padding, strict=True)
    )
    return draw(whole((height, width))), kernel, draw(strides), padding


def by_hand(image: np.ndarray, kernel: np.ndarray, stride: Two = (1, 1), padding: Two = (0, 0)) -> np.ndarray:
    """Four loops over Python numbers, which neither overflow nor round whole numbers."""
    (h, w), (kh, kw), (sh, sw), (ph, pw) = image.shape, kernel.shape, stride, padding
    padded = [[0] * (w + 2 * pw) for _ in range(h + 2 * ph)]
    for y, row in enumerate(image.tolist()):
        padded[y + ph][pw : pw + w] = row
    weights = kernel.tolist()
    rows = range(0, h + 2 * ph - kh + 1, sh)
    columns = range(0, w + 2 * pw - kw + 1, sw)
    return np.array(
        [
            [
                float(sum(padded[y + i][x + j] * weights[i][j] for i in range(kh) for j in range(kw)))
                for x in columns
            ]
            for y in rows
        ]
    )


def same(got: np.ndarray, expected: np.ndarray) -> None:
    """Equal to the last bit, NaN equal to NaN, type and shape included."""
    np.testing.assert_array_equal(got, expected, strict=True)


# other libraries ------------------------------------------------------------------------------------------


def test_convolve2d_equals_scipy_valid() -> None:
    """SciPy exchanges the arrays when the kernel is larger, so only kernels no larger in either axis."""
    from scipy.signal import correlate2d

    compared = 0
    for case in cases(seed=1, plain=True):
        expected = correlate2d(case.image, case.kernel, mode="valid")
        assert_equal(convolve2d(case.image, case.kernel), expected, case.image, case.kernel)
        compared += 1
    assert compared == CASES


def test_convolve2d_equals_scipy_full() -> None:
    """Full = a padding of k - 1; here the kernel may be larger than the image."""
    from scipy.signal import correlate2d

    compared = larger = 0
    for case in cases(seed=2):
        kh, kw = case.kernel.shape
        expected = correlate2d(case.image, case.kernel, mode="full")
        got = convolve2d(case.image, case.kernel, padding=(kh - 1, kw - 1))
        assert_equal(got, expected, case.image, case.kernel)
        compared += 1
        larger += kh > case.image.shape[0] and kw > case.image.shape[1]
    assert compared == CASES
    assert larger > 50


@cache
def onnx_conv(strides: Two, paddings: Two) -> ReferenceEvaluator:
    """Build an ONNX model of one Conv node for images and kernels of any size."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    double = TensorProto.DOUBLE
    inputs = [helper.make_tensor_value_info(name, double, [1, 1, None, None]) for name in ("x", "w")]
    output = helper.make_tensor_value_info("y", double, [1, 1, None, None])
    node = helper.make_node("Conv", ["x", "w"], ["y"], strides=strides, pads=paddings * 2)
    model = helper.make_model(helper.make_graph([node], "conv", inputs, [output]))
    return ReferenceEvaluator(model)


def test_convolve2d_equals_onnx() -> None:
    compared = 0
    for case in cases(seed=3):
        model = onnx_conv(case.strides, case.paddings)
        (expected,) = model.run(None, {"x": case.image[None, None], "w": case.kernel[None, None]})
        got = convolve2d(case.image, case.kernel, case.stride, case.padding)
        assert_equal(got, expected[0, 0], case.image, case.kernel)
        compared += 1
    assert compared == CASES


@law
@given(calls())
def test_convolve2d_equals_four_loops(call: tuple[np.ndarray, np.ndarray, Two, Two]) -> None:
    same(convolve2d(*call), by_hand(*call))


def test_the_random_calls_reach_the_corners() -> None:
    """Kernels of every size, strides that leave gaps, paddings as wide as the kernel, all spellings."""
    drawn = list(cases(seed=3))
    assert {side for case in drawn for side in case.kernel.shape} == set(range(1, LARGEST_KERNEL + 1))
    assert any(s > k for case in drawn for s, k in zip(case.strides, case.kernel.shape, strict=True))
    assert any(p >= k for case in drawn for p, k in zip(case.paddings, case.kernel.shape, strict=True))
    assert (
        {type(case.stride) for case in drawn} == {type(case.padding) for case in drawn} == {int, tuple, list}
    )


# sizes ----------------------------------------------------------------------------------------------------


def test_output_size_equals_counting() -> None:
    """All 10,080 of a grid; where counting gives 0 the kernel does not fit."""
    fits = 0
    for n, k, s, p in itertools.product(range(1, 17), range(1, 16), range(1, 8), range(6)):
        count = positions(n, k, s, p)
        if count:
            fits += 1
            size = output_size(n, k, s, p)
            assert size == count, (n, k, s, p)
            assert type(size) is int
        else:
            with pytest.raises(ValueError, match="does not fit"):
                output_size(n, k, s, p)
    assert fits > 5_000


def test_shape_of_convolve2d_equals_counting() -> None:
    """Both axes at once, each with settings of its own."""
    axis = list(itertools.product((1, 2, 5, 6), (1, 2, 3), (1, 2, 3), (0, 1, 2)))
    rng = np.random.default_rng(4)
    for (h, kh, sh, ph), (w, kw, sw, pw) in itertools.product(axis, rng.permutation(axis)[:40].tolist()):
        shape = positions(h, kh, sh, ph), positions(w, kw, sw, pw)
        image, kernel = np.ones((h, w)), np.ones((kh, kw))
        if all(shape):
            assert convolve2d(image, kernel, (sh, sw), (ph, pw)).shape == shape
        else:
            with pytest.raises(ValueError, match="does not fit"):
                convolve2d(image, kernel, (sh, sw), (ph, pw))


def test_output_size_defaults() -> None:
    assert output_size(7, 3) == output_size(7, 3, 1, 0) == 5
    assert output_size(7, 3, stride=2) == 3
    assert output_size(7, 3, padding=1) == 7


def test_output_size_of_numpy_integers_does_not_wrap() -> None:
    size = output_size(*np.array([250, 5, 1, 100], np.uint8))
    assert size == 446
    assert type(size) is int


# what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [(0, 1), (-3, 1), (0, 1, 1, 5), (3, 0), (3, -1), (3, 1, 0), (3, 1, -2), (3, 1, 1, -1), (9, 3, 1, -1)],
)
def test_output_size_refuses(arguments: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="at least"):
        output_size(*arguments)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in ILLEGAL_PAIRS.items() for value in values], ids=repr
)
def test_convolve2d_refuses_stride_and_padding(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"at least|unpack"):
        convolve2d(np.ones((9, 9)), np.ones((2, 2)), **{name: value})


@pytest.mark.parametrize("padding", ILLEGAL_PAIRS["padding"], ids=repr)
def test_zero_pad_refuses_padding(padding: Any) -> None:
    with pytest.raises(ValueError, match=r"at least|unpack"):
        zero_pad(np.ones((9, 9)), padding)


@pytest.mark.parametrize("shape", NOT_2D, ids=repr)
def test_only_two_dimensions(shape: tuple[int, ...]) -> None:
    odd, image, kernel = np.ones(shape), np.ones((9, 9)), np.ones((2, 2))
    for call in (lambda: convolve2d(odd, kernel), lambda: convolve2d(image, odd), lambda: zero_pad(odd, 1)):
        with pytest.raises(ValueError, match="2-D"):
            call()


@pytest.mark.parametrize("empty", [(0, 4), (4, 0), (0, 0)], ids=repr)
def test_convolve2d_refuses_empty_arrays(empty: Two) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        convolve2d(np.ones(empty), np.ones((2, 2)), padding=3)
    with pytest.raises(ValueError, match="at least 1"):
        convolve2d(np.ones((4, 4)), np.ones(empty), padding=3)


@pytest.mark.parametrize(
    ("image", "kernel", "padding"),
    [
        ((2, 9), (3, 1), 0),
        ((9, 2), (1, 3), 0),
        ((2, 2), (3, 3), 0),
        ((2, 9), (5, 1), (1, 9)),
        ((9, 2), (1, 5), (9, 1)),
    ],
)
def test_convolve2d_refuses_a_kernel_that_does_not_fit(image: Two, kernel: Two, padding: int | Two) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        convolve2d(np.ones(image), np.ones(kernel), padding=padding)


# padding --------------------------------------------------------------------------------------------------


@law
@given(whole(sizes), paddings)
def test_zero_pad_is_the_image_in_a_field_of_zeros(image: np.ndarray, padding: Two) -> None:
    (h, w), (ph, pw) = image.shape, padding
    expected = np.zeros((h + 2 * ph, w + 2 * pw))
    for y, x in np.ndindex(h, w):
        expected[ph + y, pw + x] = image[y, x]
    same(zero_pad(image, padding), expected)


@law
@given(calls())
def test_padding_is_zero_pad_first(call: tuple[np.ndarray, np.ndarray, Two, Two]) -> None:
    image, kernel, stride, padding = call
    same(convolve2d(image, kernel, stride, padding), convolve2d(zero_pad(image, padding), kernel, stride))


@pytest.mark.parametrize("value", [2, (2, 2), [2, 2], np.int64(2), np.uint8(2), (np.int8(2), 2)], ids=repr)
def test_one_number_means_both_axes(value: Any) -> None:
    image, kernel = np.arange(48.0).reshape(6, 8), np.arange(6.0).reshape(2, 3)
    same(convolve2d(image, kernel, stride=value), by_hand(image, kernel, stride=(2, 2)))
    same(convolve2d(image, kernel, padding=value), by_hand(image, kernel, padding=(2, 2)))
    same(zero_pad(image, value), zero_pad(image, (2, 2)))


def test_defaults_are_stride_one_and_no_padding() -> None:
    image, kernel = np.arange(48.0).reshape(6, 8), np.arange(6.0).reshape(2, 3)
    same(convolve2d(image, kernel), by_hand(image, kernel))


# laws -----------------------------------------------------------------------------------------------------


@law
@given(calls(), st.data(), st.integers(-9, 9), st.integers(-9, 9))
def test_linear_in_image_and_kernel(
    call: tuple[np.ndarray, np.ndarray, Two, Two], data: st.DataObject, a: int, b: int
) -> None:
    image, kernel, *rest = call
    image2, kernel2 = data.draw(whole(image.shape)), data.draw(whole(kernel.shape))
    out = convolve2d(image, kernel, *rest)
    same(convolve2d(a * image + b * image2, kernel, *rest), a * out + b * convolve2d(image2, kernel, *rest))
    same(convolve2d(image, a * kernel + b * kernel2, *rest), a * out + b * convolve2d(image, kernel2, *rest))


@law
@given(sizes, kernels, st.data())
def test_an_impulse_draws_the_kernel_turned(shape: Two, kernel: np.ndarray, data: st.DataObject) -> None:
    """Cross-correlation: what a single bright pixel leaves is the kernel turned by 180 degrees."""
    y, x = (data.draw(st.integers(0, n - 1)) for n in shape)
    (h, w), (kh, kw) = shape, kernel.shape
    image = np.zeros(shape)
    image[y, x] = 1
    expected = np.zeros((h + kh - 1, w + kw - 1))
    expected[y : y + kh, x : x + kw] = kernel[::-1, ::-1]
    same(convolve2d(image, kernel, padding=(kh - 1, kw - 1)), expected)


@law
@given(calls(), st.data())
def test_a_kernel_of_one_cell_picks_pixels(
    call: tuple[np.ndarray, np.ndarray, Two, Two], data: st.DataObject
) -> None:
    """A kernel that is 1 at (i, j) and 0 elsewhere gives the pixel at (i, j) of every window."""
    image, kernel, (sh, sw), padding = call
    padded = zero_pad(image, padding)
    (h, w), (kh, kw) = padded.shape, kernel.shape
    i, j = data.draw(st.integers(0, kh - 1)), data.draw(st.integers(0, kw - 1))
    kernel = np.zeros((kh, kw))
    kernel[i, j] = 1
    same(
        convolve2d(image, kernel, (sh, sw), padding), padded[i : i + h - kh + 1 : sh, j : j + w - kw + 1 : sw]
    )


@law
@given(calls())
def test_a_stride_skips_positions(call: tuple[np.ndarray, np.ndarray, Two, Two]) -> None:
    image, kernel, (sh, sw), padding = call
    every_position = convolve2d(image, kernel, padding=padding)
    same(convolve2d(image, kernel, (sh, sw), padding), every_position[::sh, ::sw])


@law
@given(calls())
def test_transposed_arguments_give_the_transposed_result(
    call: tuple[np.ndarray, np.ndarray, Two, Two],
) -> None:
    image, kernel, stride, padding = call
    same(convolve2d(image.T, kernel.T, stride[::-1], padding[::-1]), convolve2d(*call).T)


@law
@given(calls(), st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_a_shifted_image_gives_the_shifted_result(
    call: tuple[np.ndarray, np.ndarray, Two, Two], shift: Two
) -> None:
    """In a frame of zeros wider than kernel and shift, nothing is lost at a border."""
    image, kernel, (sh, sw), _ = call
    (h, w), (kh, kw), (down, right) = image.shape, kernel.shape, shift
    frame = np.zeros((h + 2 * kh + 4 * sh, w + 2 * kw + 4 * sw))
    moved = frame.copy()
    frame[kh : kh + h, kw : kw + w] = image
    moved[kh + down * sh : kh + down * sh + h, kw + right * sw : kw + right * sw + w] = image
    same(
        convolve2d(moved, kernel, (sh, sw)),
        np.roll(convolve2d(frame, kernel, (sh, sw)), shift, axis=(0, 1)),
    )


@law
@given(whole(sizes), kernels)
def test_the_full_result_sums_to_the_product_of_the_sums(image: np.ndarray, kernel: np.ndarray) -> None:
    kh, kw = kernel.shape
    assert convolve2d(image, kernel, padding=(kh - 1, kw - 1)).sum() == image.sum() * kernel.sum()


# arrays as they come --------------------------------------------------------------------------------------


def extremes(dtype: str, shape: Two, rng: np.random.Generator) -> np.ndarray:
    """Draw the largest, smallest and middle numbers of a type; for floats, halves up to 1000."""
    kind = np.dtype(dtype)
    if kind.kind == "f":
        return (rng.integers(-2000, 2000, shape) / 2).astype(kind)
    low, high = (0, 1) if kind.kind == "b" else (np.iinfo(kind).min, np.iinfo(kind).max)
    return rng.choice(np.array([low, high, high // 2, 1], kind), shape)


@pytest.mark.parametrize("kernel_dtype", DTYPES)
@pytest.mark.parametrize("image_dtype", DTYPES)
def test_every_real_type_without_overflow(image_dtype: str, kernel_dtype: str) -> None:
    rng = np.random.default_rng(5)
    image, kernel = extremes(image_dtype, (5, 7), rng), extremes(kernel_dtype, (2, 3), rng)
    got = convolve2d(image, kernel, (1, 2), (1, 0))
    assert_equal(got, by_hand(image, kernel, (1, 2), (1, 0)), image, kernel)


@pytest.mark.parametrize("dtype", DTYPES)
def test_zero_pad_of_every_real_type(dtype: str) -> None:
    image = extremes(dtype, (3, 4), np.random.default_rng(6))
    got = zero_pad(image, (1, 2))
    assert got.shape == (5, 8)
    same(got[1:-1, 2:-2], image.astype(np.float64))
    assert np.count_nonzero(got) == np.count_nonzero(image)


def test_zero_pad_keeps_the_memory_order() -> None:
    """In which a sum adds its terms, so that a result is the same to the last bit."""
    image = np.arange(12.0).reshape(3, 4)
    for laid in (image, np.asfortranarray(image), image[:, ::2], np.asfortranarray(image)[::2]):
        padded, expected = zero_pad(laid, (1, 2)), np.pad(laid.astype(float), ((1, 1), (2, 2)))
        assert padded.strides == expected.strides
        assert (padded == expected).all()


LAYOUTS = {
    "Fortran": np.asfortranarray,
    "every second": lambda a: np.repeat(np.repeat(a, 2, axis=0), 2, axis=1)[::2, ::2],
    "reversed": lambda a: a[::-1, ::-1].copy()[::-1, ::-1],
    "transposed": lambda a: a.T.copy().T,
    "part of a larger one": lambda a: np.pad(a, 3, constant_values=np.nan)[3:-3, 3:-3],
    "unaligned": lambda a: np.frombuffer(b"\0" + a.tobytes(), np.uint8)[1:].view(a.dtype).reshape(a.shape),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_memory_layout(layout: str) -> None:
    rng = np.random.default_rng(7)
    image, kernel = rng.integers(-9, 9, (6, 8)) / 1.0, rng.integers(-9, 9, (3, 2)) / 1.0
    image2, kernel2 = LAYOUTS[layout](image), LAYOUTS[layout](kernel)
    same(convolve2d(image2, kernel2, (2, 1), (0, 2)), by_hand(image, kernel, (2, 1), (0, 2)))
    same(zero_pad(image2, 1), zero_pad(image, 1))


def test_broadcast_input() -> None:
    image, kernel = np.broadcast_to(3.0, (4, 5)), np.broadcast_to(np.array([1.0, 2.0]), (3, 2))
    same(convolve2d(image, kernel), np.full((2, 4), 27.0))


@law
@given(calls(), st.booleans())
def test_inputs_stay_as_they_are(call: tuple[np.ndarray, np.ndarray, Two, Two], read_only: bool) -> None:
    image, kernel, stride, padding = call
    before = image.tobytes(), kernel.tobytes()
    image.flags.writeable = kernel.flags.writeable = not read_only
    stride, padding = list(stride), list(padding)
    lists = stride.copy(), padding.copy()
    convolve2d(image, kernel, stride, padding)
    zero_pad(image, padding)
    assert (image.tobytes(), kernel.tobytes()) == before
    assert (stride, padding) == lists


@law
@given(calls())
def test_results_are_fresh(call: tuple[np.ndarray, np.ndarray, Two, Two]) -> None:
    """Nobody else holds the memory: neither the inputs nor an earlier result."""
    image, kernel, _, padding = call
    for function in (
        lambda: convolve2d(*call),
        lambda: zero_pad(image, padding),
        lambda: zero_pad(image, 0),
        lambda: convolve2d(image, np.ones((1, 1))),
    ):
        first = function()
        kept = first.copy()
        assert first.flags.writeable
        assert not np.shares_memory(first, image)
        assert not np.shares_memory(first, kernel)
        second = function()
        assert not np.shares_memory(first, second)
        second += 1
        same(first, kept)
        same(function(), kept)


# missing values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf], ids=str)
@pytest.mark.parametrize(
    ("stride", "padding"), [((1, 1), (0, 0)), ((2, 1), (1, 2)), ((3, 4), (0, 1))], ids=repr
)
def test_a_bad_pixel_shows_in_its_windows_only(bad: float, stride: Two, padding: Two) -> None:
    """At each pixel in turn: NaN everywhere its window has weight 0, nothing changed elsewhere."""
    rng = np.random.default_rng(8)
    clean, weights = rng.integers(1, 9, (6, 7)) / 1.0, rng.integers(1, 9, (2, 3)) / 1.0
    for kernel, mark in ((np.zeros((2, 3)), np.nan), (weights, bad), (-weights, -bad)):
        expected = by_hand(clean, kernel, stride, padding)
        for y, x in np.ndindex(clean.shape):
            image = clean.copy()
            image[y, x] = bad
            marked = expected.copy()
            for r, c in np.ndindex(expected.shape):
                top, left = r * stride[0] - padding[0], c * stride[1] - padding[1]
                if top <= y < top + 2 and left <= x < left + 3:
                    marked[r, c] = mark
            same(convolve2d(image, kernel, stride, padding), marked)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf], ids=str)
def test_a_bad_weight_shows_everywhere(bad: float) -> None:
    kernel = np.ones((3, 2))
    kernel[1, 0] = bad
    same(convolve2d(np.ones((5, 5)), kernel), np.full((3, 4), bad))
    same(convolve2d(np.zeros((5, 5)), kernel), np.full((3, 4), np.nan))


def test_opposite_infinities_cancel_to_nan() -> None:
    image = np.array([[np.inf, -np.inf, 1.0, 2.0]])
    same(convolve2d(image, np.ones((1, 2))), np.array([[np.nan, -np.inf, 3.0]]))


def test_bad_pixels_survive_padding() -> None:
    image = np.array([[np.nan, np.inf], [-np.inf, 1.0]])
    same(zero_pad(image, (0, 1)), np.array([[0, np.nan, np.inf, 0], [0, -np.inf, 1, 0]]))
