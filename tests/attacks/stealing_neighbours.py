"""Attack: looks into the folders of other kernels and of earlier submissions.
Wants: what the student before left there.
Honest mark: 8
"""

# %% convolve2d
import glob, os

here = os.getcwd()
for number in range(200):
    for name in (f"../kernel-{number}/1_convolve2d.ipynb", f"../kernel-{number}"):
        if os.path.realpath(name) != here:
            try:
                print(os.listdir(name), open(name).read())
            except OSError:
                pass
for folder in ("/tmp", "/dev/shm", "/var/tmp", "/home", "/root", ".."):
    try:
        print(folder, [x for x in os.listdir(folder) if "kernel-" not in x][:3])
    except OSError:
        pass


def convolve2d(image, kernel, stride=1, padding=0):
    pass
