"""Dilation, transposed convolution, padding and pooling against SciPy, ONNX and their own laws.

PyTorch, the third oracle, has a module of its own because it may be missing. The others are loaded when
a test needs them: loading them to collect the tests would cost every process a second.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from calls import dilated, transposed
from oracles import CASES, assert_equal, cases

from reference import (
    average_pool2d,
    conv_transpose2d,
    convolve2d,
    convolve2d_dilated,
    dilated_size,
    max_pool2d,
    output_size,
    pad_amounts,
    transposed_output_size,
)

if TYPE_CHECKING:
    from onnx.reference import ReferenceEvaluator

IMAGE = np.arange(1.0, 31).reshape(5, 6)
KERNEL = np.array([[2.0, 0, 1], [1, 3, -1]])


@cache
def onnx_model(operator: str, settings: tuple[tuple[str, tuple[int, ...]], ...]) -> ReferenceEvaluator:
    """Build an ONNX model of one node for images and kernels of any size."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    double = TensorProto.DOUBLE
    inputs = [helper.make_tensor_value_info(name, double, [1, 1, None, None]) for name in ("x", "w")]
    output = helper.make_tensor_value_info("y", double, [1, 1, None, None])
    node = helper.make_node(operator, ["x", "w"], ["y"], **dict(settings))
    return ReferenceEvaluator(helper.make_model(helper.make_graph([node], "graph", inputs, [output])))


def onnx(operator, image, kernel, **settings):
    model = onnx_model(operator, tuple(settings.items()))
    return model.run(None, {"x": image[None, None], "w": kernel[None, None]})[0][0, 0]


# dilation -------------------------------------------------------------------------------------------------


def test_convolve2d_dilated_equals_onnx():
    compared = 0
    for call in dilated(seed=21):
        expected = onnx(
            "Conv",
            call.image,
            call.kernel,
            strides=call.pairs["stride"],
            pads=call.pairs["padding"] * 2,
            dilations=call.pairs["dilation"],
        )
        got = convolve2d_dilated(call.image, call.kernel, **call.arguments)
        assert_equal(got, expected, call.image, call.kernel)
        compared += 1
    assert compared == CASES


def test_a_dilated_kernel_is_one_with_zeros_between_its_cells():
    for call in dilated(seed=22, count=500):
        (kh, kw), (dh, dw) = call.kernel.shape, call.pairs["dilation"]
        stuffed = np.zeros((dilated_size(kh, dh), dilated_size(kw, dw)))
        stuffed[::dh, ::dw] = call.kernel
        expected = convolve2d(call.image, stuffed, call.arguments["stride"], call.arguments["padding"])
        got = convolve2d_dilated(call.image, call.kernel, **call.arguments)
        assert_equal(got, expected, call.image, call.kernel)


def test_a_dilation_of_one_is_the_plain_convolution():
    for case in cases(seed=23, count=500):
        arguments = case.image, case.kernel, case.stride, case.padding
        np.testing.assert_array_equal(convolve2d_dilated(*arguments), convolve2d(*arguments), strict=True)


def test_what_lies_in_a_gap_does_not_count():
    image = np.ones((3, 3))
    image[1, :] = image[:, 1] = np.nan
    np.testing.assert_array_equal(convolve2d_dilated(image, np.ones((2, 2)), dilation=2), [[4.0]])


def test_what_lies_under_a_cell_counts_even_when_its_weight_is_zero():
    for bad in (np.nan, np.inf):
        image = np.zeros((4, 5))
        image[0, 0] = bad
        got = convolve2d_dilated(image, np.zeros((2, 2)), dilation=(3, 2))
        np.testing.assert_array_equal(got, [[np.nan, 0, 0]])


@pytest.mark.parametrize(
    "arguments",
    [
        {"stride": 0},
        {"stride": (1, 0)},
        {"padding": -1},
        {"padding": (0, -1)},
        {"dilation": 0},
        {"dilation": (1, 0)},
        {"dilation": [-1, 1]},
        {"dilation": (1, 1, 1)},
        {"dilation": (5, 1)},
        {"dilation": (1, 3)},
    ],
)
def test_convolve2d_dilated_refuses(arguments):
    with pytest.raises(ValueError, match=r"at least|does not fit|values to unpack"):
        convolve2d_dilated(IMAGE, KERNEL, **arguments)


