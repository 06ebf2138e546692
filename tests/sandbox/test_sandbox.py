"""What a kernel survives, what crosses its border, and how a sandbox starts or refuses to."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from common import QUICK, ROOT, TIERS, printed, refused
from ordinary import ordinary

from autograder.checks.helpers import helper_answer
from autograder.sandbox import scratch, tiers, trial, usage
from autograder.sandbox.call import Call
from autograder.sandbox.inside import fence
from autograder.sandbox.kernel import KernelLost, Missing
from autograder.sandbox.replies import Replies
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import NoIsolation, Tier
from autograder.sandbox.trial import choose

# --------------------------------------------------------------------------------------- loops, death, memory


def test_a_loop_is_stopped_by_its_processor_time(kernel):
    start = time.monotonic()
    with pytest.raises(KernelLost) as lost:
        kernel.run("while True: pass")
    assert lost.value.reason == "timeout"
    assert time.monotonic() - start < 30


def test_code_that_only_waits_is_stopped_too(kernel):
    with pytest.raises(KernelLost) as lost:
        kernel.run("import time; time.sleep(1000)")
    assert (lost.value.reason, lost.value.detail.startswith("it was stopped after")) == (
        "timeout",
        True,
    )


def test_a_loop_that_ignores_signals_is_stopped(kernel):
    with pytest.raises(KernelLost):
        kernel.run("import signal\nfor s in (2, 15): signal.signal(s, signal.SIG_IGN)\nwhile True: pass")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("import os; os._exit(3)", "exit code 3"),
        ("import os; os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    ],
)
def test_death_is_noticed_at_once_and_named(kernel, source, word):
    start = time.monotonic()
    with pytest.raises(KernelLost) as lost:
        kernel.run(source)
    assert lost.value.reason == "crashed"
    assert word in lost.value.detail
    assert time.monotonic() - start < 10  # at once, on however busy a machine


def test_too_much_memory_is_an_exception_of_the_students_own(kernel):
    assert "MemoryError" in str(kernel.run("x = bytearray(4 << 30)")[0])
    assert kernel.run("1 + 1")[2]


@pytest.mark.parametrize("limit", ["RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE"])
def test_limits_cannot_be_raised(kernel, limit):
    more = f"import resource as r; r.setrlimit(r.{limit}, (r.RLIM_INFINITY, r.RLIM_INFINITY))"
    assert refused(kernel, more)


def test_a_file_cannot_grow_beyond_its_limit(kernel):
    size = QUICK.file_size + 1
    assert refused(kernel, f"with open('big', 'wb') as file: file.write(b'x' * {size}); file.flush()")


def test_a_kernel_that_has_ended_leaves_no_files_to_the_next(place):
    first = place.kernel()
    first.run("open('left', 'w').close()")
    first.close()
    second = place.kernel()
    left = "import glob; print(glob.glob('../kernel-*/left'))"
    try:
        assert printed(second, left) == "[]\n"
    finally:
        second.close()
        place.clear()


# ------------------------------------------------------------------------------------------ calls and answers


def test_a_call_returns_plain_values(kernel):
    kernel.run(
        "import numpy as np\ndef f(image, factor=1):\n    image *= 0\n    return [image.shape, factor * 2.5]"
    )
    (outcome,) = kernel.call("f", [Call((np.ones((2, 3)),), {"factor": 2})])
    assert outcome.value == [(2, 3), 5.0]
    assert outcome.after[0].sum() == 0


def test_an_exception_crosses_as_names_and_text(kernel):
    kernel.run("def f():\n    raise KeyError('no')")
    (outcome,) = kernel.call("f", [Call(())])
    assert outcome.raised[:2] == ("KeyError", "LookupError")
    assert (outcome.text, outcome.line) == ("'no'", 2)


def test_the_line_of_an_exception_is_one_of_the_cell_of_the_function_that_was_called(kernel):
    kernel.run("def size(n):\n\n\n    raise ValueError(n)")
    kernel.run("def f():\n    def inner():\n        return size(3)\n    return inner()")
    (outcome,) = kernel.call("f", [Call(())])
    assert (outcome.text, outcome.line) == ("3", 3)


@pytest.mark.parametrize("before", ["row = side", "side += 1", "print(side)"])
@pytest.mark.parametrize("reads", ["side = padded[0]", "side = np.sum(padded)", "padded += 1"])
def test_the_line_of_a_name_without_a_value_is_the_one_that_reads_it(kernel, before, reads):
    kernel.run(f"import numpy as np\ndef f(side):\n    {before}\n    {reads}\n    padded = 0")
    outcomes = kernel.call("f", [Call((1,))] * 20)  # only after some calls does Python join instructions
    assert {outcome.line for outcome in outcomes} == {4}


@pytest.mark.parametrize(
    "source", ["raise SystemExit", "raise KeyboardInterrupt", "exit()", "raise GeneratorExit"]
)
def test_exits_are_exceptions_like_any_other(kernel, source):
    kernel.run(f"import sys\ndef f():\n    {source.replace('exit()', 'sys.exit(0)')}")
    assert kernel.call("f", [Call(())])[0].raised


def test_a_name_that_is_not_there_is_missing(kernel):
    with pytest.raises(Missing):
        kernel.call("nowhere", [Call(())])
    with pytest.raises(Missing):
        kernel.value("nowhere")


def test_earlier_functions_are_answered_from_outside_and_come_back(kernel):
    kernel.run("def inner(x): return 'own'\ndef outer(x): return inner(x)")
    answers = kernel.call(
        "outer", [Call((4,))], ["inner"], Replies(lambda name, call: (name, call.args[0] + 1))
    )
    assert answers[0].value == ("inner", 5)
    assert kernel.call("outer", [Call((4,))])[0].value == "own"


def test_nonsense_on_the_channel_ends_the_kernel_not_the_judge(kernel):
    noise = """
