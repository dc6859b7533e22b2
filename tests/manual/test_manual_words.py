"""What is written by hand: the clauses that the manual shows can be read, the glossary keeps to the words of the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from manual_pages import MANUAL, MARK, ROOT

from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.pipeline import check, load_source
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.testing import run_tests

HEADS = ("规则集 「甲」\n", "规则集 「甲」\n三级指标 甲 10分\n", "规则集 「甲」\n数据 乙 个\n")
FRAMES = (("[≥≤]", ("{} 得 1", "目标 {}")), (".*[（.]", ("{}", "令 丙 = {}")), ("", ("{}", "当 甲 = 是，{}")))
"""How what is shown begins, and where it may then stand: before its points, as a value, alone or behind a condition."""

BLANKS = (("当 …", "当 甲 = 是"), ("得 …", "得 1"), ("（…，…）", "（1，2）"), ("按 … 分档", "按 完成率 分档"))
PAGES = sorted(MANUAL.glob("*.md"))
_BLOCK = re.compile(r"^ *```.*?^ *```", re.M | re.S)


def _own(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition(MARK)[0]


def _shown(page: Path) -> list[str]:
    """The code inside its sentences that is more than a single word or a command."""
    found = re.findall(r"`([^`\n]+)`", _BLOCK.sub("", _own(page)))
    return [text for text in found if re.search(r"[ 0-9≥≤]", text) and not text.startswith("perfdsl ")]


def _faults(text: str) -> list[Diagnostic]:
    """What is wrong in the place where it reads best."""
    for blank, filled in BLANKS:
        text = text.replace(blank, filled)
    frames = next(frames for start, frames in FRAMES if re.match(start, text)) if "\n" not in text else ("{}",)
    tried = (errors(parse(Source("手册", head + frame.format(text) + "\n"))[1]) for frame in frames for head in HEADS)
    return min(tried, key=len)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_clause_in_a_sentence_can_be_read(page: Path) -> None:
    assert [(text, fault.message) for text in _shown(page) for fault in _faults(text)] == []


def test_a_clause_that_cannot_be_read_would_be_seen() -> None:
    assert sum(len(_shown(page)) for page in PAGES) > 100
    assert _faults("每超过1个百分点扣") != []
    assert _faults("目票 ≥ 90%") != []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_fragment_can_be_read(page: Path) -> None:
    blocks = re.findall(r"^```text\n(.*?)^```", _own(page), re.M | re.S)
    rules = [b for b in blocks if not b.startswith("perfdsl") and "perfdsl check" not in b]

    assert [(b, fault.message) for b in rules for fault in _faults(b)] == []


def test_the_example_of_the_start_page_is_sound_and_passes() -> None:
    blocks = re.findall(r"^```perf\n(.*?)^```", (MANUAL / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    loaded = load_source(Source("手册.perf", blocks[0]))

    assert check(loaded) == []
    assert loaded.ruleset is not None
    results = run_tests(loaded.ruleset)
    assert len(results) == 3
    assert [f.message for result in results for f in result.failures] == []


def test_the_start_page_shows_the_beginning_that_the_examples_leave_out() -> None:
    from test_spec import PRELUDE

    blocks = re.findall(r"^```perf\n(.*?)^```", (MANUAL / "README.md").read_text(encoding="utf-8"), re.M | re.S)

    assert [f"{key} {value}" for key, value in PRELUDE.items()] == [line.strip() for line in blocks[-1].splitlines()]


# ---- the glossary


def _rows(name: str) -> list[list[str]]:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if row[0] not in ("词", "业务用词")]


def test_every_word_of_the_glossary_stands_once_and_is_explained() -> None:
    rows = _rows("glossary.md")
    words = [row[0] for row in rows]

    assert len(words) > 60
    assert sorted({w for w in words if words.count(w) > 1}) == []
    assert [row[0] for row in rows if len(row) != 3 or not row[1].endswith("。")] == []


def test_the_words_of_the_code_are_in_the_glossary_with_the_same_english_word() -> None:
    """docs/naming.md is the list of what is called what in the code."""
    glossary = {word: row for row in _rows("glossary.md") for word in row[0].split("、")}
    named = [(word, english) for row in _rows("naming.md") if not re.match(r"[a-z]", row[0])
             for word, english in [(row[0], row[1])]]
    different = [(word, english, glossary[word][2]) for word, english in named if word in glossary
                 and not set(re.findall(r"[a-z]{3,}", english.lower())) & set(re.findall(r"[a-z]{3,}", glossary[word][2].lower()))]

    assert different == []
    assert len([word for word, _ in named if word in glossary]) > 20


@pytest.mark.parametrize("word", ["绩效自评", "绩效目标", "指标体系", "三级指标", "年度指标值", "全年预算数", "执行率", "正向指标", "反向指标", "定性指标",
                                  "偏差", "偏差原因", "复核", "抽查", "结果应用", "满意度", "共性指标", "个性指标", "规则集", "子句",
                                  "计分方法", "分档", "插值", "取舍", "摘要", "未填", "不适用", "待评"])
def test_the_glossary_has(word: str) -> None:
    assert word in {row[0] for row in _rows("glossary.md")}
