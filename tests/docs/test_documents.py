"""What the documents show and name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfdsl.diagnostics import errors
from perfdsl.source import Source
from perfdsl.syntax import parse

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_SKIPPED = {".git", "__pycache__", ".venv", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache"}
_PATH = re.compile(r"(?<![\w./*-])((?:[\w.-]+/)*(?:[\w*-]+\.(?:py|lark|perf|md|toml|json|csv|ini|txt)|[\w-]+/))(?![\w*])")


def _tree() -> set[str]:
    """Every file, and every folder with a slash behind it, by its path from the root."""
    here: set[str] = set()
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT)
        if not _SKIPPED & set(inside.parts):
            here.add(inside.as_posix() + ("/" if path.is_dir() else ""))
    return here


def _is_there(name: str, tree: set[str]) -> bool:
    """`NAME`, `CODE` and `*` stand for any name."""
    wanted = re.compile("(?:.*/)?" + re.escape(name).replace(r"\*", "[^/]*").replace("NAME", "[^/]*").replace("CODE", "[^/]*"))
    return any(wanted.fullmatch(path) for path in tree)


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/naming.md"])
def test_every_path_that_a_guide_to_the_code_names_is_there(name: str) -> None:
    tree = _tree()
    named = set(_PATH.findall((ROOT / name).read_text(encoding="utf-8")))

    assert named or name == "docs/naming.md"
    assert sorted(path for path in named if not _is_there(path, tree)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    local = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith(("#", "mailto:"))]

    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_every_ruleset_that_is_shown_can_be_read(document: Path) -> None:
    shown = re.findall(r"^```perf\n(.*?)^```", document.read_text(encoding="utf-8"), re.M | re.S)
    faults = [d.message for text in shown for d in errors(parse(Source(document.name, text))[1]) if d.code != "E006"]

    assert faults == []


def test_a_path_that_is_not_there_would_be_seen() -> None:
    assert _PATH.findall("see `model/gone.py` and check/ (rooms/*.perf)") == ["model/gone.py", "check/", "rooms/*.perf"]
    assert not _is_there("model/gone.py", _tree())
    assert _is_there("model/kernel.py", _tree())
