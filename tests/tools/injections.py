"""A submission full of scripts and requests, wherever a student may write."""

from __future__ import annotations

import json

from pour import pour, released, sections

ASSIGNMENT, NAME = "conv2d", "1_convolve2d"
EXEMPLAR = sections(ASSIGNMENT, "student-01")
SCRIPT = "document.title='INJECTED';new Image().src='URL/script'"
MARKDOWN = [
    "<script>SCRIPT</script>",
    '<img src=x onerror="SCRIPT"> <img src="URL/img">',
    '<svg onload="SCRIPT"><image href="URL/svg"/></svg>',
    '<iframe srcdoc="<script>parent.SCRIPT</script>" src="URL/iframe"></iframe>',
    "![x](URL/markdown-image.png) [x](javascript:SCRIPT)",
    "!![x](URL/second-mark.png) !![x](1_convolve2d.ipynb) !![x][x]\n\n[x]: URL/by-reference.png",
    "[x](javascript\\:SCRIPT) [x](<\tjavascript\\:SCRIPT>) [y][y]\n\n[y]: javascript\\:SCRIPT",
    "$\\\\style{background:url(URL/s)}{x} \\bbox[background:url(URL/b)]{x} \\\\href{javascript:SCRIPT}{x}$",
    "$\\href{javascript:SCRIPT}{x}$ $\\unicode{<img src=URL/mathjax>}$",
    "$$\\require{html}\\style{background:url(URL/m)}{x}$$",
    '<meta http-equiv="refresh" content="0;url=URL/refresh"> <base href="URL/">',
    '<link rel="stylesheet" href="URL/css"> <style>@import "URL/i"; body{background:url(URL/b)}</style>',
    '<object data="URL/object"></object> <embed src="URL/embed"> <video src="URL/video" autoplay></video>',
    "&lt;script&gt;SCRIPT&lt;/script&gt; &#60;img src=URL/entity onerror=SCRIPT&#62;",
    "`code` ```\n<script>SCRIPT</script>\n``` <details open ontoggle=SCRIPT><b>x</b></details>",
    '<a href="URL/ping" ping="URL/p">x</a> <form action="URL/form"><input onfocus="SCRIPT"></form>',
    "]]><![CDATA[<script>SCRIPT</script>]]> <!--><script>SCRIPT</script>-->",
]
CODE = [
    "from IPython.display import *\ndisplay(HTML('''<script>SCRIPT</script><img src=URL/html>'''))",
    "display(Javascript('''SCRIPT'''))",
    "display(SVG('''<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"SCRIPT\"/>'''))",
    "display({'text/html': '''<script>SCRIPT</script>''', 'text/markdown': '<img src=URL/md>'}, raw=True)",
    "print('''</pre><script>SCRIPT</script><img src=URL/print>''')",
    "raise type('<script>SCRIPT</script>', (Exception,), {})('''<img src=URL/error onerror=SCRIPT>''')",
    "# </pre></div><script>SCRIPT</script><img src=URL/source>\n'''<img src=URL/repr>'''",
]
FUNCTION = """class Evil(Exception): pass
Evil.__name__ = '''<script>SCRIPT</script>'''
def convolve2d(image, kernel, stride=1, padding=0):
    raise Evil('''</td></table><img src="URL/card" onerror="SCRIPT">''')
"""


def submission(url: str) -> str:
    """Return the text of a notebook full of injections that would run SCRIPT and ask `url` for something."""

    def armed(text: str) -> str:
        return text.replace("SCRIPT", SCRIPT).replace("URL", url)

    nb = pour(released(ASSIGNMENT, NAME), EXEMPLAR | {"convolve2d": armed(FUNCTION)})
    own = [{"cell_type": "markdown", "source": armed(text)} for text in MARKDOWN]
    own += [{"cell_type": "raw", "source": armed(MARKDOWN[0])}]
    own += [
        {"cell_type": "code", "source": armed(text), "outputs": [], "execution_count": None} for text in CODE
    ]
    for cell in nb["cells"]:
        if cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = armed("\n\n".join(MARKDOWN))
    nb["cells"] += [cell | {"id": f"evil-{number}", "metadata": {}} for number, cell in enumerate(own)]
    nb["metadata"]["title"] = armed("</title><script>SCRIPT</script>")
    return json.dumps(nb)
