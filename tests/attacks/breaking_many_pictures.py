"""Attack: hundreds of pictures of four megapixels that are small as files, honestly displayed.
Wants: minutes of drawing in the judge for one cell.
Honest mark: 22
"""

# %% own
import io
from PIL import Image
from IPython.display import display, Image as Shown

buffer = io.BytesIO()
Image.new("1", (2000, 2000)).save(buffer, "PNG")
for _ in range(400):
    display(Shown(buffer.getvalue()))
