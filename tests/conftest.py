"""Fixtures shared by the tests: sandboxes of both tiers, judged samples, a course folder."""

from __future__ import annotations

import shutil
import signal

import pytest
from common import QUICK, ROOT, TIERS
from hypothesis import HealthCheck, settings

from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.trial import choose

settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

LONG = ("test_accidents", "test_wheel", "test_grade", "test_nbgrader", "test_hand_in")
"""Modules of a minute or so, begun first: no process of `make test` is left alone with one at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.stem not in LONG)


@pytest.fixture(scope="session", params=list(TIERS))
def place(request):
    """A running sandbox of each tier; a tier this machine lacks is said, not passed over silently."""
    tier = TIERS[request.param]
    if reason := tier.missing():
        pytest.skip(f"{tier.name} is not available here: {reason}")
    with Sandbox(tier, QUICK) as running:
        yield running


@pytest.fixture(scope="session")
def best_place():
    """A running sandbox of the preferred tier."""
    with choose(limits=QUICK) as running:
        yield running


@pytest.fixture
def kernel(place):
    """A fresh kernel in each tier's sandbox, forked by one zygote, also where a submission gets its own."""
    fresh = place.kernel()
    yield fresh
    fresh.close()


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course folder with the sources of this repository."""
    root = tmp_path_factory.mktemp("course")
    limits = (
        f"c.ConvGrade.call_seconds = {QUICK.call_seconds}\nc.ConvGrade.cell_seconds = {QUICK.cell_seconds}\n"
    )
    waiting = f"c.ConvGrade.waiting_factor = {QUICK.waiting_factor}\n"
    config = (ROOT / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(config + limits + waiting)
    shutil.copytree(ROOT / "source", root / "source")
    shutil.copytree(ROOT / "release", root / "release")
    return root


@pytest.fixture
def interruptible():
    """An interrupt that does what Ctrl-C does, also where a shell has it ignored: behind `&` in a script."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
