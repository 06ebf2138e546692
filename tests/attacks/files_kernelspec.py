"""Attack: a kernel and a language of the student's choice.
Wants: a program of the student's choice, outside.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb["metadata"] = {
        "kernelspec": {"name": "evil", "display_name": "<script>", "language": "bash"},
        "language_info": {"name": "bash", "file_extension": ";x"},
    }
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
