"""Attack: changes clocks, timers and the time that Python tells.
Wants: limits measured with the student's clock.
Honest mark: 8
"""

# %% convolve2d
import ctypes, signal, time

time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0
for clock in (0, 1, 2, 7):
    try:
        time.clock_settime(clock, 0)
    except OSError:
        pass
signal.setitimer(signal.ITIMER_REAL, 0.001)


def convolve2d(image, kernel, stride=1, padding=0):
    while True:
        pass
