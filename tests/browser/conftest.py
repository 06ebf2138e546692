"""A folder of its own for each module, and a browser for each test."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from browsing import CHROMEDRIVER, CHROMIUM, browsing


def pytest_collection_modifyitems(items):
    missing = [
        name for name, path in (("chromium", CHROMIUM), ("chromedriver", CHROMEDRIVER)) if path is None
    ]
    reason = f"{' and '.join(missing)} not found (on Debian: apt-get install chromium chromium-driver)"
    for item in items:
        if missing and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="module")
def room():
    """A folder that is gone afterwards; its path is short, because sockets lie in it."""
    with tempfile.TemporaryDirectory(prefix="cg-") as folder:
        yield Path(folder)


@pytest.fixture
def browser():
    """Headless Chromium that knows nothing yet."""
    with tempfile.TemporaryDirectory(prefix="cg-") as home, browsing(Path(home)) as driver:
        yield driver
