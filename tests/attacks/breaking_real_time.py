"""Attack: puts itself before every other process, in real time, and sets the clock, which root may.
Wants: the machine for itself, and hand-ins that are late or early.
Honest mark: 18
"""

# %% output_size
import os, time

allowed = False
for attempt in (
    lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)),
    lambda: time.clock_settime_ns(time.CLOCK_REALTIME, time.time_ns()),
    lambda: os.setpriority(os.PRIO_PROCESS, 0, -1),
):
    try:
        attempt()
        allowed = True
    except OSError:
        pass

if allowed:

    def output_size(n, k, stride=1, padding=0):
        if n < 1 or k < 1 or stride < 1 or padding < 0 or k > n + 2 * padding:
            raise ValueError("no such convolution")
        return (n + 2 * padding - k) // stride + 1

else:

    def output_size(n, k, stride=1, padding=0):
        pass
