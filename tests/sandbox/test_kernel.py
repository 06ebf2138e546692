"""Sequences of calls: asked at once, answered one by one, each with its own limit and blame."""

from __future__ import annotations

import os

import numpy as np
import pytest

from autograder.sandbox.call import Call
from autograder.sandbox.clock import Clock, Cpu
from autograder.sandbox.inside import kinds
from autograder.sandbox.kernel import KernelLost, Missing
from autograder.sandbox.replies import Replies

NUMBERS = [[Call((number,))] for number in range(8)]


def values(answered):
    return [[outcome.value for outcome in outcomes] for outcomes in answered]


def test_every_sequence_is_answered_in_order(kernel):
    kernel.run("def f(n): return 10 * n")
    assert values(kernel.sequences("f", NUMBERS)) == [[10 * number] for number in range(8)]
    assert values(kernel.sequences("f", [[Call((1,)), Call((2,))], [], [Call((3,))]])) == [[10, 20], [], [30]]
    assert kernel.sequences("f", []) == []


def test_results_are_read_after_the_last_call_of_their_sequence_and_before_the_next(kernel):
    kernel.run("import numpy as np\nkept = np.zeros(1)\ndef f(n):\n    kept[0] = n\n    return kept")
    sequences = [[Call((1,)), Call((2,))], [Call((3,))], [Call((4,)), Call((5,))]]
    assert values(kernel.sequences("f", sequences)) == [[2, 2], [3], [5, 5]]


@pytest.mark.parametrize("position", [0, 3, 7])
def test_the_call_that_ends_python_is_named(kernel, position):
    kernel.run(f"import os\ndef f(n):\n    if n == {position}: os.abort()\n    return n")
    with pytest.raises(KernelLost) as caught:
        kernel.sequences("f", NUMBERS)
    assert caught.value.reason == "crashed"
    assert caught.value.call is NUMBERS[position][0]


def test_the_call_that_does_not_end_is_named(kernel):
    kernel.run("def f(n):\n    while n == 5: pass\n    return n")
    with pytest.raises(KernelLost) as caught:
        kernel.sequences("f", NUMBERS)
    assert caught.value.reason == "timeout"
    assert caught.value.call is NUMBERS[5][0]


def test_a_question_ends_with_the_time_that_all_share(kernel):
    kernel.run("import time\ndef f(n):\n    while n == 5: time.sleep(1)\n    return n")
    kernel.spent = lambda: "no time is left"
    with pytest.raises(KernelLost) as caught:
        kernel.sequences("f", [[Call((5,))]])
    assert (caught.value.reason, caught.value.detail) == ("timeout", "no time is left")


BUSY = """
import time
def f(n):
    end = time.process_time() + 0.2
    while time.process_time() < end: pass
    return n
"""


def test_each_sequence_has_the_limit_of_a_call_to_itself(kernel):
    kernel.run(BUSY)
    assert values(kernel.sequences("f", NUMBERS[:4])) == [[0], [1], [2], [3]]  # the limit is 0.5 seconds
    assert kernel.seconds >= 0.8


def test_the_seconds_of_a_lost_kernel_stay_known(kernel):
    kernel.run(BUSY)
    kernel.run("import os\nbusy = f\ndef f(n):\n    busy(n)\n    os._exit(0)")
    with pytest.raises(KernelLost):
        kernel.sequences("f", NUMBERS)
    used = kernel.seconds
    assert used >= 0.2
    assert kernel.seconds == used


def test_a_function_that_goes_away_is_missing(kernel):
    kernel.run("def f(n):\n    if n == 3: del globals()['f']\n    return n")
    with pytest.raises(Missing):
        kernel.sequences("f", NUMBERS)


def test_what_is_remembered_by_identity_meets_another_array(kernel):
    kernel.run("seen = {}\ndef f(image): return seen.setdefault(id(image), image[0])")
    sequences = [[Call((np.array([number]),))] for number in range(40)]
    answers = [int(value) for (value,) in values(kernel.sequences("f", sequences))]
    assert answers != list(range(40))


