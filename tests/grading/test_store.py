"""What the store gives back when its files are not what they were."""

import json

import pytest

from autograder.grading.store import Store

ANSWER = json.dumps({"verdict": {"status": "graded"}, "notebook": "words " * 50}).encode()


@pytest.fixture
def kept(tmp_path):
    store = Store(tmp_path)
    store.put("aa01", ANSWER)
    (path,) = tmp_path.rglob("*.gz")
    return store, path


def test_an_answer_comes_back_as_it_was(kept):
    assert kept[0].get("aa01") == ANSWER
    assert kept[0].get("aa02") is None


@pytest.mark.parametrize("part", [slice(0, 4), slice(10, 40), slice(-8, None)], ids=["head", "body", "sum"])
def test_an_answer_in_a_damaged_file_is_none(kept, part):
    store, path = kept
    data = bytearray(path.read_bytes())
    data[part] = b"\xff" * len(data[part])
    path.write_bytes(data)
    assert store.get("aa01") is None


def test_an_answer_in_a_file_that_was_cut_is_none(kept):
    store, path = kept
    path.write_bytes(path.read_bytes()[:-20])
    assert store.get("aa01") is None
