"""Series of calls: asked at once, answered one after the other, each with its own limit and blame."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.sandbox.call import Call
from autograder.sandbox.inside import wire
from autograder.sandbox.kernel import KernelLost, Missing

NUMBERS = [[Call((number,))] for number in range(8)]


def values(series):
    return [[outcome.value for outcome in outcomes] for outcomes in series]


def test_every_series_is_answered_in_order(kernel):
    kernel.run("def f(n): return 10 * n")
    assert values(kernel.series("f", NUMBERS)) == [[10 * number] for number in range(8)]
    assert values(kernel.series("f", [[Call((1,)), Call((2,))], [], [Call((3,))]])) == [[10, 20], [], [30]]
    assert kernel.series("f", []) == []


def test_results_are_read_after_the_last_call_of_their_series_and_before_the_next_series(kernel):
    kernel.run("import numpy as np\nkept = np.zeros(1)\ndef f(n):\n    kept[0] = n\n    return kept")
    series = [[Call((1,)), Call((2,))], [Call((3,))], [Call((4,)), Call((5,))]]
    assert values(kernel.series("f", series)) == [[2, 2], [3], [5, 5]]


@pytest.mark.parametrize("position", [0, 3, 7])
def test_the_call_that_ends_python_is_named(kernel, position):
    kernel.run(f"import os\ndef f(n):\n    if n == {position}: os.abort()\n    return n")
    with pytest.raises(KernelLost) as caught:
        kernel.series("f", NUMBERS)
    assert caught.value.reason == "crashed"
    assert caught.value.call is NUMBERS[position][0]


def test_the_call_that_does_not_end_is_named(kernel):
    kernel.run("def f(n):\n    while n == 5: pass\n    return n")
    with pytest.raises(KernelLost) as caught:
        kernel.series("f", NUMBERS)
    assert caught.value.reason == "timeout"
    assert caught.value.call is NUMBERS[5][0]


BUSY = """
import time
def f(n):
    end = time.process_time() + 0.2
    while time.process_time() < end: pass
    return n
"""


def test_each_series_has_the_limit_of_a_call_to_itself(kernel):
    kernel.run(BUSY)
    assert values(kernel.series("f", NUMBERS[:4])) == [[0], [1], [2], [3]]  # the limit is 0.5 seconds
    assert kernel.seconds >= 0.8


def test_the_seconds_of_a_lost_kernel_stay_known(kernel):
    kernel.run(BUSY)
    kernel.run("import os\nbusy = f\ndef f(n):\n    busy(n)\n    os._exit(0)")
    with pytest.raises(KernelLost):
        kernel.series("f", NUMBERS)
    used = kernel.seconds
    assert used >= 0.2
    assert kernel.seconds == used


def test_a_function_that_goes_away_is_missing(kernel):
    kernel.run("def f(n):\n    if n == 3: del globals()['f']\n    return n")
    with pytest.raises(Missing):
        kernel.series("f", NUMBERS)


def test_what_is_remembered_by_identity_meets_another_array(kernel):
    kernel.run("seen = {}\ndef f(image): return seen.setdefault(id(image), image[0])")
    series = [[Call((np.array([number]),))] for number in range(40)]
    answers = [int(value) for (value,) in values(kernel.series("f", series))]
    assert answers != list(range(40))


def test_a_question_is_answered_once_and_its_answer_is_fresh_each_time(kernel):
    kernel.run("def f(n):\n    first = helper(1)\n    first += n\n    return helper(1) + helper(2)")
    asked = []

    def reference(name, call):
        asked.append((name, call.args))
        return np.full(2, 10.0 * call.args[0])

    answers = values(kernel.series("f", NUMBERS[:3], ["helper"], reference))
    assert [answer.tolist() for (answer,) in answers] == [[30, 30]] * 3
    assert asked == [("helper", (1,)), ("helper", (2,))]


def test_a_refusal_is_refused_each_time(kernel):
    kernel.run("def f(n): return helper(n)")

    def reference(name, call):
        raise ValueError(f"no {call.args[0]}")

    series = [[Call((1,)), Call((1,))], [Call((2,))]]
    outcomes = kernel.series("f", series, ["helper"], reference)
    assert [[outcome.text for outcome in row] for row in outcomes] == [["no 1", "no 1"], ["no 2"]]


@pytest.mark.parametrize("size", [1, wire.MAX_TEXT, 1 << 17, 1 << 21])
def test_answers_of_all_sizes_arrive_whole(kernel, size):
    kernel.run("import numpy as np\ndef f(n, size): return np.full(size, n, np.uint8)")
    outcomes = kernel.series("f", [[Call((number, size))] for number in range(4)])
    assert [outcome.value.shape for (outcome,) in outcomes] == [(size,)] * 4