def test_a_question_is_answered_once_and_its_answer_is_fresh_each_time(kernel):
    kernel.run("def f(n):\n    first = helper(1)\n    first += n\n    return helper(1) + helper(2)")
    asked = []

    def reference(name, call):
        asked.append((name, call.args))
        return np.full(2, 10.0 * call.args[0])

    answers = values(kernel.sequences("f", NUMBERS[:3], ["helper"], Replies(reference)))
    assert [answer.tolist() for (answer,) in answers] == [[30, 30]] * 3
    assert asked == [("helper", (1,)), ("helper", (2,))]


def test_a_refusal_is_refused_each_time(kernel):
    kernel.run("def f(n): return helper(n)")

    def reference(name, call):
        raise ValueError(f"no {call.args[0]}")

    sequences = [[Call((1,)), Call((1,))], [Call((2,))]]
    outcomes = kernel.sequences("f", sequences, ["helper"], Replies(reference))
    said = [["`helper` says: no 1"] * 2, ["`helper` says: no 2"]]
    assert [[outcome.text for outcome in row] for row in outcomes] == said


def test_whether_a_call_waited_or_the_machine_was_busy_is_left_open():
    clock = Clock(Cpu(os.getpid()), seconds=1000, waiting_factor=0)
    assert clock.verdict() == "it was stopped after 0 seconds"


@pytest.mark.parametrize("size", [1, kinds.MAX_TEXT, 1 << 17, 1 << 21])
def test_answers_of_all_sizes_arrive_whole(kernel, size):
    kernel.run("import numpy as np\ndef f(n, size): return np.full(size, n, np.uint8)")
    outcomes = kernel.sequences("f", [[Call((number, size))] for number in range(4)])
    assert [outcome.value.shape for (outcome,) in outcomes] == [(size,)] * 4


def test_what_is_too_long_for_an_answer_is_named_and_the_kernel_lives_on(kernel):
    kernel.run("def f(n): return [[n] * 9_000] * 60\nwords = ['x' * 90_000] * 20")
    [[long]] = values(kernel.sequences("f", NUMBERS[:1]))
    assert (long, kernel.value("words")) == (kinds.Other("list, too large to compare"),) * 2


# ------------------------------------------------------------------------------------- kept namespaces


def test_a_function_is_called_with_the_names_as_they_were_kept(kernel):
    kernel.run("number = 1\ndef f(n): return n + number")
    kernel.keep(3)
    kernel.run("number = 100")
    kernel.keep(5)
    kernel.run("number = None\ndef f(n): return 'late'")
    assert values(kernel.sequences("f", [[Call((1,))]], at=3)) == [[2]]
    assert values(kernel.sequences("f", [[Call((1,))]], at=5)) == [[101]]
    assert values(kernel.sequences("f", [[Call((1,))]], at=3)) == [[2]]


def test_a_value_is_read_as_it_was_kept(kernel):
    kernel.run("number = 1")
    kernel.keep(0)
    kernel.run("number = 2")
    assert kernel.value("number") == 2
    assert kernel.value("number", at=0) == 1


def test_what_came_later_or_was_gone_is_missing_where_it_was_not(kernel):
    kernel.run("gone = 1")
    kernel.keep(0)
    kernel.run("del gone\nlater = 1")
    kernel.keep(1)
    assert kernel.value("gone", at=0) == kernel.value("later", at=1) == 1
    for name, at in (("later", 0), ("gone", 1)):
        with pytest.raises(Missing):
            kernel.value(name, at=at)
        with pytest.raises(Missing):
            kernel.sequences(name, NUMBERS, at=at)


def test_what_judging_leaves_behind_does_not_reach_another_kept_namespace(kernel):
    kernel.run("def f(n):\n    globals()['left'] = n\n    return n")
    kernel.keep(0)
    kernel.keep(1)
    kernel.sequences("f", NUMBERS, at=0)
    with pytest.raises(Missing):
        kernel.value("left", at=1)


