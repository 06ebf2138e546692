"""`python -m reference.figures [FOLDER]` draws every figure of both lessons, by default into source/."""

from __future__ import annotations

import sys
from pathlib import Path

from reference.figures import animations, draw_all

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "source"

for path in draw_all(FOLDER / "conv2d" / "figures"):
    sys.stdout.write(f"{path} {path.stat().st_size:,} bytes\n")
for path in animations.draw_all(FOLDER / "conv_arithmetic" / "figures"):
    sys.stdout.write(f"{path} {path.stat().st_size:,} bytes\n")
