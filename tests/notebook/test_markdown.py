"""What students write into reflections: it reads the same and nothing in it acts."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbconvert.filters import markdown2html

from autograder.notebook.markdown import LONGEST_RUN, as_code, harmless

SHOWN = {
    "p",
    "a",
    "code",
    "pre",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "div",
    "span",
    "blockquote",
    "hr",
    "br",
    "del",
}
SHOWN |= {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}


class Page(HTMLParser):
    """What stands on a page: no tag that loads or runs anything, no link but to pages and mail."""

    def handle_starttag(self, tag, attrs):
        assert tag in SHOWN, tag
        for name, value in attrs:
            assert name in {"href", "class", "id", "title", "start", "align"} or (name, tag) == (
                "style",
                "td",
            ), name
            if name == "href":
                scheme, colon, _ = value.strip().lower().partition(":")
                assert not colon or scheme in {"http", "https", "mailto"} or not scheme.isalpha(), value


HOSTILE = [
    "<script>fetch('http://127.0.0.1')</script>",
    "text <img src=x onerror=alert(1)> text",
    "`<b>` and ``` <i> ``` <u>",
    "![tracker](http://127.0.0.1/x.png)",
    "!![the solution](1_convolve2d.ipynb)",
    "!!!![the solution](1_convolve2d.ipynb)",
    "![[x](y)](1_convolve2d.ipynb)",
    "![tracker][ref]\n\n[ref]: http://127.0.0.1/x.png",
    "!![tracker][ref]\n\n[ref]: 1_convolve2d.ipynb",
    "![x](attachment:x.png)",
    "[click](javascript:alert(1))",
    "[click](javascript\\:alert(1))",
    "[click](<\tjavascript\\:alert(1)>)",
    "[click](\n javascript\\:alert(1))",
    "[click](data\\:text/html,x)",
    "[click]\n\n[click]: javascript\\:alert(1)",
    "[click]\n\n[click]:\n<\tjavascript\\:alert(1)>",
    "[click](JaVaScRiPt&#58;alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](javascript&colon;alert(1))",
    "[click](java&Tab;script:alert(1))",
    "$\\href{javascript:alert(1)}{x}$",
    "<svg/onload=alert(1)>",
    "<!-- --><iframe src=//127.0.0.1>",
    "<http://127.0.0.1>",
    "<javascript:alert(1)>",
    "<style>*{display:none}</style>",
]
PARTS = [
    *HOSTILE,
    *"![]()<>&;:\\`$*_~|#- \t\n\"'",
    "](",
    "]:",
    "[x]",
    "javascript\\:",
    "\n\n",
    "http://a",
    "x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_students_markdown_renders_without_tags_pictures_or_scripts(text):
    Page().feed(markdown2html(harmless(text)))


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example("[<\t" + HOSTILE[9])
def test_nor_does_what_is_put_together_of_such_parts(text):
    once = harmless(text)
    assert harmless(once) == once
    assert as_code(as_code(once)) == as_code(once)
    Page().feed(markdown2html(once))
    Page().feed(markdown2html(as_code(once)))


@pytest.mark.parametrize(
    "formula",
    [
        "\\href{http://a}{x}",
        "\\\\style{background:url(http://a)}{x}",
        "\\mmlToken{mi}[style='background:url(http://a)']{x}",
        "\\bbox[background:url(http://a)]{x}",
        "\\require{html}\\class{a}{x}",
        "\\def\\frac{\\cssId{a}{x}}",
        "\\let\\frac\\href",
    ],
)
def test_a_formula_can_only_typeset(formula):
    import re

    left = set(re.findall(r"\\\\([A-Za-z]+)", harmless(f"${formula}$")))
    assert left <= {"frac"}


@pytest.mark.parametrize(
    "text",
    [
        "# Why\n\n- `a[0] < b[1]`, 3 < 4 and **5 > 2**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n$x^2$",
        "a[0](x, y), `d[1]: 3`, [page](https://numpy.org/a_(b)), [mail](mailto:a@example.org), wow! [1]",
        "$$\\sum_{i=0}^{k-1} \\frac{a_i}{2} \\cdot \\left\\lfloor \\frac{n - k}{s} \\right\\rfloor \\\\ x$$",
        "```python\nx = a[0]\n    y = {1: 2}\n```\n\n[docs]: https://numpy.org\n",
    ],
)
def test_ordinary_markdown_stays_as_it_was(text):
    assert harmless(text) == text


@pytest.mark.parametrize("blank", [" ", "\t", "\n"])
def test_a_run_of_blanks_is_cut_before_it_costs_time(blank):
    assert harmless(f"a{blank * 199_000}b") == f"a{blank * LONGEST_RUN}b"


@pytest.mark.parametrize("before", ["", "> ", "- ", "1. > ", "> > 10) "])
@pytest.mark.parametrize("fence", ["```", "~~~~~", "``` \t", "\t```"])
@pytest.mark.parametrize("language", ["ipython3", "mermaid", "perl x", "python-console", "Ipython3"])
def test_a_block_of_code_is_shown_whose_language_no_renderer_knows(before, fence, language):
    """Some languages take time in the square for their colours, and Mermaid draws."""
    once = harmless(f"{before}{fence}{language}\n{before}a = 1\n{before}```\n")
    assert harmless(once) == once
    page = markdown2html(once)
    assert "a = 1" in page
    assert "mermaid" not in page.lower().replace("```text mermaid", "")
    assert "<span class" not in page


@pytest.mark.parametrize("text", ["**a *b", "```\n# b\n```\nc", "````` x", "- a\n- b"])
def test_as_code_it_is_shown_letter_by_letter(text):
    page = markdown2html(as_code(text))
    assert page.count("<pre") == 1
    assert f"{text}\n</code>" in page
