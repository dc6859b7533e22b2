"""A ruleset as a regulation: the ruleset → `Paper` → Word, HTML or Markdown.

    made = render(ruleset, digest, "html", folder)

Everything in it is from the ruleset and the texts that it is read from; equal rulesets give equal text.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from perfdsl.document.paper import paper
from perfdsl.model.ruleset import Ruleset

FORMATS = ("docx", "html", "markdown")


def render(ruleset: Ruleset, digest: str, kind: str, folder: Path | None = None) -> str | bytes:
    """The regulation in one of `FORMATS`; *folder* is where the rulesets that it 沿用s are looked for first.

    Raises ImportError for docx where python-docx is not installed.
    """
    made: str | bytes = import_module(f"perfdsl.document.{kind}").write(paper(ruleset, digest, folder))
    return made


__all__ = ["FORMATS", "paper", "render"]
