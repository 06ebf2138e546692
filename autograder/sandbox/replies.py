"""Answers to what a student's function asks of earlier functions, which have been judged already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.memory import Memory
from autograder.sandbox.call import Call
from autograder.sandbox.inside import kinds, wire

Reference = Callable[[str, Call], Any]
Key = tuple[wire.Frame, tuple[str, ...]]

MOST_BYTES = 32 << 20  # of questions and answers; those of all random inputs take some 10 MB


class Replies:
    """Answers as earlier functions give them that are right, and remembered.

    Most functions ask the same of the same inputs, and an answer depends on nothing but the question.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._known: Memory[Key, bytes] = Memory(MOST_BYTES)

    def known(self, frame: wire.Frame, stubs: Sequence[str]) -> bytes | None:
        """Return the answer to a frame that was a question about one of `stubs` before."""
        key = frame, tuple(stubs)
        if key in self._known:
            return self._known[key]
        return None

    def to(
        self, frame: wire.Frame, question: dict[str, Any], values: list[Any], stubs: Sequence[str]
    ) -> bytes:
        """Return the answer to a question about one of `stubs`. Raises WireError for any other."""
        if question.get("name") not in stubs:
            raise kinds.WireError("a question about an unknown name")
        args, names, named = values[0]
        answer = self._packed(question["name"], Call(tuple(args), dict(zip(names, named, strict=True))))
        return self._known.keep((frame, tuple(stubs)), answer, sum(map(len, (*frame, answer))))

    def _packed(self, name: str, call: Call) -> bytes:
        """Return an answer; what the function's contract does not cover is left to the student's own."""
        try:
            result = self._reference(name, call)
            if not isinstance(result, np.ndarray):
                wire.travelled(result)
            return wire.pack({"came": "value"}, [result])
        except ValueError as fault:
            text = f"`{name}` says: {fault}"  # of what it was given, which is not what the student was
            return wire.pack({"came": "ValueError", "text": text[: kinds.MAX_TEXT]})
        except Exception:  # not what the contract speaks of: other parameters or types, too much work or room
            return wire.pack({"came": "nothing"})
