"""Attack: empties the namespace, the builtins and IPython's own names after the last test.
Wants: a judge that finds nothing to put back, and calls it its own fault.
Honest mark: 22
"""

import json

from attacks import corpus
from pour import pour, released

CLEAR = """
import builtins

shell = get_ipython()
shell.user_ns.clear()
for name in list(vars(builtins)):
    if name not in ("vars", "list", "__import__", "delattr"):
        builtins.__dict__.pop(name)
"""


def make(folder):
    notebook = pour(released(corpus.ASSIGNMENT, corpus.NAME), corpus.EXEMPLAR)
    own = {"id": "end", "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].append(own | {"source": CLEAR})
    (folder / f"{corpus.NAME}.ipynb").write_text(json.dumps(notebook))
