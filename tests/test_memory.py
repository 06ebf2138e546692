"""What is remembered stays within its bounds."""

from autograder.memory import Memory


def test_what_was_used_longest_ago_is_forgotten_first():
    memory = Memory[str, int](30)
    for number, key in enumerate("abc"):
        memory.keep(key, number, 10)
    assert memory["a"] == 0
    memory.keep("d", 3, 10)
    assert [key for key in "abcd" if key in memory] == ["a", "c", "d"]


def test_what_is_kept_again_counts_once():
    memory = Memory[str, int](30)
    for number in range(5):
        memory.keep("a", number, 10)
    memory.keep("b", 0, 20)
    assert (memory["a"], memory["b"]) == (4, 0)


def test_what_is_larger_than_all_room_is_returned_and_not_kept():
    memory = Memory[str, str](30)
    assert memory.keep("a", "much", 31) == "much"
    assert "a" not in memory
    memory.keep("b", "little", 30)
    assert "b" in memory
