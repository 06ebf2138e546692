"""Attack: Pillow's ImageFilter.Kernel, which the course does offer, does the work on bytes.
Wants: points for calling a library.
Honest mark: 8
"""

# %% convolve2d
from PIL import Image, ImageFilter


def convolve2d(image, kernel, stride=1, padding=0):
    weights = np.zeros((3, 3))
    weights[: kernel.shape[0], : kernel.shape[1]] = kernel[:3, :3]
    picture = Image.fromarray(np.clip(image, 0, 255).astype(np.uint8))
    return np.asarray(picture.filter(ImageFilter.Kernel((3, 3), weights.ravel().tolist(), scale=1))).astype(
        float
    )
