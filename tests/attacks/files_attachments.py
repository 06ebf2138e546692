"""Attack: markdown with attachments that are pages and pictures with scripts.
Wants: a script in the TA's browser.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb["cells"].append(
        {
            "id": "m",
            "cell_type": "markdown",
            "metadata": {},
            "source": "![x](attachment:x.svg) [y](attachment:y.html)",
            "attachments": {
                "x.svg": {"image/svg+xml": "PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+"},
                "y.html": {"text/html": "PHNjcmlwdD4="},
            },
        }
    )
    nb["cells"].append(
        {
            "id": "r",
            "cell_type": "raw",
            "metadata": {"format": "text/html", "raw_mimetype": "text/html"},
            "source": "<script>alert(1)</script>",
        }
    )
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