# how much padding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_pad_amounts_gives_what_scipy_gives(mode):
    from scipy.signal import correlate2d

    compared = 0
    for case in cases(seed=24, plain=True):
        amounts = [pad_amounts(mode, k) for k in case.kernel.shape]
        got = convolve2d(np.pad(case.image, amounts), case.kernel)
        assert_equal(got, correlate2d(case.image, case.kernel, mode=mode), case.image, case.kernel)
        compared += 1
    assert compared == CASES


def test_pad_amounts_keeps_or_grows_the_size_for_every_kernel_and_dilation():
    for k, d in itertools.product(range(1, 10), range(1, 6)):
        span = dilated_size(k, d)
        for n in range(span, span + 4):
            sizes = {m: output_size(n + sum(pad_amounts(m, k, d)), span) for m in ("valid", "same", "full")}
            assert sizes == {"valid": n - span + 1, "same": n, "full": n + span - 1}
        before, after = pad_amounts("same", k, d)
        assert after - before == (span - 1) % 2


@pytest.mark.parametrize(
    ("mode", "k", "dilation"),
    [("SAME", 3, 1), ("", 3, 1), (None, 3, 1), (1, 3, 1), ("same", 0, 1), ("full", 3, 0), ("valid", -1, 1)],
)
def test_pad_amounts_refuses(mode, k, dilation):
    with pytest.raises(ValueError, match=r"mode must be|at least 1"):
        pad_amounts(mode, k, dilation)


# transposed -----------------------------------------------------------------------------------------------


def test_conv_transpose2d_equals_onnx():
    compared = 0
    for call in transposed(seed=25):
        expected = onnx(
            "ConvTranspose",
            call.image,
            call.kernel,
            strides=call.pairs["stride"],
            pads=call.pairs["padding"] * 2,
            output_padding=call.pairs["output_padding"],
        )
        got = conv_transpose2d(call.image, call.kernel, **call.arguments)
        assert_equal(got, expected, call.image, call.kernel)
        compared += 1
    assert compared == CASES


def test_conv_transpose2d_without_strides_is_the_full_mathematical_convolution():
    from scipy.signal import convolve2d as scipy_convolve2d

    for case in cases(seed=26, count=500, plain=True):
        expected = scipy_convolve2d(case.image, case.kernel, mode="full")
        assert_equal(conv_transpose2d(case.image, case.kernel), expected, case.image, case.kernel)


def test_conv_transpose2d_is_the_adjoint_of_convolve2d():
    """<conv x, y> = <x, convT y>, with the remainder that the stride drops as output_padding."""
    rng, compared = np.random.default_rng(27), 0
    for case in cases(seed=27):
        forward = convolve2d(case.image, case.kernel, case.stride, case.padding)
        other = rng.normal(size=forward.shape)
        axes = zip(case.image.shape, case.kernel.shape, case.strides, case.paddings, strict=True)
        dropped = tuple((n + 2 * p - k) % s for n, k, s, p in axes)
        back = conv_transpose2d(other, case.kernel, case.stride, case.padding, dropped)
        assert back.shape == case.image.shape
        scale = np.abs(case.image).sum() * np.abs(case.kernel).max() * np.abs(other).sum()
        assert abs((forward * other).sum() - (case.image * back).sum()) <= 1e-12 * scale
        compared += 1
    assert compared == CASES


def test_conv_transpose2d_multiplies_with_the_transposed_matrix():
    arguments = {"stride": (2, 1), "padding": (1, 0)}
    impulses = np.eye(IMAGE.size).reshape(-1, *IMAGE.shape)
    matrix = np.array([convolve2d(impulse, KERNEL, **arguments).ravel() for impulse in impulses]).T
    seen = np.arange(1.0, 13).reshape(3, 4)
    got = conv_transpose2d(seen, KERNEL, **arguments, output_padding=(1, 0))
    np.testing.assert_allclose(got.ravel(), matrix.T @ seen.ravel(), rtol=1e-12)


def test_conv_transpose2d_restores_the_shape_but_not_the_values():
    there = convolve2d(IMAGE, KERNEL)
    back = conv_transpose2d(there, KERNEL)
    assert back.shape == IMAGE.shape
    assert not np.allclose(back, IMAGE)


