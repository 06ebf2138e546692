"""Attack: folders without any permission, and the own folder taken away.
Wants: a clean-up that fails.
Honest mark: 22
"""

# %% own
import os

os.makedirs("a/b")
open("a/b/c", "w").close()
os.mkdir("locked", 0)
for path in ("a/b", "a", "."):
    try:
        os.chmod(path, 0)
    except OSError:
        pass
try:
    os.rename(os.getcwd(), os.getcwd() + "-moved")
except OSError:
    pass