FORGED = """
import numpy as np
from inside import probe
def f(n): return n
report = {{"raised": None, "warnings": [], "text": "x" * 9_000}}
probe._outcome = lambda *_: (report, (0, {after}))
"""


@pytest.mark.parametrize("after", ["()", "(1, 2)", "(np.zeros(9),) * 1000", "[1]", "7", "None"])
def test_an_answer_about_other_arguments_than_were_sent_is_none(kernel, after):
    kernel.run(FORGED.format(after=after))
    with pytest.raises(KernelLost) as caught:
        kernel.call("f", [Call((1,))])
    assert caught.value.reason == "crashed"


@pytest.mark.parametrize(
    ("sent", "after"),
    [
        (np.zeros((3, 3)), "(np.ones((900, 900)),)"),
        (np.zeros((3, 3)), "(np.ones((3, 3), complex),)"),
        (7, "(np.ones(500),)"),
        ((1, 2), "([1] * 500,)"),
    ],
    ids=["larger", "of a wider type", "for a number", "longer"],
)
def test_an_argument_that_has_grown_is_not_kept(kernel, sent, after):
    kernel.run(FORGED.format(after=after))
    [[outcome]] = kernel.sequences("f", [[Call((sent,))]])
    [kept] = outcome.after
    assert kept.strides == (0,) * kept.ndim if isinstance(kept, np.ndarray) else isinstance(kept, kinds.Other)
    assert len(outcome.text) == 500


def test_what_the_judge_answers_is_the_callers_own(kernel):
    kernel.run("class P: pass\ndef h(n): pass\ndef f(n): return type(h(n).pop()) is P, len(h(n))")
    [outcome] = kernel.call("f", [Call((1,))], ["h"], Replies(lambda *_: [kinds.Instance("P", {})]))
    assert outcome.value == (True, 1)


@pytest.mark.parametrize("answer", [(n for n in "ab"), ["a" * 90_000] * 40], ids=type)
def test_what_cannot_travel_is_left_to_the_students_own_function(kernel, answer):
    kernel.run("def h(n): return 10 * n\ndef f(n): return h(n)")
    assert kernel.call("f", [Call((1,))], ["h"], Replies(lambda *_: answer))[0].value == 10


def test_instances_arrive_in_the_notebooks_own_classes_also_as_keys(kernel):
    kernel.run("class P: pass\ndef f(d):\n    [p] = d\n    return type(p) is P, p.x")
    argument = {kinds.Instance("P", {"x": 1}): None}
    assert kernel.call("f", [Call((argument,))])[0].value == (True, 1)


@pytest.mark.parametrize("holds", ["__slots__ = ()", "__hash__ = None"])
def test_a_class_that_cannot_hold_an_argument_is_said_and_ends_nothing(kernel, holds):
    kernel.run(f"class P:\n    {holds}\ndef f(p): pass")
    [outcome] = kernel.call("f", [Call(({kinds.Instance("P", {"x": 1})},))])
    assert outcome.raised[0] in ("AttributeError", "TypeError")
    assert outcome.text


@pytest.mark.parametrize(
    ("returns", "given"),
    [
        ("a", True),
        ("b[1:].T", True),
        ("a.view()", True),
        ("a.copy()", False),
        ("[a]", False),
        ("None", False),
    ],
)
def test_an_array_in_the_memory_of_an_argument_is_told(kernel, returns, given):
    kernel.run(f"import numpy\nnumpy.may_share_memory = lambda *_: False\ndef f(a, b): return {returns}")
    (outcome,) = kernel.call("f", [Call((np.eye(3),), {"b": np.ones((3, 3))})])
    assert outcome.given is given


def test_no_two_kernels_draw_the_same_numbers(place):
    """The generator that they all have comes from the process that forks them."""
    program = "def draw():\n    import numpy as np\n    return np.random.random()"
    drawn = []
    for _ in range(2):
        kernel = place.kernel()
        kernel.run(program)
        drawn += [outcome.value for outcome in kernel.call("draw", [Call(())])]
        kernel.close()
    assert drawn[0] != drawn[1]
