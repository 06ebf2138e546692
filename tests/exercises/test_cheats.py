"""Whoever knows the repository and does not implement: tables of answers, what is right for some inputs."""

from __future__ import annotations

import cheats
import pytest
from local_student import HIDDEN, LocalStudent, checks, fails_fixed

import reference
from autograder.checks import draw

MOST = 0.1  # of a function's points
FUNCTIONS = [name for name in HIDDEN if name != "my_kernel"]
FEW_NUMBERS = [name for name in FUNCTIONS if name.endswith(("size", "amounts"))]
"""Those whose arguments are a few numbers, which a table could hold."""
TYPED = {name: check for name in FUNCTIONS for check in checks(name) if check.id == "number_types"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_table_of_all_that_is_published_and_shown_earns_next_to_nothing(function):
    assert cheats.share(function, cheats.in_rounds(function, 1, 1), 1) <= MOST


@pytest.mark.parametrize("function", FEW_NUMBERS)
def test_a_table_of_what_the_strategies_draw_earns_next_to_nothing(function):
    known = cheats.harvest(function, range(1_000, 1_002))
    assert len(known) > 300
    assert cheats.share(function, cheats.table(function, known), 1) <= MOST


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_is_right_for_small_inputs_only_earns_next_to_nothing(function):
    assert cheats.share(function, cheats.small(function), 1) <= MOST


@pytest.mark.parametrize("dtype", sorted(draw.NUMBER_TYPES))
def test_a_number_type_left_out_is_noticed_by_the_fixed_inputs(dtype):
    passing = []
    asked = {name: check for name, check in TYPED.items() if (name, dtype) != ("normalize", "float16")}
    for name, check in asked.items():  # of float16, normalize is asked nothing: differences may not fit
        student = LocalStudent(name, cheats.without(name, dtype))
        student.passed = checks(name)
        passing += [] if fails_fixed(check, student) else [name]
    assert passing == []


def test_two_sizes_written_out_are_not_a_blur_of_any_size():
    """Neither what the lesson writes out nor a rule that goes on with the size it knows."""
    written_out = cheats.only("gaussian_kernel", lambda call: call.args[0] in (3, 5))
    assert cheats.share("gaussian_kernel", written_out, 1) == 0
    up_to_17 = cheats.only("gaussian_kernel", lambda call: call.args[0] in range(18))
    assert cheats.share("gaussian_kernel", up_to_17, 1) <= 0.5
    always_three = cheats.share("gaussian_kernel", lambda size: reference.gaussian_kernel(3), 1)
    assert always_three == 0
