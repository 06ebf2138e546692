"""Attack: looks for the course secret, from which the inputs derive.
Wants: to know the inputs beforehand.
Honest mark: 8
"""

# %% convolve2d
import os

for path in ("CANARY/.convgrade-secret", "REPO/.convgrade-secret", "../../.convgrade-secret"):
    try:
        print(open(path).read())
    except OSError as fault:
        print(type(fault).__name__)
print({k: v for k, v in os.environ.items() if "SECRET" in k or "CONV" in k})


def convolve2d(image, kernel, stride=1, padding=0):
    pass
