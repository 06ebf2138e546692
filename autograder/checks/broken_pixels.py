"""NaN and infinity in an image: where a convolution has to show them, where it may, where it must not."""

from __future__ import annotations

import numpy as np

import reference
from autograder.checks.answer import Answer, reference_answer, terms
from autograder.checks.compare import differing
from autograder.sandbox.call import Call
from reference.convolution import pair


def shows_broken_pixels(answer: Answer) -> None:
    """Ask that what is not finite in the image shows under each weight that is not 0, and leaks nowhere.

    Under a weight of 0, or in a gap of a dilated kernel, it may show or not: NaN times 0 is NaN, but a
    matrix product may skip the zero, and a kernel filled up with zeros reads what lies in the gaps.
    """
    __tracebackhide__ = True
    must, may = where_broken_pixels_meet(answer.function, answer.call)
    got = answer.array()
    as_expected = not differing(answer.expected, got, tolerance=answer.tolerance(got, terms)).any()
    if as_expected and answer.standard is not reference_answer:
        return  # a mistake that is paid for may put a broken pixel elsewhere
    if got.shape != must.shape:  # judged against a mistake in the size, which only its own answer fits
        wrong = differing(answer.expected, got, tolerance=answer.tolerance(got, terms))
        answer.has_no_difference(wrong & np.isfinite(got) if wrong.shape == got.shape else wrong)
        return
    hidden = must & np.isfinite(got) & ~np.isfinite(answer.expected)  # a mistake that is paid for may hide it
    if hidden.any():
        answer.fail("A NaN or infinity in the image does not show in the result.", differs=hidden)
    wrong = differing(answer.expected, got, tolerance=answer.tolerance(got, terms)) & ~must & ~may
    leaked = wrong & ~np.isfinite(got)
    if leaked.any():
        answer.fail("A NaN or infinity shows where no weight meets it.", differs=leaked)
    answer.has_no_difference(wrong)


def where_broken_pixels_meet(function: str, call: Call) -> tuple[np.ndarray, np.ndarray]:
    """Return where a broken pixel meets a weight that is not 0, and where it meets a 0 or a gap."""
    image, kernel = call.args[:2]
    broken = (~np.isfinite(image)).astype(float)
    right = getattr(reference, function)
    must = right(broken, (kernel != 0).astype(float), *call.args[2:], **call.named) > 0
    named = dict(call.named)
    dilation = pair("dilation", named.pop("dilation", 1), least=1)
    span = [(side - 1) * step + 1 for side, step in zip(kernel.shape, dilation, strict=True)]
    within = right(broken, np.ones(span), *call.args[2:], **named) > 0
    return must, within & ~must
