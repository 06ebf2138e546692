"""IPython's own shell, its outputs collected as plain notebook outputs instead of being shown.

Only text and pictures are kept: a student's HTML, SVG or JavaScript is never rendered.
"""

from __future__ import annotations

import base64
import codeop
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from . import lenient

PICTURES = ("image/png", "image/jpeg", "image/gif")
MAX_TEXT = 100_000  # characters of text one cell may leave behind
MAX_ITEMS = 500  # outputs one cell may leave behind
MAX_PICTURES = 6 << 20  # bytes of encoded pictures one cell may leave behind

Output = dict[str, Any]


class Outputs:
    """What one cell has printed, shown and returned so far, in order and bounded."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget all, for the next cell."""
        self.items: list[Output] = []
        self.pictures: list[bytes] = []
        self.text_left = MAX_TEXT
        self.pictures_left = MAX_PICTURES

    def stream(self, name: str, text: str) -> None:
        """Keep text that was printed."""
        text = self._within(text)
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self._add({"output_type": "stream", "name": name, "text": text})

    def show(self, kind: str, bundle: dict[str, Any]) -> None:
        """Keep something displayed or returned."""
        data: dict[str, Any] = {"text/plain": self._within(str(bundle.get("text/plain", "")))}
        for mime in PICTURES:
            raw = bundle.get(mime)
            if isinstance(raw, str):
                raw = base64.b64decode(raw)
            if isinstance(raw, bytes) and len(raw) <= self.pictures_left:
                self.pictures_left -= len(raw)
                data[mime] = len(self.pictures)  # pictures travel as bytes, the bundle names them
                self.pictures.append(raw)
        self._add({"output_type": kind, "data": data, "metadata": {}})

    def left_out(self, module: str) -> None:
        """Note an import that failed, and that the cell went on without."""
        self._add({"output_type": "left_out", "module": module})

    def error(self, name: str, message: str, trace: list[str]) -> None:
        """Keep an exception that ended the cell."""
        lines = self._within("\n".join(trace)).split("\n")
        self._add({"output_type": "error", "ename": name, "evalue": message[:2000], "traceback": lines})

    def _add(self, item: Output) -> None:
        if len(self.items) < MAX_ITEMS:
            self.items.append(item)

    def _within(self, text: str) -> str:
        kept = text[: self.text_left]
        if self.text_left and len(kept) < len(text):
            kept += "\n[the rest of this output was cut]"
            self.text_left = 0
        else:
            self.text_left -= len(kept)
        return kept


class Stream:
    """A text stream that writes into the outputs."""

    encoding = "utf-8"
    errors = "replace"
    closed = False

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name, self.outputs = name, outputs

    def write(self, text: str) -> int:
        """Keep the text."""
        self.outputs.stream(self.name, str(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Keep the lines."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def isatty(self) -> bool:
        """Say that it is no terminal."""
        return False

    def writable(self) -> bool:
        """Say that it is for writing."""
        return True


class _Publisher(DisplayPublisher):
    shell: Any

    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        self.shell.outputs.show("display_data", data)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002  IPython's signature
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    shell: Any

    def write_output_prompt(self) -> None:
        """Write no prompt: the notebook has its own."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:  # noqa: ARG002
        self.shell.outputs.show("execute_result", format_dict)

    def finish_displayhook(self) -> None:
        """Write no line feed after the result."""


class Shell(InteractiveShell):
    """A shell whose `outputs` are those of the cell that ran last."""

    def __init__(self) -> None:
        quiet = Config()
        quiet.HistoryManager.enabled = False
        quiet.HistoryManager.hist_file = ":memory:"
        quiet.InteractiveShell.colors = "nocolor"
        self.outputs = Outputs()
        super().__init__(config=quiet, display_pub_class=_Publisher, displayhook_class=_Hook)
        # IPython compiles as a prompt does, where more lines may come: then Python says "incomplete input",
        # since 3.13 by a type of its own, instead of which bracket was never closed
        self.compile.flags &= ~codeop.PyCF_ALLOW_INCOMPLETE_INPUT  # type: ignore[attr-defined]
        InteractiveShell._instance = self  # type: ignore[assignment]  # noqa: SLF001  so that get_ipython() and display() find it
        assert self.display_formatter is not None
        # a picture is not asked for twice; what is a JPEG by itself still comes as one
        self.display_formatter.active_types = ["text/plain", "image/png", "image/gif"]
        lenient.offer(self, self.outputs.left_out)

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Make no profile: a kernel keeps nothing for the next one."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: Any) -> None:
        lines = stb if isinstance(stb, list) else str(stb).split("\n")
        self.outputs.error(etype.__name__, _text(evalue), [str(line) for line in lines])

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a magic; one that needs a process, a network or a window is passed over."""
        if magic_name in lenient.INSTALLERS:
            return self._not_run(f"%{magic_name}")
        try:
            return super().run_line_magic(magic_name, line, _stack_depth=_stack_depth + 1)
        except Exception:  # a magic may raise anything
            if magic_name in lenient.OF_PYTHON:
                raise
            return self._not_run(f"%{magic_name}")

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a magic on a cell; one that is not known here is passed over, and its cell runs."""
        if magic_name not in self.magics_manager.magics["cell"]:
            self._not_run(f"%%{magic_name}")
            self.run_cell(cell, store_history=False).raise_error()
            return None
        try:
            return super().run_cell_magic(magic_name, line, cell)
        except Exception:
            if magic_name in lenient.OF_PYTHON:
                raise
            return self._not_run(f"%%{magic_name}")

    def system(self, cmd: str) -> None:
        """Run no command."""
        self._not_run(f"!{cmd}")

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002  IPython's signature
        """Run no command; nothing comes of it."""
        self._not_run(f"!{cmd}")
        return [] if split else ""

    def _not_run(self, line: str) -> None:
        self.outputs.stream("stdout", f"[{line} does nothing when your notebook is graded.]\n")

    def run(self, source: str) -> bool:
        """Run one cell and collect its outputs; whether it ended without an exception."""
        self.outputs.clear()
        sys.stdout, sys.stderr = Stream("stdout", self.outputs), Stream("stderr", self.outputs)
        try:
            return bool(self.run_cell(source, store_history=False).success)
        except BaseException as fault:  # what IPython lets through must not end the kernel
            self.outputs.error(type(fault).__name__, _text(fault), [])
            return False


def _text(fault: BaseException) -> str:
    try:
        return str(fault)
    except BaseException:  # a __str__ of the student's may do anything
        return ""
