"""The promise of compatibility: a published ruleset with the same data gives the same digits in every later version.

`edition1/` holds texts as they were published: the shipped rulesets with their data, the examples, and the worked examples
of the regulations (`worked/`, in chunks as in tests/worked); `edition1/expected/` holds the digits that they gave.  Nothing
there is ever changed.  `--golden-update` adds what is new and touches nothing that is there; a ruleset that comes out anew
under the same name and year goes, with what it quotes, into a folder of its own beside `edition1` (`later/` is the first).
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from perfdsl import testing
from perfdsl.diagnostics import errors
from perfdsl.pipeline import Loaded, check, evaluate, load, load_source
from perfdsl.quantity import Quantity
from perfdsl.score.scorecard import Scorecard
from perfdsl.source import Source
from perfdsl.syntax import EDITIONS

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
EDITION = HERE / "edition1"
RULESETS = sorted(HERE.glob("*/*.perf"))
FOLDERS = sorted({path.parent for path in RULESETS})
WORKED = sorted((EDITION / "worked").glob("*.perf"))
PUBLISHED = [*(ROOT / "rulesets").rglob("*.perf"), *(ROOT / "rulesets").rglob("*.csv")]
PRELUDE = {
    "规则集": "「测试」", "年度": "2024", "引用": "「标准计分方法」", "总分": "10分",
    "取舍 每项得分": "保留2位 四舍五入", "取舍 总分": "保留2位 四舍五入", "不适用": "其余按比例折算",
}
"""What a worked example does not say."""
_RULESET = re.compile(r"^(?:规则集|ruleset)\b", re.M | re.I)

Card = dict[str, Any]


# ---- digits


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _value(value: object) -> str | None:
    return f"{value.amount} {value.unit.symbol}" if isinstance(value, Quantity) else None if value is None else str(value)


def _card(name: str, card: Scorecard) -> Card:
    """Everything of a score table that is a digit or a verdict, exact."""
    total = card.total
    return {
        "of": name, "unit": card.unit,
        "rows": [[row.indicator.path, _number(row.score), row.status.name] for row in card.rows],
        "total": _number(total.score), "unrounded": _number(total.unrounded), "range": [_number(total.low), _number(total.high)],
        "grade": total.grade, "grades": list(total.grades), "barred": total.barred,
        "results": [[one.application.name, _value(one.value)] for one in card.results],
    }


def _of_tests(loaded: Loaded) -> Iterator[Card]:
    """The score table of every 测试, which must pass."""
    cards: list[Scorecard] = []
    real = testing.scorecard

    def recorded(*arguments: object) -> Scorecard:
        cards.append(real(*arguments))  # type: ignore[arg-type]
        return cards[-1]

    assert loaded.ruleset is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "scorecard", recorded)
        results = testing.run_tests(loaded.ruleset, errors(check(loaded)))
    assert [f.message for r in results for f in r.failures] == []
    yield from (_card(f"测试 {result.test.name}", card) for result, card in zip(results, cards, strict=True))


def _of_data(path: Path, loaded: Loaded) -> Iterator[Card]:
    """The score tables of the data that lie beside a ruleset under its name."""
    for data in sorted(path.parent.glob(f"{path.stem}*.csv")):
        yield from (_card(data.name, card) for card in evaluate(loaded, data).scorecards)


def _whole(path: Path) -> dict[str, Any]:
    loaded = load(path)
    return {"digest": loaded.digest, "cards": [*_of_data(path, loaded), *_of_tests(loaded)]}


def _chunks(path: Path) -> Iterator[tuple[str, Loaded]]:
    """Each worked example of a file that is one ruleset, by its first line."""
    for text in re.split(r"^---\n", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        unsaid = [f"{key} {value}" for key, value in PRELUDE.items() if not any(x.startswith(key) for x in text.split("\n"))]
        start = "" if _RULESET.search(text) else "，".join(unsaid)
        own = text.partition("\n===")[0]
        yield text.partition("\n")[0], load_source(Source(path.name, f"{start}\n{own}"), EDITION)


def _worked(path: Path) -> dict[str, Any]:
    return {f"{at} {name}": {"digest": loaded.digest, "cards": list(_of_tests(loaded))}
            for at, (name, loaded) in enumerate(_chunks(path), 1)}


def _same(path: Path, made: dict[str, Any], update: bool) -> None:
    """Nothing differs from what was given when the text came into this folder."""
    folder, *_ = path.relative_to(HERE).parts
    expected = HERE / folder / "expected" / f"{path.relative_to(HERE / folder).with_suffix('').as_posix().replace('/', '-')}.json"
    text = json.dumps(made, ensure_ascii=False, sort_keys=True).replace('}, {"', '},\n{"').replace('"cards": [{', '"cards": [\n{') + "\n"
    if update and not expected.exists():
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8")
    assert expected.is_file(), "pytest tests/compatibility --golden-update"
    assert json.loads(text) == json.loads(expected.read_text(encoding="utf-8")), (
        "已发布的规则集算出了不同的数。语言的意思要改的，另立一个语言版；这里的数不改")


@pytest.mark.parametrize("path", RULESETS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_published_ruleset_gives_the_same_digits(path: Path, pytestconfig: pytest.Config) -> None:
    _same(path, _whole(path), pytestconfig.getoption("golden_update"))


@pytest.mark.parametrize("path", WORKED, ids=lambda p: p.stem)
def test_a_worked_example_gives_the_same_digits(path: Path, pytestconfig: pytest.Config) -> None:
    _same(path, _worked(path), pytestconfig.getoption("golden_update"))


def _digests() -> set[str]:
    """The digests of all meanings that are kept."""
    return {json.loads(file.read_text(encoding="utf-8")).get("digest", "") for file in HERE.rglob("expected/*.json")}


def test_every_published_meaning_is_here(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("golden_update"):
        for path in PUBLISHED:
            if not any(HERE.rglob(path.name)):
                shutil.copyfile(path, EDITION / path.name)
    kept = {file.read_bytes().replace(b"\r\n", b"\n") for file in HERE.rglob("*.csv")}
    data = [path for path in PUBLISHED if path.suffix == ".csv"]
    rulesets = [path for path in PUBLISHED if path.suffix == ".perf"]

    assert [path.name for path in data if path.read_bytes().replace(b"\r\n", b"\n") not in kept] == []
    assert [path.name for path in rulesets if load(path).digest not in _digests()] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_nothing_expected_is_of_a_text_that_is_gone(folder: Path) -> None:
    ours = {p.stem for p in folder.glob("*.perf")} | {f"worked-{p.stem}" for p in (folder / "worked").glob("*.perf")}

    assert {p.stem for p in (folder / "expected").glob("*.json")} == ours


def test_the_suite_sees_a_changed_digit(tmp_path: Path) -> None:
    path = EDITION / "项目支出绩效自评.perf"
    before = _whole(path)
    for file in EDITION.glob("*.perf"):
        shutil.copyfile(file, tmp_path / file.name)
    text = (tmp_path / path.name).read_text(encoding="utf-8")
    (tmp_path / path.name).write_text(re.sub("保留2位", "保留1位", text), encoding="utf-8")
    changed = load(tmp_path / path.name)
    cards = [_card(path.name, card) for card in evaluate(changed, path.with_suffix(".csv")).scorecards]

    assert cards != before["cards"][: len(cards)]
    assert changed.digest != before["digest"]


# ---- editions of the language


def test_the_first_edition_is_known_for_good() -> None:
    assert EDITIONS[0] == 1


@pytest.mark.parametrize("path", RULESETS, ids=lambda p: p.stem)
def test_naming_the_first_edition_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.sub(r"^(规则集 .*)$", r"\1\n语言版 1", text, count=1, flags=re.M)

    assert named != text
    assert load_source(Source(str(path), named), EDITION).digest == load(path).digest
