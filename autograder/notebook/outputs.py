"""Student outputs made safe to keep: clean text and re-encoded pictures, nothing else."""

from __future__ import annotations

import base64
import io
import json
import re
import warnings
from typing import TYPE_CHECKING, Any

from autograder.memory import Memory

if TYPE_CHECKING:  # few notebooks have pictures
    from PIL import Image

MAX_PIXELS = 4_000_000
MAX_FRAMES = 120
MAX_OUTPUTS = 500  # of a cell
MAX_PICTURES = 40  # of a cell
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}

_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|.)")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

Output = dict[str, Any]

Recoded = tuple[str, bytes]
"""The kind of a picture, and the picture."""

_RECODED: Memory[tuple[bytes, str], Recoded | None] = Memory(16 << 20)
"""By the picture that came and its format."""


def clean(text: str) -> str:
    """Return `text` without terminal escapes, control characters, direction marks and surrogates."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def for_notebook(outputs: list[Output], pictures: list[bytes], room: int = 8 << 20) -> list[Output]:
    """Return notebook outputs (nbformat 4) from what a kernel reported; drop what cannot be read.

    Keep at most `room` bytes. The kernel limits its outputs as well, but its report may be forged.
    Never raises.
    """
    kept: list[Output] = []
    left = list(pictures[:MAX_PICTURES])
    for output in outputs[:MAX_OUTPUTS]:
        try:
            made = _one(output, left)
        except (KeyError, TypeError, IndexError, ValueError, AttributeError):
            made = note("An output was left out: it could not be read.")
        room -= size([made])
        if room < 0:
            break
        kept.append(made)
    if len(kept) < len(outputs):
        kept.append(note(f"{len(outputs) - len(kept)} outputs were left out: there is more than is kept."))
    return kept


def size(outputs: list[Output]) -> int:
    """Return about how many bytes the outputs take in a file."""
    return len(json.dumps(outputs))


def note(text: str) -> Output:
    """Return an output with a remark of the grader, to go among the student's own."""
    return {"output_type": "stream", "name": "stdout", "text": f"[{text}]\n"}


def failed(name: str, message: str) -> Output:
    """Return an error output; nbgrader gives a graded cell that holds one 0 points."""
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [f"{name}: {message}"]}


def not_judged(reason: str = "This cell has not been judged.") -> Output:
    """Return the output that keeps a graded cell at 0 points until it has been judged."""
    return failed("NotJudged", reason)


def _one(output: Output, pictures: list[bytes]) -> Output:
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": clean(output["text"])}
    if kind == "error":
        return {
            "output_type": "error",
            "ename": clean(output["ename"])[:200],
            "evalue": clean(output["evalue"])[:2000],
            "traceback": [clean(line) for line in output["traceback"]],
        }
    data = {"text/plain": clean(output["data"].get("text/plain", ""))}
    for mime, form in FORMATS.items():
        if mime in output["data"]:
            index = output["data"][mime]
            picture, pictures[index] = pictures[index], b""  # each is drawn once
            recoded = _recoded(picture, form)
            if recoded is None:
                data["text/plain"] += "\n[a picture was left out: it could not be read or is too large]"
            else:
                data[recoded[0]] = base64.b64encode(recoded[1]).decode()
                break
    result: Output = {"output_type": "display_data", "data": data, "metadata": {}}
    if kind == "execute_result":
        result |= {"output_type": "execute_result", "execution_count": None}
    return result


def _recoded(data: bytes, form: str) -> Recoded | None:
    """Decode and re-encode a picture; most are those of the lesson, the same for everybody."""
    if (data, form) in _RECODED:
        return _RECODED[data, form]
    made = _recode(data, form)
    return _RECODED.keep((data, form), made, len(data) + len(made[1] if made else b""))


def _recode(data: bytes, form: str) -> Recoded | None:
    """Decode and re-encode a picture (as PNG, or GIF if it moves); return None if that fails."""
    from PIL import Image, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=(form,))
            if picture.width * picture.height > MAX_PIXELS:
                return None
            buffer = io.BytesIO()
            count = int(getattr(picture, "n_frames", 1))
            if count > 1:
                if count > MAX_FRAMES or count * picture.width * picture.height > 4 * MAX_PIXELS:
                    return None
                frames = [_frame(each) for each in ImageSequence.Iterator(picture)]
                pause = int(picture.info.get("duration", 100)) or 100
                frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=pause, loop=0)
                return "image/gif", buffer.getvalue()
            picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(buffer, "PNG")
            return "image/png", buffer.getvalue()
    except Exception:  # Pillow raises many kinds on what is not a picture
        return None


def _frame(picture: Image.Image) -> Image.Image:
    """Return a frame without its metadata; in grey if it is grey, which saves computing a palette."""
    coloured = picture.convert("RGB")
    red, green, blue = (band.tobytes() for band in coloured.split())
    return coloured.getchannel(0) if red == green == blue else coloured
