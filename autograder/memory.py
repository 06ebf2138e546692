"""Results that are remembered because the same is asked for every student, within bounds."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """The values used last, as many as `most` bytes hold."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._values

    def __getitem__(self, key: K) -> V:
        self._values.move_to_end(key)
        return self._values[key][0]

    def keep(self, key: K, value: V, size: int) -> V:
        """Remember a value that takes `size` bytes, and return it; what was used longest ago goes."""
        _, before = self._values.pop(key, (value, 0))
        self._values[key] = value, size
        self._held += size - before
        while self._held > self._most:
            self._held -= self._values.popitem(last=False)[1][1]
        return value
