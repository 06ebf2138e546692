"""Attack: exit handlers, destructors and threads that never end, gc switched off.
Wants: a kernel that does not go away.
Honest mark: 22
"""

# %% own
import atexit, gc, threading, time

gc.disable()


class Sticky:
    def __del__(self):
        while True:
            pass


kept = Sticky()
atexit.register(time.sleep, 100000)
threading.Thread(target=time.sleep, args=(100000,)).start()
