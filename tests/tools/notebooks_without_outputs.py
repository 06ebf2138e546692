"""Say which notebooks contain outputs or execution counts; a pre-commit hook runs this.

python tests/tools/notebooks_without_outputs.py NOTEBOOK [NOTEBOOK ...]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path


def executed_cells(notebook: Path) -> Iterator[str]:
    """Yield the ids of all cells with an output or an execution count."""
    for cell in json.loads(notebook.read_bytes())["cells"]:
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield cell.get("id", "a cell without an id")


def main() -> None:
    """Check the notebooks named on the command line; the exit code is 1 if one has outputs."""
    found = [
        f"{name}: {cell} has been executed" for name in sys.argv[1:] for cell in executed_cells(Path(name))
    ]
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
