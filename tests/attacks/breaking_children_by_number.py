"""Attack: processes without `os.fork`: by the C library, by number, by a pseudo-terminal, by workers of a pool.
Wants: a second process, which no clock of the judge's runs for.
Honest mark: 22
"""

# %% own
import ctypes, multiprocessing, os, platform, pty, signal, subprocess, time

libc = ctypes.CDLL(None, use_errno=True)
clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
CLONE_VM, CLONE_PARENT, CLONE_THREAD, CLONE_SIGHAND = 0x100, 0x8000, 0x10000, 0x800
arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, signal.SIGCHLD)


def daemon():
    os.setsid()
    while True:
        time.sleep(600)


for start in (
    libc.fork,
    lambda: libc.syscall(clone, signal.SIGCHLD, 0, 0, 0, 0),
    lambda: libc.syscall(clone, CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0),
    lambda: libc.syscall(clone, CLONE_THREAD | signal.SIGCHLD, 0, 0, 0, 0),  # without shared memory: no thread
    lambda: libc.syscall(435, arguments, ctypes.sizeof(arguments)),  # clone3
    lambda: pty.fork()[0],
    os.fork,
    os.forkpty,
):
    try:
        if start() == 0:
            daemon()
    except OSError:
        pass
for method in ("fork", "forkserver", "spawn"):
    try:
        multiprocessing.get_context(method).Process(target=daemon, daemon=False).start()
    except (OSError, RuntimeError, EOFError):
        pass
for program in (["/bin/sleep", "600"], ["/proc/self/exe", "-S", "-c", "import time; time.sleep(600)"]):
    try:
        subprocess.Popen(program, start_new_session=True)
    except OSError:
        pass
    try:
        os.posix_spawn(program[0], program, {})
    except OSError:
        pass
