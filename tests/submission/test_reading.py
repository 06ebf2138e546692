"""Reading a file directly, and with its outputs cut out first, which big ones need."""

from __future__ import annotations

import json
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission import reading

KEYS = st.sampled_from(["outputs", "cells", "source", '"outputs": [', "a"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
NOTEBOOKS = st.builds(
    lambda cells, more: more | {"cells": cells},
    st.lists(VALUES, max_size=3),
    st.dictionaries(KEYS, VALUES, max_size=3),
)


def careful(data):
    """What a file holds, or why it cannot be read, when it is never read directly."""
    with mock.patch.object(reading, "_small", return_value=None):
        return outcome(data)


def outcome(data):
    try:
        return reading.parse(data)
    except reading.Unreadable as reason:
        return str(reason)


@given(NOTEBOOKS, st.sampled_from([None, 1]))
def test_both_ways_read_the_same(nb, indent):
    data = json.dumps(nb, indent=indent).encode()
    assert outcome(data) == careful(data)
    assert isinstance(outcome(data), dict)


@given(NOTEBOOKS, st.data())
def test_both_ways_say_the_same_of_broken_files(nb, draw):
    text = json.dumps(nb)
    at = draw.draw(st.integers(0, len(text) - 1))
    data = (text[:at] + draw.draw(st.sampled_from(["", '"', "]", "}", ",", ":"])) + text[at + 1 :]).encode()
    assert outcome(data) == careful(data)


@pytest.mark.parametrize("way", [outcome, careful])
def test_outputs_are_emptied_at_any_depth(way):
    cell = {"outputs": [{"outputs": [1]}], "metadata": {"outputs": [2], "a": [{"outputs": "3"}]}}
    emptied = {"outputs": [], "metadata": {"outputs": [], "a": [{"outputs": "3"}]}}
    assert way(json.dumps({"cells": [cell]}).encode()) == {"cells": [emptied]}
