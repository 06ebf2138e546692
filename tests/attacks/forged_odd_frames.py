"""Attack: answers whose parts are of the wrong kind at every level, one after the other.
Wants: an exception in the judge that nobody catches.
Honest mark: 0
"""

# %% own
import itertools, json, os, struct

ODD = [
    None,
    7,
    -1,
    "x",
    [],
    {},
    [[]],
    {"array": 5},
    {"array": [["<f8"], [1], 0]},
    {"array": ["<f8", [True], 0]},
    {"array": ["<f8", [-1], 0]},
    {"array": ["<f8", [1], "0"]},
    {"array": ["O", [1], 0]},
    {"tuple": 7},
    {"other": {}},
    {"array": ["<f8", [], 0], "scalar": True},
    {"array": ["<f8", [0] * 40, 0]},
    1e999,
    10**400,
    "\ud800",
    {"tuple": [[[[[[[[1]]]]]]]]},
]


def frames():
    for odd in ODD:
        for message in (
            {"op": "answered", "outcomes": odd},
            {"op": odd},
            {"op": "answered", "outcomes": [odd]},
            {"op": "answered", "outcomes": [{"raised": odd, "text": odd, "line": odd, "warnings": odd}]},
            {"op": "ask", "name": odd},
            {"op": "ask", "name": "output_size"},
            odd,
        ):
            for values in (odd, [odd], [[odd, odd]], [[None, []]]):
                yield json.dumps({"message": message, "values": values}).encode()


source = frames()
for _ in range(int.from_bytes(os.urandom(2)) % 2000):
    next(source)


def send():
    header = next(source)
    for descriptor in range(3, 16):
        try:
            os.write(descriptor, struct.pack(">II", len(header), 0) + header)
        except OSError:
            pass


# %% output_size
def output_size(n, k, stride=1, padding=0):
    send()


# %% zero_pad
def zero_pad(image, padding):
    send()


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    send()
