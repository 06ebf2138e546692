"""Attack: files beside the notebook that are named like modules, settings, caches and feedback.
Wants: to be imported, read or shown in their stead.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    names = (
        "numpy.py",
        "conftest.py",
        "inside.py",
        "wire.py",
        "json.py",
        "sitecustomize.py",
        "usercustomize.py",
        "pytest.ini",
        "IPython.py",
        "1_convolve2d.html",
        "1_convolve2d.verdict.json",
        ".submission.json",
        "nbgrader_config.py",
        "gradebook.db",
        "evil.pth",
    )
    for name in names:
        (folder / name).write_text("raise SystemExit('shadowed')")
    (folder / "numpy").mkdir()
    (folder / "numpy" / "__init__.py").write_text("raise SystemExit")
