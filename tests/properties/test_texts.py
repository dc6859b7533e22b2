"""Any text can be read, checked and laid out; laying out changes no meaning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfdsl.diagnostics import errors
from perfdsl.pipeline import check, load_source
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.syntax import tree as t
from perfdsl.syntax.format import format_source
from perfdsl.syntax.vocabulary import keywords

ROOT = Path(__file__).parent.parent.parent
WHOLE = sorted([*ROOT.glob("rulesets/**/*.perf"), *ROOT.glob("examples/*/*.perf"), *ROOT.glob("perfdsl/templates/*.perf")])
TEXTS = [file.read_text(encoding="utf-8") for file in WHOLE]
CHUNKS = [
    chunk.split("\n=== ")[0]
    for file in sorted(ROOT.glob("tests/spec/*.perf"))
    for chunk in re.split(r"^---\n", file.read_text(encoding="utf-8"), flags=re.M)
]
SPELLINGS = sorted({spelling for keyword in keywords().values() for spelling in keyword.spellings})
_TOKEN = re.compile(r"\w+|\s+|.", re.S)
_MARKS = [*"，。；：、（）()「」“”\"#＃=≥≤<>+−×÷/%％.,-\n\t\u3000\ufeff\u200b\0é😀", "1", "０", "分", "亿元", "12月", "2024-02-30"]


def _edited(pieces: list[str], edits: list[tuple[int, int, int, str]]) -> str:
    """Deletes, doubles, exchanges or replaces pieces."""
    for kind, a, b, new in edits:
        a, b = a % len(pieces), b % len(pieces)
        match kind:
            case 0:
                pieces[a] = ""
            case 1:
                pieces[a] += pieces[a]
            case 2:
                pieces[a], pieces[b] = pieces[b], pieces[a]
            case 3:
                pieces[a] = new
            case _:
                pieces[a] += new
    return "".join(pieces)


places = st.integers(0, 10**4)
edits = st.lists(st.tuples(st.integers(0, 4), places, places, st.sampled_from(_MARKS + SPELLINGS)), min_size=1, max_size=6)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A ruleset with characters or words edited."""
    text = draw(st.sampled_from(TEXTS))
    pieces = list(text) if draw(st.booleans()) else _TOKEN.findall(text)
    return _edited(pieces, draw(edits))


clauses = st.lists(st.sampled_from(SPELLINGS + _MARKS + ["甲", "「乙」", "100", " ", "\n", "≥ 3"]), max_size=30).map(" ".join)


def _clean(text: str) -> bool:
    return not errors(parse(Source("文.perf", text))[1])


def _blocks(text: str) -> tuple[t.Block, ...]:
    document, found = parse(Source("文.perf", text))
    assert errors(found) == []
    return document.blocks


def _laid_out(text: str, english: bool = False) -> str:
    return format_source(Source("文.perf", text), english)[0]


def _read_checked_and_laid_out(text: str) -> None:
    check(load_source(Source("文.perf", text)))
    once = _laid_out(text)
    assert _laid_out(once) == once


@settings(max_examples=250)
@given(mutated())
def test_a_mutated_ruleset_is_read_checked_and_laid_out(text: str) -> None:
    _read_checked_and_laid_out(text)


@settings(max_examples=250)
@given(clauses)
@example("当 " * 50)
@example("（" * 500)
@example("规则集 甲\n令 乙 = " + "（" * 200 + "1" + "）" * 200)
@example("规则集 甲\n令 乙 = " + "1 + " * 2000 + "1")
@example("\0")
@example("\ud800")
def test_words_of_the_language_in_any_order_are_read(text: str) -> None:
    _read_checked_and_laid_out("规则集 「测试」\n" + text)


@settings(max_examples=120)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    _read_checked_and_laid_out(text)


@settings(max_examples=120)
@given(mutated())
def test_laying_out_keeps_what_a_mutated_text_says(text: str) -> None:
    if _clean(text):
        assert _blocks(_laid_out(text)) == _blocks(text)
        assert _blocks(_laid_out(text, english=True)) == _blocks(text)


@pytest.mark.parametrize("chunk", [c for c in CHUNKS if _clean(c)], ids=lambda c: c.partition("\n")[0][:24])
def test_laying_out_keeps_what_a_spec_says(chunk: str) -> None:
    chinese, english = _laid_out(chunk), _laid_out(chunk, english=True)

    assert _blocks(chinese) == _blocks(english) == _blocks(chunk)
    assert _laid_out(chinese) == chinese
    assert _laid_out(english, english=True) == english
    assert _blocks(_laid_out(english)) == _blocks(chunk)


def _codes(source: Source, folder: Path) -> list[str]:
    """What checking says, but that another layout is not the text that was published (W309)."""
    return [d.code for d in check(load_source(source, folder)) if d.code != "W309"]


@pytest.mark.parametrize("file", WHOLE, ids=lambda f: f.stem)
def test_the_digest_of_a_ruleset_is_the_same_in_both_languages_and_any_layout(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    english = _laid_out(text, english=True)
    texts = [text, _laid_out(text), english, _laid_out(english), text.replace("\n", "\n\n"), text.replace("\n  ", "\n\t")]

    assert len({load_source(Source(file.name, one), file.parent).digest for one in texts}) == 1
    assert _codes(Source(file.name, english), file.parent) == _codes(Source(file.name, text), file.parent)


RULES = (ROOT / "perfdsl" / "templates" / "starter.perf").read_text(encoding="utf-8").partition("# 测试")[0]


@pytest.mark.parametrize("at", [m.start() for m in re.finditer(r"(?<=[≥≤ ])\d+(?=分|家|天|人次|%)", RULES)])
def test_another_number_is_another_digest(at: int) -> None:
    """Weights, targets and grades all count; a comment does not."""
    ours = load_source(Source("甲.perf", RULES)).digest
    other = f"{RULES[:at]}1{RULES[at:]}"

    assert load_source(Source("甲.perf", other)).digest != ours
    assert load_source(Source("甲.perf", f"{RULES}\n# {other[at : at + 4]}\n")).digest == ours