def test_output_padding_comes_before_the_cut():
    """Its row holds numbers, as soon as the padding would have cut them off."""
    narrow = conv_transpose2d(np.ones((2, 2)), np.ones((3, 3)), stride=2, padding=1)
    wide = conv_transpose2d(np.ones((2, 2)), np.ones((3, 3)), stride=2, padding=1, output_padding=1)
    np.testing.assert_array_equal(wide[:3, :3], narrow)
    np.testing.assert_array_equal(wide[3], [1, 2, 1, 1])


def test_a_bad_pixel_spoils_its_stamp_and_no_more():
    for bad in (np.nan, np.inf):
        got = conv_transpose2d([[1, bad]], [[0, 1]], stride=2)
        np.testing.assert_array_equal(got, [[0, 1, np.nan, bad]])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"stride": 0}, "stride must be at least 1"),
        ({"stride": (1, 0)}, "stride must be at least 1"),
        ({"padding": -1}, "padding must be at least 0"),
        ({"padding": 4}, "cuts off all"),
        ({"padding": (0, 4)}, "cuts off all"),
        ({"output_padding": 1}, "smaller than stride"),
        ({"stride": (3, 2), "output_padding": (2, 2)}, "smaller than stride"),
        ({"stride": 2, "output_padding": -1}, "output_padding must be at least 0"),
    ],
)
def test_conv_transpose2d_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        conv_transpose2d(IMAGE, KERNEL, **arguments)


@pytest.mark.parametrize("function", [conv_transpose2d, convolve2d_dilated])
@pytest.mark.parametrize("shape", [(), (4,), (4, 4, 3), (0, 3), (3, 0)])
def test_only_images_and_kernels_with_two_axes_and_cells_are_taken(function, shape):
    with pytest.raises(ValueError, match=r"2-D|at least 1|does not fit"):
        function(np.ones(shape), np.ones((2, 2)))
    with pytest.raises(ValueError, match=r"2-D|at least 1|does not fit"):
        function(np.ones((4, 4)), np.ones(shape))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((0, 3), "n must"),
        ((3, 0), "k must"),
        ((3, 3, 0), "stride must"),
        ((3, 3, 1, -1), "padding must"),
        ((3, 3, 2, 0, -1), "output_padding must"),
        ((3, 3, 2, 0, 2), "smaller than stride"),
        ((1, 2, 1, 1), "cuts off all"),
    ],
)
def test_transposed_output_size_refuses(values, words):
    with pytest.raises(ValueError, match=words):
        transposed_output_size(*values)


@pytest.mark.parametrize("function", [conv_transpose2d, convolve2d_dilated])
def test_any_real_type_goes_in_and_fresh_float64_comes_out(function):
    for dtype in "?bBhHiIqQefdg":
        image, kernel = IMAGE.astype(dtype), np.abs(KERNEL).astype(dtype)
        image.flags.writeable = kernel.flags.writeable = False
        got = function(np.asfortranarray(image)[::-1], kernel, np.int64(2), [1, np.int8(0)])
        expected = function(image[::-1].astype(float), kernel.astype(float), 2, (1, 0))
        np.testing.assert_array_equal(got, expected, strict=True)
        assert got.base is None or not np.shares_memory(got, image)


# pooling --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("function", "one"), [(average_pool2d, np.mean), (max_pool2d, np.max)])
def test_pooling_takes_each_window(function, one):
    for (kh, kw), (sh, sw) in itertools.product(itertools.product(range(1, 5), repeat=2), [(1, 1), (2, 3)]):
        got = function(IMAGE, (kh, kw), (sh, sw))
        assert got.shape == (output_size(5, kh, sh), output_size(6, kw, sw))
        for (y, x), value in np.ndenumerate(got):
            window = IMAGE[y * sh : y * sh + kh, x * sw : x * sw + kw]
            assert value == pytest.approx(one(window), rel=1e-14)


def test_average_pooling_is_a_convolution_with_equal_weights():
    got = average_pool2d(IMAGE, 3, 2)
    np.testing.assert_allclose(got, convolve2d(IMAGE, np.full((3, 3), 1 / 9), 2), rtol=1e-12)


@pytest.mark.parametrize("arguments", [(6,), (0,), (2, 0), ((1, 7),)])
def test_pooling_refuses(arguments):
    for function in (average_pool2d, max_pool2d):
        with pytest.raises(ValueError, match=r"at least|does not fit"):
            function(IMAGE, *arguments)
