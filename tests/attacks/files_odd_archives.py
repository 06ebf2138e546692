"""Attack: hands in archives that are encrypted, packed in an odd way, full of links, bombs and paths upwards.
Wants: files outside the folder, or a grader that fails.
Honest mark: 22
"""

import io
import json
import struct
import zipfile

from attacks import corpus
from pour import pour, released


def packed(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("UP", "../../../../tmp/convgrade-attack"), data)
    return bytearray(buffer.getvalue())


def changed(data, offset, value):
    """Write two bytes at an offset from the start of the header, and from that of the list's first entry."""
    at = data.index(b"PK\x01\x02")
    data[offset : offset + 2] = data[at + offset + 2 : at + offset + 4] = struct.pack("<H", value)
    return data


def make(folder):
    right = json.dumps(pour(released(corpus.ASSIGNMENT, corpus.NAME), corpus.EXEMPLAR))
    link = zipfile.ZipInfo(f"{corpus.NAME}.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "links.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    (folder / "bomb.zip").write_bytes(packed(**{f"{number}.ipynb": bytes(60 << 20) for number in range(3)}))
    (folder / "upwards.zip").write_bytes(packed(UP=right))
    (folder / "locked.zip").write_bytes(changed(packed(a=right), 6, 1))
    (folder / "odd.zip").write_bytes(changed(packed(a=right), 8, 93))
    (folder / "cut.zip").write_bytes(packed(a=right)[:-30])
    (folder / "twice.zip").write_bytes(packed(a=packed(b=right)))
    (folder / f"{corpus.NAME}.ipynb").write_text(right)
