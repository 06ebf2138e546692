"""The reference against PyTorch: the same numbers, and an error exactly where PyTorch has one.

PyTorch is loaded when the first test needs it: loading it to collect the tests would cost seconds.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from calls import dilated, transposed
from oracles import CASES, assert_equal, cases

from reference.convolution import convolve2d, zero_pad
from reference.dilation import convolve2d_dilated, pad_amounts
from reference.pooling import average_pool2d, max_pool2d
from reference.transposed import conv_transpose2d

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from torch import Tensor

pytestmark = pytest.mark.slow  # SciPy and ONNX, the other oracles, are asked every time
MISSING = "PyTorch is not installed, the comparison with it is left out: pip install 'convgrade[torch]'"


@pytest.fixture(scope="module")
def functional() -> Iterator[ModuleType]:
    """PyTorch on one thread: handing tiny images to a second one takes a hundred times longer."""
    torch = pytest.importorskip("torch", reason=MISSING)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield torch.nn.functional
    torch.set_num_threads(before)


def tensor(array: np.ndarray) -> Tensor:
    import torch

    return torch.from_numpy(array)[None, None]


def test_convolve2d_equals_torch(functional: ModuleType) -> None:
    compared = 0
    for case in cases(seed=11):
        expected = functional.conv2d(
            tensor(case.image), tensor(case.kernel), stride=case.strides, padding=case.paddings
        )
        got = convolve2d(case.image, case.kernel, case.stride, case.padding)
        assert_equal(got, expected[0, 0].numpy(), case.image, case.kernel)
        compared += 1
    assert compared == CASES


def test_zero_pad_equals_torch(functional: ModuleType) -> None:
    for case in cases(seed=12):
        ph, pw = case.paddings
        expected = functional.pad(tensor(case.image), (pw, pw, ph, ph))
        np.testing.assert_array_equal(zero_pad(case.image, case.padding), expected[0, 0].numpy(), strict=True)


def test_convolve2d_raises_exactly_where_torch_raises(functional: ModuleType) -> None:
    outcomes = {True: 0, False: 0}
    grid = itertools.product(range(6), range(6), range(-1, 4), range(-1, 4), (False, True))
    for n, k, s, p, turned in grid:
        image, kernel, stride, padding = (n, 3), (k, 2), (s, 2), (p, 1)
        if turned:  # the same along the other axis
            image, kernel, stride, padding = image[::-1], kernel[::-1], stride[::-1], padding[::-1]
        try:
            expected = functional.conv2d(
                tensor(np.ones(image)), tensor(np.ones(kernel)), stride=stride, padding=padding
            )
        except RuntimeError:
            outcomes[False] += 1
            with pytest.raises(ValueError, match=r"at least|does not fit"):
                convolve2d(np.ones(image), np.ones(kernel), stride, padding)
        else:
            outcomes[True] += 1
            got = convolve2d(np.ones(image), np.ones(kernel), stride, padding)
            np.testing.assert_array_equal(got, expected[0, 0].numpy(), strict=True)
    assert min(outcomes.values()) > 500  # both sides of the border were visited


def test_convolve2d_dilated_equals_torch(functional: ModuleType) -> None:
    compared = 0
    for call in dilated(seed=13):
        expected = functional.conv2d(tensor(call.image), tensor(call.kernel), **call.pairs)
        got = convolve2d_dilated(call.image, call.kernel, **call.arguments)
        assert_equal(got, expected[0, 0].numpy(), call.image, call.kernel)
        compared += 1
    assert compared == CASES


def test_convolve2d_dilated_raises_exactly_where_torch_raises(functional: ModuleType) -> None:
    outcomes = {True: 0, False: 0}
    for n, k, d, s, p in itertools.product(range(6), range(4), range(-1, 4), range(3), range(-1, 3)):
        arguments = {"stride": (s, 2), "padding": (p, 1), "dilation": (d, 2)}
        image, kernel = np.ones((n, 3)), np.ones((k, 2))
        try:
            expected = functional.conv2d(tensor(image), tensor(kernel), **arguments)
        except RuntimeError:
            outcomes[False] += 1
            with pytest.raises(ValueError, match=r"at least|does not fit"):
                convolve2d_dilated(image, kernel, **arguments)
        else:
            outcomes[True] += 1
            got = convolve2d_dilated(image, kernel, **arguments)
            np.testing.assert_array_equal(got, expected[0, 0].numpy(), strict=True)
    assert min(outcomes.values()) > 200


@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")  # even kernels are the point here
def test_pad_amounts_agrees_with_torch_on_same(functional: ModuleType) -> None:
    for kh, kw, d in itertools.product(range(1, 7), range(1, 5), range(1, 4)):
        image, kernel = np.arange(30.0).reshape(5, 6), np.arange(1.0, kh * kw + 1).reshape(kh, kw)
        expected = functional.conv2d(tensor(image), tensor(kernel), padding="same", dilation=d)
        padded = np.pad(image, [pad_amounts("same", k, d) for k in kernel.shape])
        got = convolve2d_dilated(padded, kernel, dilation=d)
        np.testing.assert_array_equal(got, expected[0, 0].numpy(), strict=True)


def test_conv_transpose2d_equals_torch(functional: ModuleType) -> None:
    compared = 0
    for call in transposed(seed=14):
        expected = functional.conv_transpose2d(tensor(call.image), tensor(call.kernel), **call.pairs)
        got = conv_transpose2d(call.image, call.kernel, **call.arguments)
        assert_equal(got, expected[0, 0].numpy(), call.image, call.kernel)
        compared += 1
    assert compared == CASES


def test_conv_transpose2d_is_the_gradient_of_the_convolution(functional: ModuleType) -> None:
    """What autograd sends back to the input, with the remainder the stride drops as output_padding."""
    from torch.autograd import grad

    rng, compared = np.random.default_rng(15), 0
    for case in cases(seed=15):
        image = tensor(case.image).requires_grad_()
        out = functional.conv2d(image, tensor(case.kernel), stride=case.strides, padding=case.paddings)
        seed = rng.normal(size=out.shape[2:])
        (expected,) = grad(out, image, tensor(seed))
        axes = zip(case.image.shape, case.kernel.shape, case.strides, case.paddings, strict=True)
        dropped = [(n + 2 * p - k) % s for n, k, s, p in axes]
        got = conv_transpose2d(seed, case.kernel, case.stride, case.padding, dropped)
        assert_equal(got, expected[0, 0].numpy(), seed, case.kernel)
        compared += 1
    assert compared == CASES


def test_conv_transpose2d_raises_exactly_where_torch_raises(functional: ModuleType) -> None:
    outcomes = {True: 0, False: 0}
    grid = itertools.product(range(4), range(4), range(-1, 4), range(-1, 4), range(-1, 4), (False, True))
    for n, k, s, p, extra, turned in grid:
        image, kernel, stride, padding, output_padding = (n, 3), (k, 2), (s, 2), (p, 1), (extra, 1)
        if turned:  # the same along the other axis
            image, kernel, stride = image[::-1], kernel[::-1], stride[::-1]
            padding, output_padding = padding[::-1], output_padding[::-1]
        arguments = {"stride": stride, "padding": padding, "output_padding": output_padding}
        try:
            expected = functional.conv_transpose2d(
                tensor(np.ones(image)), tensor(np.ones(kernel)), **arguments
            )
        except RuntimeError:
            outcomes[False] += 1
            with pytest.raises(ValueError, match=r"at least|smaller than|cuts off"):
                conv_transpose2d(np.ones(image), np.ones(kernel), **arguments)
        else:
            outcomes[True] += 1
            got = conv_transpose2d(np.ones(image), np.ones(kernel), **arguments)
            np.testing.assert_array_equal(got, expected[0, 0].numpy(), strict=True)
    assert min(outcomes.values()) > 200


def test_pooling_equals_torch(functional: ModuleType) -> None:
    for case in cases(seed=16, count=500, plain=True):
        size, strides = case.kernel.shape, (1 + case.kernel.shape[0] % 3, 2)
        for function, oracle in (
            (average_pool2d, functional.avg_pool2d),
            (max_pool2d, functional.max_pool2d),
        ):
            expected = oracle(tensor(case.image), size, strides)
            got = function(case.image, size, strides)
            assert_equal(got, expected[0, 0].numpy(), case.image, np.ones(1))
