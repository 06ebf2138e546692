"""Make HTML pages from templates: one head, one look, and everything that is printed cleaned and escaped.

A page is a template that extends `base.html`, with a style sheet of the same name beside it and, if it has
one, a script. All of it goes into the page, which asks for nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from autograder.notebook import outputs
from autograder.results.spreadsheet import number

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; img-src data:; style-src {style}; script-src {script}; "
    "base-uri 'none'; form-action 'none'"
)


def render(page: Path, values: Mapping[str, Any], *, inline_styles: bool = False) -> str:
    """Return the page that the template `page` (a path without suffix) makes of the values.

    `inline_styles` lets the page hold other styles than its own, as notebooks do.
    """
    environment = _environment(page.parent)
    style = Markup((TEMPLATES / "base.css").read_text() + page.with_suffix(".css").read_text())  # noqa: S704
    code = page.with_suffix(".js")
    script = Markup(code.read_text()) if code.is_file() else ""  # noqa: S704  part of this package
    policy = POLICY.format(
        style="'unsafe-inline'" if inline_styles else _hash(style),
        script=_hash(script) if script else "'none'",
    )
    whole = {"policy": policy, "style": style, "script": script, **values}
    return environment.get_template(f"{page.name}.html").render(whole)


@cache
def _environment(folder: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
    )
    environment.filters["number"] = number
    return environment


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _finalize(value: Any) -> Any:
    """Clean all text before it is printed, except for `Markup`, which never contains a student's words."""
    return outputs.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
