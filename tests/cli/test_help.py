"""Chinese help that lines up by columns, although a Chinese character takes two."""

from __future__ import annotations

import re
from typing import Any

import click
import pytest

from perfdsl.cli import COMMANDS, group
from perfdsl.width import width_of

NEARLY_FULL = 70
_TERM = re.compile(r"^  (?P<term>\S(?:\S| (?! ))*)(?P<gap> {2,})(?P<text>\S.*)$")


def _command(name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def _columns(text: str) -> dict[str, set[int]]:
    """Section → the columns in which its descriptions, and the lines that go on with them, begin."""
    columns: dict[str, set[int]] = {}
    section = ""
    for line in text.splitlines():
        if re.fullmatch(r"\S+：", line):
            section = line
        elif section and (found := _TERM.match(line)):
            columns.setdefault(section, set()).add(2 + width_of(found["term"] + found["gap"]))
        elif section and line.startswith("      "):
            columns.setdefault(section, set()).add(len(line) - len(line.lstrip()))
    return columns


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_description_begins_in_one_column(name: str, run: Any) -> None:
    text = run(*([name] if name else []), "--help").out
    columns = _columns(text)

    assert "选项：" in columns
    assert {section: at for section, at in columns.items() if len(at) > 1} == {}


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_80_columns_and_no_mark_begins_a_line(name: str, run: Any) -> None:
    lines = run(*([name] if name else []), "--help").out.splitlines()

    assert max(width_of(line) for line in lines) <= 80
    assert [line for line in lines if line.lstrip()[:1] in tuple("，。；：、）」")] == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_no_word_is_broken_between_lines(name: str, run: Any) -> None:
    lines = run(*([name] if name else []), "--help").out.splitlines()
    broken = [
        (line, after) for line, after in zip(lines, lines[1:], strict=False)
        if width_of(line) >= NEARLY_FULL and re.search(r"[A-Za-z0-9]$", line) and re.match(r"[A-Za-z0-9]", after.strip())
    ]

    assert broken == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_chinese(name: str, run: Any) -> None:
    text = run(*([name] if name else []), "-h").out

    assert not re.search(r"Usage|Options|Commands|Show this|Arguments|\[default|\[OPTIONS\]|required", text)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_command_has_help(name: str) -> None:
    command = _command(name)

    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_examples_in_help_stand_on_lines_of_their_own(run: Any) -> None:
    lines = [line.strip() for line in run("explain", "--help").out.splitlines()]

    assert "perfdsl explain E201" in lines
