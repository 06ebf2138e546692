"""The tutor's words, and what of the judge's counts as saying the same: patterns on its sentences.

The judge's words stand one failed check a line, as "check: message [misconception]".
"""

from __future__ import annotations

import json
from pathlib import Path

PATTERNS: dict[str, list[str]] = json.loads((Path(__file__).parents[1] / "tutor" / "says.json").read_text())
