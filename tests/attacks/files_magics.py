"""Attack: magics and commands in cells: bash, sh, rm, run, load_ext, writefile, system.
Wants: a shell.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for number, text in enumerate(
        (
            "%%bash\nrm -rf CANARY",
            "!rm -rf CANARY/*",
            "%run CANARY/evil.py",
            "%load_ext evil",
            "%%writefile CANARY/evil.py\nx",
            "%cd CANARY",
            "%system rm CANARY/gradebook.db",
            "%%perl\nunlink 1",
            "%%script sh\nrm CANARY/gradebook.db",
            "%edit CANARY/gradebook.db",
            "%store x",
            "%history -f CANARY/home/x",
            "%logstart CANARY/home/log",
            "%%capture\n!touch CANARY/x",
            "%pip install scipy",
        )
    ):
        nb["cells"].append(
            {
                "id": f"m{number}",
                "cell_type": "code",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": text,
            }
        )
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
