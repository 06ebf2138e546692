"""Markdown of students made harmless: words, lists, tables, code and formulas; nothing that acts.

What may stay is listed, not what may not, because renderers differ: what the list does not know is
written so that it reads the same and means nothing.
"""

from __future__ import annotations

import re

from autograder.notebook.outputs import clean

LONGEST = 20_000  # characters that are rendered; some patterns take a renderer time in the square of them
LONGEST_RUN = 100  # spaces, tabs or empty lines in a row

_LINKS = r"https?://|mailto:|\#"
_NO_TARGET = re.compile(rf"\](?=\()(?!\(\s*(?:{_LINKS}|[^:<\n]{{0,200}}\)))", re.IGNORECASE)
_NO_DEFINITION = re.compile(rf"\]:(?!\s*(?:{_LINKS}|\w[^\s:]*(?:\s|$)))", re.IGNORECASE)
_SCHEME = re.compile(r"\b(javascript|vbscript|data|file)[\t\n]*:", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"^([^A-Za-z\n`~]*)(`{3,}+|~{3,}+)[ \t]*(?!(?:python3?|py|text)(?:[ \t]|$))(?=[^\s`][^`\n]*$)",
    re.MULTILINE,
)
_MACRO = re.compile(r"\\([A-Za-z]+)")
_TICKS = re.compile(r"`{3,}")
_BLOCK = re.compile(r"(`{3,})\n(.*)\n\1", re.DOTALL)

# Of TeX: what only typesets. Others load extensions, define macros, or put styles and links on a page.
_TYPESETTING = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi
    rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma
    Upsilon Phi Psi Omega frac dfrac tfrac cfrac binom dbinom tbinom sqrt root of over choose overline
    underline overbrace underbrace overset underset stackrel substack atop sum prod int iint iiint oint
    bigcup bigcap bigvee bigwedge bigoplus bigotimes limits nolimits lim limsup liminf max min sup inf arg
    det dim exp ln log lg sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth deg gcd hom ker
    mod bmod pmod operatorname cdot cdots ldots dots dotsc dotsb vdots ddots times div ast star circ
    bullet pm mp oplus ominus otimes odot cap cup setminus wedge vee land lor lnot neg not le leq leqslant
    ge geq geqslant lt gt ll gg ne neq eq equiv approx sim simeq cong propto in notin ni subset subseteq
    supset supseteq mid nmid parallel perp models vdash forall exists nexists emptyset varnothing infty
    partial nabla hbar ell Re Im aleph angle prime triangle square blacksquare checkmark therefore because
    to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longrightarrow
    Longrightarrow longmapsto mapsto uparrow downarrow updownarrow nearrow searrow implies impliedby iff
    xrightarrow xleftarrow left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr lfloor
    rfloor lceil rceil langle rangle lvert rvert lVert rVert vert Vert lbrace rbrace lbrack rbrack
    backslash hat widehat tilde widetilde bar vec dot ddot acute grave check breve mathbb mathbf mathcal
    mathfrak mathit mathrm mathsf mathtt boldsymbol bf rm it text textbf textit textrm texttt mbox
    displaystyle textstyle scriptstyle begin end hline quad qquad hspace vspace phantom hfill tag nonumber
    newline boxed
"""
MACROS = frozenset(_TYPESETTING.split())


def harmless(text: str) -> str:
    """Return Markdown without HTML, pictures, controls, and links to anything but web pages and mail.

    Tags are shown instead of rendered everywhere, because renderers disagree about what is code and
    what is HTML.
    """
    text = re.sub(rf"([ \t]{{{LONGEST_RUN}}})[ \t]+", r"\1", clean(text))
    text = re.sub(rf"(\n{{{LONGEST_RUN}}})\n+", r"\1", text)
    text = re.sub(r"&(?=#|\w+;)(?!lt;)", "& ", text)  # entities hide schemes
    text = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text)
    text = re.sub(r"!(?=\[)", "! ", text)
    text = _NO_DEFINITION.sub("] :", _NO_TARGET.sub("] ", text))
    text = _SCHEME.sub(r"\1 :", text)
    text = _LANGUAGE.sub(r"\1\2text ", text)  # others take time in the square for colours, or draw
    return _MACRO.sub(lambda found: found[0] if found[1] in MACROS else rf"\ {found[1]}", text)


def as_code(text: str) -> str:
    """Return Markdown that shows `text`, which is harmless already, letter by letter: one block of code."""
    block = _BLOCK.fullmatch(text)
    if block and block[1] not in block[2]:
        return text
    fence = "`" * (1 + max([2, *map(len, _TICKS.findall(text))]))
    return f"{fence}\n{text}\n{fence}"