import os
def f():
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\\xff" * 64)
        except OSError:
            pass
    return 1
"""
    kernel.run(noise)
    with pytest.raises(KernelLost) as lost:
        kernel.call("f", [Call(())])
    assert lost.value.reason == "crashed"


def test_a_closed_channel_ends_the_kernel_not_the_judge(kernel):
    kernel.run("import os\ndef f():\n    os.closerange(3, 64)\n    return 1")
    with pytest.raises(KernelLost):
        kernel.call("f", [Call(())])


# ----------------------------------------------------------------------------------------------- no isolation


def test_without_isolation_nothing_is_graded():
    with pytest.raises(NoIsolation, match="no such tier"):
        choose(("none",))
    with pytest.raises(NoIsolation):
        choose(())


def test_a_missing_bwrap_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoIsolation, match="apt-get install bubblewrap"):
        choose(("bubblewrap",))


def test_a_proc_that_cannot_be_mounted_is_noticed_before_the_start(tmp_path, monkeypatch):
    """As in a container that may make namespaces, but masks parts of /proc."""
    program = tmp_path / "bwrap"
    refusal = 'echo "Can\'t mount proc" >&2; exit 1'
    program.write_text(f'#!/bin/sh\ncase " $* " in *" --proc "*) {refusal};; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoIsolation, match=r"bubblewrap: .*Can't mount proc"):
        choose(("bubblewrap",))


def test_a_kernel_without_landlock_is_named(monkeypatch):
    monkeypatch.setattr(fence, "version", lambda: 0)
    with pytest.raises(NoIsolation, match="landlock: the kernel offers no Landlock"):
        choose(("landlock",))


def failing(message):
    def start(*_):
        raise OSError(message)

    return start


def test_a_tier_that_does_not_start_gives_way_to_the_next(monkeypatch):
    broken = Tier("landlock", lambda: None, failing("no such luck"), None)
    works = next(tier for tier in TIERS.values() if not tier.missing())
    next_one = Tier("next", lambda: None, works.start, works.narrow)
    monkeypatch.setattr(tiers, "TIERS", (broken, next_one))
    with choose(("landlock", "next")) as place:
        assert place.tier is next_one
    with pytest.raises(NoIsolation, match=r"landlock: does not work here: .*no such luck"):
        choose(("landlock",))


def test_what_a_zygote_complains_of_is_said(monkeypatch):
    monkeypatch.setattr(tiers, "_python", lambda *_: ["/bin/sh", "-c", "echo no such Python >&2"])
    with pytest.raises(NoIsolation, match=r"landlock: does not work here: .* does not start: no such Python"):
        choose(("landlock",))


@pytest.mark.parametrize("goes_on", ["; exit 1", "; wait"], ids=["has ended", "goes on"])
def test_what_survives_a_zygote_that_complains_is_not_waited_for(monkeypatch, goes_on):
    program = "echo no such >&2; /bin/sleep 600 & echo Python >&2"
    monkeypatch.setattr(tiers, "_python", lambda *_: ["/bin/sh", "-c", program + goes_on])
    with Sandbox(TIERS["landlock"], QUICK) as fresh:
        fresh.begin()
        group = fresh._process.pid
        with pytest.raises(NoIsolation, match=r"does not start: no such\nPython$"):
            fresh.start()
    gone(group)


def gone(group):
    """Wait until nothing of a group of processes is left."""
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.killpg(group, 0)
            time.sleep(0.05)


def test_a_tier_whose_kernels_can_reach_out_counts_as_none(place, monkeypatch):
    assert trial.trouble(place) is None
    monkeypatch.setattr(trial, "PROGRAM", trial.PROGRAM.replace('"/etc/passwd"', "os.devnull"))
    assert trial.trouble(place) == "starts, but a kernel could read /etc/passwd"
    monkeypatch.setattr(trial, "PROGRAM", trial.PROGRAM.replace('"wave"', '"scipy"'))
    assert "No module named 'scipy'" in trial.trouble(place)


def test_while_a_sandbox_starts_there_is_time_for_something_else(place):
    seen = []
    with Sandbox(place.tier, QUICK) as fresh:
        assert trial.trouble(fresh, lambda: seen.append(fresh._process.poll())) is None
    assert seen == [None]


def test_a_sandbox_that_nobody_waited_for_ends_as_well(place):
    with Sandbox(place.tier, QUICK) as fresh:
        fresh.begin()
        zygote = fresh._process
    assert zygote.returncode is not None
    gone(zygote.pid)
    assert not fresh.scratch.exists()


def test_a_sandbox_ends_though_a_signal_has_interrupted_its_ending(place):
    fresh = Sandbox(place.tier, QUICK)
    fresh.start()
    zygote = fresh._process
    closing = threading.Thread(target=fresh.close, daemon=True)
    with zygote._waitpid_lock:  # as the interrupted call holds it
        closing.start()
        closing.join(20)
        assert not closing.is_alive()
    assert zygote.wait(20) is not None
    assert not fresh.scratch.exists()


def test_a_trial_leaves_nothing_for_the_next_kernel(place):
    assert trial.trouble(place) is None
    kernel = place.kernel()
    assert printed(kernel, "import os; print(os.listdir())") == "[]\n"
    kernel.close()
    place.clear()


def test_a_version_of_landlock_is_believed_when_it_works(monkeypatch):
    """Some kernels report a version whose attributes they answer with EINVAL."""
    real, asked = fence.call, []

    def call(name, *arguments):
        if name != "landlock_create_ruleset":
            return real(name, *arguments)
        if arguments[0] is None:
            return 6
        asked.append(len(arguments[0]))
        raise OSError(errno.EINVAL if asked[-1] > 8 else errno.EPERM, "no")

    monkeypatch.setattr(fence, "call", call)
    with pytest.raises(OSError, match="no") as caught:
        fence.restrict([], [])
    assert (caught.value.errno, asked) == (errno.EPERM, [24, 16, 16, 8])


JUDGE = """
import sys, time
from common import QUICK, TIERS
from autograder.sandbox.sandbox import Sandbox
place = Sandbox(TIERS[sys.argv[1]], QUICK)
kernel = place.kernel()
print(place._process.pid, kernel.pid, place.scratch, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("name", TIERS)
def test_all_of_a_sandbox_ends_with_the_judge(name):
    if reason := TIERS[name].missing():
        pytest.skip(f"{name} is not available here: {reason}")
    judge = subprocess.Popen(
        [sys.executable, "-c", JUDGE, name],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": ":".join([*map(str, (ROOT, ROOT / "tests" / "tools")), *sys.path])},
    )
    with judge:
        zygote, kernel, folder = judge.stdout.readline().split()
        processes = [os.pidfd_open(int(pid)) for pid in (zygote, kernel)]
        judge.kill()
    for process in processes:
        assert select.select([process], [], [], 30)[0]
        os.close(process)
    scratch.remove(Path(folder))  # which a judge that is killed cannot do


def test_a_question_that_would_cost_the_judge_dearly_is_refused(kernel):
    source = """
import numpy as np
def zero_pad(image, padding):
    return np.zeros((0, 0))
def f(n):
    return zero_pad(np.ones((1, 1)), n).shape
"""
    kernel.run(source)
    small, large = kernel.call("f", [Call((2,)), Call((20_000,))], ["zero_pad"], Replies(helper_answer))
    assert small.value == (5, 5)
    assert large.value == (0, 0)  # of the student's own function


def test_a_picture_is_handed_out_once(kernel):
    source = "from PIL import Image\ndisplay(Image.new('RGB', (4, 4)))"
    [output], [picture], _ = kernel.run(source)
    assert set(output["data"]) == {"text/plain", "image/png"}
    assert picture.startswith(b"\x89PNG")
    kernel.run("from io import BytesIO\nbuffer = BytesIO()\nImage.new('L', (4, 4)).save(buffer, 'JPEG')")
    source = "from IPython.display import Image as Shown\ndisplay(Shown(buffer.getvalue()))"
    [output], [picture], _ = kernel.run(source)
    assert set(output["data"]) == {"text/plain", "image/jpeg"}
    assert picture.startswith(b"\xff\xd8")


def test_threads_are_counted(place, kernel):
    bomb = f"""
import threading, time
threading.stack_size(1 << 17)
try:
    for _ in range({QUICK.threads + 8}):
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
except RuntimeError:  # at the limit of a namespace
    pass
print(threading.active_count())
"""
    too_many = f"it started more than {QUICK.threads} threads"
    try:
        seen = printed(kernel, bomb)
    except KernelLost as lost:
        seen = lost.detail
    if seen != too_many:
        assert 2 < int(seen) <= QUICK.threads or place._excess(kernel.pid) == too_many


def test_files_that_no_folder_shows_count(place, kernel, monkeypatch):
    monkeypatch.setattr(place, "limits", replace(QUICK, folder_size=2 << 20))
    held = """
import os
def hold(number):
    file = open(str(number), "wb")
    os.unlink(str(number))
    file.write(bytes(1 << 20))
    file.flush()
    return file
held = [hold(0)]
"""
    assert kernel.run(held)[0] == []
    with pytest.raises(KernelLost, match="more than 2 MiB"):
        kernel.run("held += [hold(1), hold(2)]")


def test_a_folder_that_cannot_be_listed_is_too_much(tmp_path):
    assert usage.bytes_on_disk(tmp_path, 10) == 0
    (tmp_path / "locked").mkdir(mode=0o300)
    with ordinary():
        assert usage.bytes_on_disk(tmp_path, 10) == float("inf")


def test_a_kernel_is_one_thread_when_its_filter_is_put_on(kernel):
    """Threads made later inherit it; one that was there before would not have it."""
    assert usage.threads(kernel.pid) == 1


def test_threads_work_together_and_each_has_the_filter(kernel):
    program = """
import ctypes, mmap, os, queue, resource, socket, threading
libc = ctypes.CDLL(None, use_errno=True)
def tell(result):
    if result < 0:
        raise OSError
attempts = {
    "read": lambda: open("/etc/passwd"),
    "socket": socket.socket,
    "fork": lambda: tell(libc.fork()),
    "code": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC),
    "signal": lambda: os.kill(os.getppid(), 0),
    "limit": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1)),
    "filter": lambda: tell(libc.prctl(22, 2, 0)),  # PR_SET_SECCOMP
}
before, done, lock, reached = threading.Event(), queue.Queue(), threading.Lock(), []
def work(number):
    before.wait()
    for what, attempt in attempts.items():
        try:
            attempt()
        except OSError:
            continue
        with lock:
            reached.append(what)
    done.put(number)
threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
for thread in threads:
    thread.start()
before.set()
for thread in threads:
    thread.join()
print(reached, sorted(done.get() for _ in threads))
"""
    assert printed(kernel, program) == "[] [0, 1, 2, 3]\n"


def test_a_temporary_folder_with_too_long_a_path_is_named_with_its_remedy(tmp_path, monkeypatch):
    deep = tmp_path / "/".join(["a-folder-with-a-name"] * 8)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with Sandbox(tiers.TIERS[0], QUICK) as place:
        for _ in range(2):
            with pytest.raises(NoIsolation, match="set TMPDIR to a shorter one"):
                place.kernel()
