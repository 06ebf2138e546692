"""Pictures in text cells: linked in the source, carried along in the release.

A released notebook holds its still pictures as data, so that they show wherever it is opened, also
without the folder it came in. What a student hands in is read with the links put back.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

_LINK = re.compile(r'<img src="(figures/[\w-]+\.png)"')
_DATA = re.compile(r'<img src="data:image/png;base64,[A-Za-z0-9+/=]*" data-file="(figures/[\w-]+\.png)"')


def embedded(text: str, folder: Path) -> str:
    """Return Markdown with the PNG pictures it links in `folder` as data; a missing one stays a link."""
    return _LINK.sub(lambda link: _data(link, folder), text)


def linked(text: str) -> str:
    """Return Markdown with links instead of the data that `embedded` put there."""
    return _DATA.sub(r'<img src="\1"', text)


def _data(link: re.Match[str], folder: Path) -> str:
    picture = folder / link[1]
    if not picture.is_file():
        return link[0]
    data = base64.b64encode(picture.read_bytes()).decode()
    return f'<img src="data:image/png;base64,{data}" data-file="{link[1]}"'
