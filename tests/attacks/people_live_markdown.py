"""Attack: pictures, links and styles in a reflection, written so that one pass of cleaning leaves them.
Wants: the solved notebook in the page, the marker's session, a page that never gets done.
Honest mark: 22
"""

# %% reflect_smaller
!![x](1_convolve2d.ipynb) !!![x][y] [z](javascript\:alert(1)) [z](<	javascript\:alert(1)>)

$\\style{background:url(http://127.0.0.1/s)}{x}$

[y]: 1_convolve2d.ipynb
