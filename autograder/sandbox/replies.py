"""Answers to what a student's function asks of earlier functions, which have been judged already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.sandbox.call import Call
from autograder.sandbox.inside import wire

Reference = Callable[[str, Call], Any]
Key = tuple[wire.Frame, tuple[str, ...]]

MOST = 8192  # answers that are remembered: those to the random inputs of all students, and some more
LARGEST = 4096  # bytes of a question and its answer together


class Replies:
    """Answers as earlier functions give them that are right; small ones are remembered.

    Most functions ask the same of the same inputs, and an answer depends on nothing but the question.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._known: OrderedDict[Key, bytes] = OrderedDict()

    def known(self, frame: wire.Frame, stubs: Sequence[str]) -> bytes | None:
        """Return the answer to a frame that was a question about one of `stubs` before."""
        key = frame, tuple(stubs)
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def to(
        self, frame: wire.Frame, question: dict[str, Any], values: list[Any], stubs: Sequence[str]
    ) -> bytes:
        """Return the answer to a question about one of `stubs`. Raises WireError for any other."""
        if question.get("name") not in stubs:
            raise wire.WireError("a question about an unknown name")
        args, names, named = values[0]
        answer = self._packed(question["name"], Call(tuple(args), dict(zip(names, named, strict=True))))
        if sum(map(len, (*frame, answer))) <= LARGEST:
            self._known[frame, tuple(stubs)] = answer
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        return answer

    def _packed(self, name: str, call: Call) -> bytes:
        """Return an answer; what the function's contract does not cover is left to the student's own."""
        try:
            result = self._reference(name, call)
            if not isinstance(result, np.ndarray):
                wire.travelled(result)
            return wire.pack({"came": "value"}, [result])
        except ValueError as fault:
            return wire.pack({"came": "ValueError", "text": f"{fault}"[: wire.MAX_TEXT]})
        except Exception:  # not what the contract speaks of: other parameters or types, too much work or room
            return wire.pack({"came": "nothing"})
