"""Attack: threads without end, each with the smallest stack there is.
Wants: all threads of the machine.
Honest mark: 22
"""

# %% own
import threading, time

threading.stack_size(1 << 15)
for _ in range(100000):
    try:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    except (RuntimeError, MemoryError):
        break
