"""`make site`: both lessons as a static JupyterLite site; docs/jupyterlite.md says what to do with it.

Python itself, Pyodide, comes from its CDN, or from a folder: `lite.py OUT [FOLDER WITH PYODIDE]`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".venv-site"
PYODIDE = "0.27.7"  # with Python 3.12, NumPy 2.0 and Pillow 10.2
CORE = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
NEEDED = ("numpy", "pillow", "ipython", "jedi", "micropip", "sqlite3", "ssl")  # by lesson and by kernel
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"


def closure(packages: dict[str, dict]) -> list[str]:
    """Return the names of the needed packages and of all that they depend on."""
    found: set[str] = set()
    waiting = [*NEEDED]
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += packages[name]["depends"]
    return sorted(found)


def copy_pyodide(folder: Path, out: Path) -> None:
    """Copy what the lessons need of a Pyodide, and check each package against the sum in Pyodide's lock."""
    out.mkdir(parents=True)
    lock = json.loads((folder / "pyodide-lock.json").read_bytes())
    if lock["info"]["version"] != PYODIDE:
        sys.exit(f"{folder} has Pyodide {lock['info']['version']}, and the site needs {PYODIDE}.")
    lock["packages"] = {name: lock["packages"][name] for name in closure(lock["packages"])}
    files = {package["file_name"]: package["sha256"] for package in lock["packages"].values()}
    missing = [name for name in (*CORE, *files) if not (folder / name).is_file()]
    if missing:
        sys.exit(f"{folder} lacks {', '.join(missing)}.")
    for name in (*CORE, *files):
        content = (folder / name).read_bytes()
        if name in files and hashlib.sha256(content).hexdigest() != files[name]:
            sys.exit(f"{folder / name} is not the file of Pyodide {PYODIDE}: its sha256 differs.")
        (out / name).write_bytes(content)
    (out / "pyodide-lock.json").write_text(json.dumps(lock))


def configuration(*, local: bool) -> dict:
    """Return the site's settings: where Pyodide is, and that nothing is installed from elsewhere."""
    url = (
        "./static/pyodide/pyodide.js"
        if local
        else f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/pyodide.js"
    )
    options = {"packages": ["numpy", "pillow"]}  # the notebooks look whether they are installed
    kernel = {"pyodideUrl": url, "disablePyPIFallback": True, "loadPyodideOptions": options}
    page = {
        "appName": "Convolution",
        "exposeAppInBrowser": True,  # the test asks it whether the kernel is still busy
        "litePluginSettings": {KERNEL: kernel},
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": page}


def build(out: Path, pyodide: Path | None = None) -> None:
    """Build the site into `out`, which is replaced."""
    with tempfile.TemporaryDirectory(prefix="cg-") as name:
        room = Path(name)
        shutil.copytree(
            ROOT / "release", room / "lessons", ignore=shutil.ignore_patterns("requirements.txt", ".*")
        )
        (room / "jupyter-lite.json").write_text(json.dumps(configuration(local=pyodide is not None)))
        if pyodide:
            copy_pyodide(pyodide, room / "static" / "pyodide")
        [comm] = (TOOLS / "wheels").glob("comm-*.whl")  # the kernel installs it when it starts
        command = [TOOLS / "bin/jupyter", "lite", "build", "--apps=lab", "--contents=lessons"]
        command += [f"--piplite-wheels={comm}", "--output-dir=site", "--no-sourcemaps"]
        subprocess.run(command, cwd=room, check=True)
        shutil.rmtree(out, ignore_errors=True)
        shutil.move(room / "site", out)


if __name__ == "__main__":
    build(*(Path(each).resolve() for each in sys.argv[1:]))
    print(f"\nThe site is in {sys.argv[1]}. To see it: python3 -m http.server --directory {sys.argv[1]}")
