"""What there is, is documented."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from perfdsl.cli import COMMANDS, group
from perfdsl.data.headings import Role
from perfdsl.pages.__main__ import listing
from perfdsl.report import FORMATS
from perfdsl.resources import shipped
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.syntax import tree as t
from perfdsl.syntax.vocabulary import Keyword, keywords
from perfdsl.units import UNITS

ROOT = Path(__file__).parent.parent.parent
REFERENCE = ROOT / "docs" / "reference"
_CODE = re.compile(r'"([EW]\d{3})"')


def _text(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def _section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its level."""
    level = heading.partition(" ")[0]
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def _commands() -> dict[str, click.Command]:
    return {name: command for name in COMMANDS if (command := group.get_command(click.Context(group), name))}


# ---- the command line


@pytest.mark.parametrize(("name", "command"), _commands().items())
def test_every_command_has_a_section_with_its_options(name: str, command: click.Command) -> None:
    section = _section(_text("commands.md"), f"## perfdsl {name}")
    options = [o for p in command.params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)]

    assert section.strip()
    assert [option for option in options if option not in section] == []


@pytest.mark.parametrize("what", [*FORMATS, "--version", "--help", "PERFDSL_CACHE", "PERFDSL_DEBUG", "NO_COLOR"])
def test_the_commands_page_names(what: str) -> None:
    assert what in _text("commands.md")


def test_every_variable_of_the_environment_is_documented() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "perfdsl").rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", code))

    assert read
    assert [name for name in read if name not in _text("commands.md")] == []


# ---- the language


@pytest.mark.parametrize("keyword", keywords().values(), ids=lambda k: k.terminal)
def test_every_spelling_of_a_keyword_is_in_the_reference(keyword: Keyword) -> None:
    text = _text("language.md")

    assert [s for s in keyword.spellings if not re.search(rf"(?<![A-Za-z_]){re.escape(s)}(?![A-Za-z_])", text)] == []


@pytest.mark.parametrize("symbol", [s for s in UNITS if s])
def test_every_unit_is_in_the_reference(symbol: str) -> None:
    assert symbol in _text("language.md")


@pytest.mark.parametrize("role", list(Role))
def test_every_heading_of_a_data_file_is_documented(role: Role) -> None:
    assert any(str(role) in file.read_text(encoding="utf-8") for file in (ROOT / "docs").rglob("*.md"))


def _methods() -> list[str]:
    files = (shipped("rulesets") / "methods").glob("*.perf")
    documents = [parse(Source(file.name, file.read_text(encoding="utf-8")))[0] for file in files]
    return [b.head.name.text for d in documents for top in d.blocks for b in (top, *top.blocks) if isinstance(b.head, t.MethodHead)]


def test_there_are_methods() -> None:
    assert "正向比率" in _methods()


@pytest.mark.parametrize("method", _methods())
def test_every_shipped_method_has_a_section(method: str) -> None:
    assert _section(_text("methods.md"), f"## {method}").strip()


# ---- codes


def _codes() -> list[str]:
    return sorted({c for file in (ROOT / "perfdsl").rglob("*.py") for c in _CODE.findall(file.read_text(encoding="utf-8"))})


@pytest.mark.parametrize("code", _codes())
def test_every_code_has_a_page(code: str) -> None:
    assert (ROOT / "perfdsl" / "pages" / f"{code}.md").is_file()


def test_every_code_is_named_in_the_documents() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "docs").rglob("*.md"))

    assert [code for code in _codes() if code not in text] == []


def test_every_page_is_of_a_code_that_is_raised() -> None:
    assert {file.stem for file in (ROOT / "perfdsl" / "pages").glob("[EW]*.md")} == set(_codes())


def test_the_list_of_codes_is_what_the_pages_say() -> None:
    """`python -m perfdsl.pages > docs/reference/codes.md` brings it up to date."""
    assert (ROOT / "docs" / "reference" / "codes.md").read_text(encoding="utf-8") == listing()
