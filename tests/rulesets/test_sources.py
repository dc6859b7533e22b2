"""Every block of a shipped ruleset says on what it rests, and every source is one that docs/sources.md knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from decided import loaded, rules

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted((ROOT / "rulesets").rglob("*.perf"))
SOURCES = dict(re.findall(r"^\| (S\d+|seed) \| (.+) \|$", (ROOT / "docs/sources.md").read_text(encoding="utf-8"), re.M))
UNLOCATED = {code for code, where in SOURCES.items() if re.match("ids? ", where)}
"""Seen, but at no address that is known."""
MARKS = ("未见原文", "出处未定位", "本库约定")
WITHOUT_NUMBER = ("自评表填表说明", "衢州村镇建设考核")
"""Sources that 标准计分方法 calls by name alone."""

each = pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)


@each
def test_every_block_has_a_basis(path: Path) -> None:
    ruleset = loaded(path)
    bare = [rule.name for rule in rules(ruleset) if rule.name and not rule.basis]
    bare += [i.name for i in ruleset.indicators() if not i.basis and not (i.method and i.method.rule.basis)]

    assert bare == []
    assert ruleset.basis or not ruleset.groups


def _bases(path: Path) -> list[str]:
    """Those of groups too, which count for nothing but the reader."""
    return re.findall(r"依据 「((?:[^「」\n]|「[^「」\n]*」)*)」", path.read_text(encoding="utf-8"))


@each
def test_every_basis_names_a_known_source_or_says_that_there_is_none(path: Path) -> None:
    unknown = [b for b in _bases(path) if not {*re.findall(r"S\d+|seed", b)} <= {*SOURCES}]
    nameless = [b for b in _bases(path)
                if not re.search(r"S\d+|seed", b) and not any(x in b for x in (*MARKS, *WITHOUT_NUMBER))]

    assert (unknown, nameless) == ([], [])


@each
def test_a_source_at_no_known_address_is_marked(path: Path) -> None:
    alone = [b for b in _bases(path) if {*re.findall(r"S\d+", b)} & UNLOCATED and "出处未定位" not in b]

    assert alone == []
