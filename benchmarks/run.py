"""`make bench`: every benchmark in one go; writes `benchmarks/results.json` and docs/benchmarks.md.

python benchmarks/run.py [--rounds N] [--sizes N ...]
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import tempfile
from importlib.metadata import version
from pathlib import Path

import judge
import peers
import scale
import stages

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
MANY = 100  # submissions of three notebooks
BLOCK = re.compile(r"(<!-- bench -->\n).*?(<!-- end of bench -->)", re.DOTALL)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="of the comparison; the medians count")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000], help="of classes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="convgrade-bench-") as folder:
        scratch = Path(folder)
        print(f"{peers.STUDENTS} submissions of {peers.ASSIGNMENT}, {chosen.rounds} rounds", flush=True)
        seconds = peers.measure(scratch, chosen.rounds)
        print(f"{MANY} submissions", flush=True)
        many = peers.slope(scratch, MANY, seconds[peers.STOCK])
        print("classes of", *chosen.sizes, flush=True)
        sizes = scale.sizes(scratch, chosen.sizes)
        judges = scale.judges(scratch)
        spent = stages.measure(scratch / "stages")
    results = {
        "rounds": chosen.rounds,
        "machine": f"convgrade {version('convgrade')} on {platform.processor() or platform.machine()}, "
        f"{judge.os.cpu_count()} cores, "
        f"Python {platform.python_version()}, nbgrader {version('nbgrader')}",
        "seconds": seconds,
        "throughput": throughput(seconds),
        "seconds_of_many": many,
        "sizes": {n: vars(run) | {"seconds_per_submission": run.seconds / n} for n, run in sizes.items()},
        "judging_alone": judges,
        "stages_milliseconds_a_notebook": spent,
        "judge": judge.measure(),
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    table = described(results)
    print(table)
    text = PAGE.read_text()
    PAGE.write_text(BLOCK.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text))


def throughput(seconds: dict[str, float]) -> dict[str, float]:
    """Submissions per second relative to the other graders, by stable names."""
    ours = {
        "autograde_serial": "nbgrader autograde",
        "convgrade_jobs1": "convgrade grade --jobs 1",
        "convgrade_jobs2": "convgrade grade --jobs 2",
    }
    theirs = {
        "stock_nbgrader": peers.STOCK,
        "otter": peers.OTTER,
    }
    return {
        f"{our}_over_{their}": seconds[their_name] / seconds[our_name]
        for our, our_name in ours.items()
        for their, their_name in theirs.items()
    }


def described(results: dict) -> str:
    """The tables for people."""
    seconds = results["seconds"]
    slowest = seconds[peers.STOCK]
    lines = [
        (
            f"{results['machine']}; the comparison is the median of {results['rounds']} rounds"
            f" (otter run: {peers.OTTERS_SHARE} times one round of an eighth)."
        ),
        "",
        f"| {peers.STUDENTS} submissions of three notebooks | seconds | a minute | against stock |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {took:.1f} | {60 * peers.STUDENTS / took:.0f} | {slowest / took:.2f} |"
        for name, took in seconds.items()
    ]
    (_, one_judge), (ours, took) = list(results["seconds_of_many"].items())[-2:]
    stock = results["seconds_of_many"][peers.STOCK]
    by_slope = f"by its seconds for {peers.STUDENTS // 4} and for {peers.STUDENTS}"
    gains = (
        f"{stock / took:.2f} times as fast as stock nbgrader ({by_slope})"
        f" and {one_judge / took:.2f} times as fast as with one judge"
    )
    lines += ["", f"{MANY} submissions: {ours} took {took:.1f} s, {gains}."]
    lines += ["", "| class (one notebook, two judges) | seconds | a submission | memory of the recorder |"]
    lines += ["|---|---:|---:|---:|"]
    lines += [
        f"| {n} | {run['seconds']:.1f} | {run['seconds_per_submission']:.3f} s | {run['megabytes']:.0f} MB |"
        for n, run in results["sizes"].items()
    ]
    gain = {name: f"{took[1] / took[2]:.2f} times as fast" for name, took in results["judging_alone"].items()}
    second = (
        f"a second judge on the second core is {gain['jobs']}, a second Dask worker {gain['dask_workers']}"
    )
    lines += ["", f"Judging alone (`--dry-run`), {second}."]
    lines += ["", "| stage (one judge, three notebooks of a class of 24) | ms a notebook |", "|---|---:|"]
    lines += [
        f"| {stage} | {spent:.1f} |" for stage, spent in results["stages_milliseconds_a_notebook"].items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
