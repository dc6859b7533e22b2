"""The shipped rulesets are found by name from any folder, and docs/rulesets.md tells of all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from decided import loaded, rules, run_tests

from perfdsl.pipeline import check, load

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted((ROOT / "rulesets").rglob("*.perf"))
PAGE = (ROOT / "docs" / "rulesets.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```perf\n(.*?)^```", PAGE, re.M | re.S)


@pytest.mark.parametrize("text", SHOWN, ids=lambda t: t.partition("\n")[0])
def test_what_the_page_shows_works_in_an_empty_folder(text: str, tmp_path: Path) -> None:
    file = tmp_path / "自评.perf"
    file.write_text(text, encoding="utf-8")

    assert [d.message for d in check(load(file))] == []
    assert [f.message for result in run_tests(loaded(file))[1] for f in result.failures] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_each_is_quoted_and_extended_by_its_name(path: Path, tmp_path: Path) -> None:
    ruleset = loaded(path)
    year = f" {ruleset.year}" if ruleset.year else ""
    for number, verb in enumerate(("引用", "沿用")):
        file = tmp_path / f"{number}.perf"
        file.write_text(f"规则集 「本单位」\n  {verb} 「{ruleset.name}」{year}\n", encoding="utf-8")

        assert [d.message for d in check(load(file)) if d.code in ("E106", "E107", "E103")] == []


def test_no_method_has_the_name_of_another(tmp_path: Path) -> None:
    owner: dict[str, str] = {}
    for path in SHIPPED:
        for rule in rules(loaded(path)):
            assert not rule.name or owner.setdefault(rule.name, path.stem) == path.stem, rule.name


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_page_tells_of_it_and_of_its_methods(path: Path) -> None:
    ruleset = loaded(path)
    told = [rule.name for rule in rules(ruleset) if rule.name]

    assert ruleset.name in PAGE
    assert [name for name in told if not _told(name)] == []


def _told(name: str) -> bool:
    """`超百分点扣分（整步计、按比例计、进一计）` tells of three; the survey's four are told of by their table."""
    stem = re.sub(r"(整步计|按比例计|进一计)$", "（整步计", name)
    return stem in PAGE or name.startswith(("有效调查", "发放问卷"))
