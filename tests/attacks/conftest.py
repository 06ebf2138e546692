"""All attacks once in each place, two places side by side; a table at the end of the run."""

from __future__ import annotations

import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from attacks import corpus
from common import PLACES, TIERS

from autograder.course.settings import Settings
from autograder.sandbox import scratch


def _wanted(items):
    """Return the attacks that were chosen, by place; one whose tier this machine lacks is left out."""
    wanted: dict[str, list[corpus.Attack]] = {}
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if "attack" in parameters and not TIERS[PLACES[parameters["place"]][0]].missing():
            wanted.setdefault(parameters["place"], []).append(parameters["attack"])
    return wanted


@pytest.fixture(scope="session")
def grading(request):
    """What came of an attack in a place, by both names; graded in the background, in order."""
    wanted = _wanted(request.session.items)
    root = Path(tempfile.mkdtemp(prefix="cg-"))
    judges = {}
    for number, (place, todo) in enumerate(wanted.items()):
        (root / str(number)).mkdir()
        judges[place] = judge = corpus.Judge(place, root / str(number), Settings)
        for attack in todo:
            attack.hand_in(judge.folder(attack), judge.canary, judge.worker.pid or 0)
    found: dict[tuple[str, str], Future[corpus.Result]] = {}
    pools = [ThreadPoolExecutor(1) for _ in range(2)]
    for number, (place, judge) in enumerate(judges.items()):
        pool = pools[number % len(pools)]
        pool.submit(judge.warm_up)
        for attack in wanted[place]:
            found[attack.name, place] = pool.submit(judge.attack, attack)
        found["", place] = pool.submit(judge.honest)
    try:
        yield found
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)
        for judge in judges.values():
            judge.worker.close()
        corpus.REMAINS.extend(str(path) for judge in judges.values() for path in judge.base.iterdir())
        scratch.remove(root)  # some folders are locked on purpose
        assert not root.exists()


def pytest_terminal_summary(terminalreporter):
    """Write per family: attacks, runs, and what went wrong."""
    if not corpus.RESULTS:
        return
    write = terminalreporter.write_line
    columns = ("attacks", "runs", "above", "changes", "left over", "lost rows", "slowest", "memory")
    terminalreporter.section("attacks")
    write(f"{'family':<22}" + "".join(f"{name:>11}" for name in columns))
    total = [0] * 5
    for family, title in corpus.FAMILIES.items():
        results = [result for result in corpus.RESULTS if result.attack.family == family]
        if not results:
            continue
        row = [
            len({result.attack.name for result in results}),
            sum(
                result.verdict is not None and result.verdict.score > result.attack.honest
                for result in results
            ),
            sum(len(result.changes) for result in results),
            sum(len(result.left) for result in results),
            sum(result.verdict is None for result in results),
        ]
        total = [a + b for a, b in zip(total, row, strict=True)]
        cells = [row[0], len(results), *row[1:], f"{max(r.seconds for r in results):.1f} s"]
        cells.append(f"{max(r.memory for r in results) >> 10} MiB")
        write(f"{title:<22}" + "".join(f"{cell:>11}" for cell in cells))
    write(
        f"attacks: {total[0]}, above the honest mark: {total[1]}, changes outside: {total[2]}, "
        f"left-over processes: {total[3]}, lost rows: {total[4]}"
    )
