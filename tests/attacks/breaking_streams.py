"""Attack: sys.stdout, stderr and stdin are None, closed, or objects that raise.
Wants: a kernel that cannot report.
Honest mark: 22
"""

# %% own
import sys, warnings


class Broken:
    def write(self, text):
        raise OSError("no")

    flush = isatty = write


sys.stdout = sys.stderr = Broken()
sys.__stdout__ = sys.__stderr__ = sys.stdin = None
warnings.showwarning = None
