"""Attack: the namespace is a name for something else: np, the functions, builtins deleted.
Wants: an exception outside the student's code.
Honest mark: 22
"""

# %% own
import builtins

for name in ("dict", "zip", "isinstance", "BaseException", "len", "print", "__build_class__"):
    delattr(builtins, name)
