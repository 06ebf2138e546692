"""Attack: code that is slow to colour, and a block of code in Markdown that names the language to colour it by.
Wants: a page that never gets done, in feedback and in formgrader, and none for whoever comes next.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples

BLANKS = "a\n" + " \n" * 9_000 + "b"
SLOW = (BLANKS, "a." * 9_000, "b = 1\n" * 30_000)


def make(folder):
    nb = pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))
    texts = [*(f"'''{text}'''" for text in SLOW), *SLOW[:1]]
    nb["cells"] += [
        {"cell_type": "code", "metadata": {"magics_language": "ipython3"}, "source": text} for text in texts
    ]
    nb["cells"].append({"cell_type": "markdown", "metadata": {}, "source": f"```ipython3\n{BLANKS}\n```"})
    nb["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "> ~~~mermaid\n> graph TD;\n> ~~~"})
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
