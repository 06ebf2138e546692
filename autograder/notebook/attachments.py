"""Pictures in a student's Markdown: taken out of it, re-encoded, and put back as attachments.

They come as attachments of the cell (JupyterLab, VS Code) or inside the text, as `data:` addresses (Colab).
"""

from __future__ import annotations

import base64
import contextlib
import io
import itertools
import re
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from PIL import Image, ImageOps

from autograder.memory import Memory
from autograder.notebook.markdown import harmless
from autograder.notebook.outputs import FORMATS, MAX_PICTURES
from autograder.notebook.pictures import linked

Pictures = dict[str, dict[str, str]]
"""A cell's attachments: by name and type, the data in base64."""

MAX_PIXELS = 50_000_000  # a photograph of a sheet of paper
MAX_SIDE = 1_600  # as wide as it is kept
MAX_DATA = 24 << 20  # characters of one picture
_TYPES = "|".join(map(re.escape, FORMATS))
_INLINE = re.compile(rf"data:({_TYPES});base64,([A-Za-z0-9+/=]+)")
_SHOWN = re.compile(
    r"!\[(?P<words>[^\[\]\n]{0,300})\]\(<?attachment:(?P<name>[^\s()<>\"]{1,300})>?(?:\s+\"[^\"\n]{0,300}\")?\)"
    r"|<img\b[^<>]{0,500}?\bsrc=[\"']?attachment:(?P<source>[^\s\"'<>]{1,300})[^<>]{0,500}>"
)
_WITHOUT_DATA: Memory[str, tuple[str, Pictures]] = Memory(16 << 20)
"""By the text; a lesson's pictures are in everybody's notebook."""
LEFT_OUT = "[a picture was left out: it could not be read or is too large]"


def of_cell(cell: Mapping[str, Any]) -> Pictures:
    """Return the attachments of a submitted cell that may be pictures."""
    found = cell.get("attachments")
    if not isinstance(found, dict):
        return {}
    pictures = ((name, data) for name, data in found.items() if isinstance(data, dict))
    kept = {
        str(name): {mime: text for mime in FORMATS if isinstance(text := data.get(mime), str)}
        for name, data in itertools.islice(pictures, MAX_PICTURES)
    }
    return {name: data for name, data in kept.items() if data}


def without_data(text: str) -> tuple[str, Pictures]:
    """Return Markdown with the lesson's pictures as links and others as attachments, and these."""
    if "data:" not in text:
        return text, {}
    if text in _WITHOUT_DATA:
        return _WITHOUT_DATA[text]
    return _WITHOUT_DATA.keep(text, taken_out(linked(text)), len(text))


def taken_out(text: str) -> tuple[str, Pictures]:
    """Return Markdown with its `data:` addresses turned into attachments, and these."""
    found: Pictures = {}

    def named(address: re.Match[str]) -> str:
        if len(found) >= MAX_PICTURES:
            return ""
        name = f"inline-{len(found) + 1}"
        found[name] = {address[1]: address[2]}
        return f"attachment:{name}"

    return _INLINE.sub(named, text), found


def left_out(cell: Any) -> Any:
    """Return a submitted cell without pictures, which may be most of a file; anything else as it is."""
    if not isinstance(cell, dict) or cell.get("cell_type") == "code":
        return cell
    plain, text = {name: part for name, part in cell.items() if name != "attachments"}, cell.get("source")
    if isinstance(text, list):
        with contextlib.suppress(TypeError):
            text = "".join(text)
    if isinstance(text, str):
        plain["source"] = without_data(text)[0]
    return plain


def kept(text: str, pictures: Pictures) -> tuple[str, Pictures]:
    """Return Markdown made harmless, and the pictures it shows, re-encoded."""
    found: Pictures = {}
    shown: list[str] = []
    mark = next(word for number in itertools.count() if (word := f"picture{number}of") not in text)

    def marked(place: re.Match[str]) -> str:
        drawn = None
        if len(found) < MAX_PICTURES:
            name = place["name"] or place["source"]
            drawn = _drawn(pictures.get(name) or pictures.get(unquote(name)) or {})
        if drawn is None:
            shown.append(LEFT_OUT)
        else:
            words = re.sub(r"[^\w .,-]", "", place["words"] or "") or "picture"
            name = f"picture-{len(found) + 1}"
            found[name] = drawn
            shown.append(f"![{words}](attachment:{name})")
        return f"{mark}{len(shown) - 1};"

    cleaned = harmless(_SHOWN.sub(marked, text))
    return re.sub(rf"{mark}(\d+);", lambda place: shown[int(place[1])], cleaned), found


def _drawn(data: Mapping[str, str]) -> dict[str, str] | None:
    """Return a picture decoded, turned upright, made small enough and encoded again; None if that fails."""
    for mime, text in data.items():
        if len(text) > MAX_DATA:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                picture = Image.open(io.BytesIO(base64.b64decode(text)), formats=tuple(FORMATS.values()))
                if picture.width * picture.height > MAX_PIXELS:
                    continue
                picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
                upright.thumbnail((MAX_SIDE, MAX_SIDE))
                buffer, form = io.BytesIO(), "JPEG" if mime == "image/jpeg" else "PNG"
                upright.save(buffer, form)
        except Exception:  # noqa: S112  Pillow raises many kinds on what is not a picture
            continue
        return {f"image/{form.lower()}": base64.b64encode(buffer.getvalue()).decode()}
    return None
