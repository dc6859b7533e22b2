"""Many units by columns: the digits of the interpreter, whatever the rulesets, the edits and the facts, and however the data is written."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from edited_rulesets import TEXT, edited, ruleset_of
from test_impact import CHANGES, FULL, HEADINGS, UNITS, _new, _write

pytest.importorskip("pyarrow")

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perfdsl.compare import every, in_columns
from perfdsl.compare.affected import Impact, UnitImpact
from perfdsl.compare.align import aligned
from perfdsl.compare.alone import compared
from perfdsl.compare.edits import Edits
from perfdsl.compare.impact import impact
from perfdsl.compare.in_columns import InColumns
from perfdsl.compare.mixtures import Mixtures
from perfdsl.compare.parted import Parting
from perfdsl.compare.sides import Sides
from perfdsl.compare.units import Known
from perfdsl.model.ruleset import Group, Indicator, Ruleset
from perfdsl.pipeline import load
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.record import changed
from perfdsl.report import impact_csv, impact_json, impact_markdown, impact_table, impact_xlsx
from tests.batch.blocks import Blocks

ROOT = Path(__file__).parent.parent.parent
FORMS = sorted(path for folder in ("rulesets", "examples/lingling-2023", "benchmarks/workload") for path in (ROOT / folder).rglob("*.perf"))
_FEW = {"phases": (Phase.explicit, Phase.generate), "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns whatever they cost."""
    monkeypatch.setattr(every, "FEW", 1)
    monkeypatch.setattr(in_columns, "PREPARING", 0)


def _both(old: Ruleset, new: Ruleset, data: str) -> tuple[Impact, Impact]:
    """By columns whatever they cost, and by the interpreter alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(every, "FEW", 1)
        patch.setattr(in_columns, "PREPARING", 0)
        by_columns = impact(old, new, [data])
        patch.setattr(every, "FEW", 10**9)
        return by_columns, impact(old, new, [data])


@settings(max_examples=6, **_FEW)  # type: ignore[arg-type]  # the same for all
@given(st.sets(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=2), UNITS)
def test_every_format_says_the_same(tmp_path_factory: pytest.TempPathFactory, names: set[str], rows: list[tuple[str, ...]]) -> None:
    data = _write(tmp_path_factory.mktemp("数据"), [*rows, FULL])
    made, wanted = _both(ruleset_of(TEXT), ruleset_of(_new(sorted(names))), data)

    assert impact_json.write(made) == impact_json.write(wanted)
    assert impact_table.write(made, 100, False) == impact_table.write(wanted, 100, False)
    assert impact_markdown.write(made) == impact_markdown.write(wanted)
    assert impact_csv.write(made) == impact_csv.write(wanted)
    assert len(impact_xlsx.write(made)) == len(impact_xlsx.write(wanted))
    assert all(sum((s.points for s in unit.shares), Fraction(0)) == unit.change for unit in made.units)


# ---- random rulesets, edits and facts


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
@pytest.mark.usefixtures("always")
def test_random_edits_of_the_rulesets_that_ship(path: Path) -> None:
    """What columns find is what the interpreter gives; they find all units of which it can tell the parts."""
    ruleset = load(path).ruleset
    assert ruleset is not None
    if len([*ruleset.indicators()]) < 2 or ruleset.total_rounding is None:
        pytest.skip("no form")
    random = Random(path.stem)
    new = _edited(ruleset, random)
    mixtures = Mixtures(Edits(aligned(ruleset, new)))
    columns = InColumns(mixtures, new, True)
    for open_ in (0.0, 0.02):
        block = Blocks(ruleset, random.randrange(100)).block(25, open_)
        found = columns.found(Sides(block, block, (mixtures.edits.components.old, new), frozenset()))
        for at in range(block.size):
            facts = block.facts(at, ruleset, f"单位{at}")
            one = compared(Known(f"单位{at}", f"单位{at}", "", facts, facts), mixtures, new, ())
            if at in found:
                made = found[at]
                assert isinstance(one, UnitImpact)
                assert (made.old, made.new, made.old_grade, made.new_grade, made.shares) == (one.old, one.new, one.old_grade, one.new_grade, one.shares)
                assert sum((share.points for share in made.shares), Fraction(0)) == made.new - made.old
            else:
                assert not isinstance(one, UnitImpact) or any(share.edit < 0 or share.error for share in one.shares)


def _edited(ruleset: Ruleset, random: Random) -> Ruleset:
    """Two items change their weights, and with luck something else."""
    one, other = random.sample([i for i in ruleset.indicators() if not i.outside], 2)
    made = _replaced(ruleset, {one.path: changed(one, weight=other.weight), other.path: changed(other, weight=one.weight)})
    if random.random() < 0.5:
        made = changed(made, total_rounding=Rounding(1, random.choice([RoundingMode.HALF_UP, RoundingMode.TRUNCATE])))
    return made


def _replaced(ruleset: Ruleset, new: dict[str, Indicator]) -> Ruleset:
    def of(node: Group | Indicator) -> Group | Indicator:
        return new.get(node.path, node) if isinstance(node, Indicator) else changed(node, weight=None, children=tuple(map(of, node.children)))

    return changed(ruleset, groups=tuple(map(of, ruleset.groups)))


# ---- classes of edits


@settings(max_examples=60, **_FEW)  # type: ignore[arg-type]
@given(st.integers(1, 5), st.randoms(use_true_random=False))
def test_the_sums_are_the_mean_over_all_orders(n: int, random: Random) -> None:
    """Each edit's multiples of the totals, against every order one by one."""
    parting = Parting((tuple(range(n)),), frozenset(range(n + 2)))
    worth = {some: random.randrange(10_000) for some in parting.mixtures}

    def of(some: frozenset[int]) -> int:
        return worth[parting.every if len(some) == n else some]

    for player, (by, multiples) in parting.coefficients().items():
        orders = list(permutations(range(n)))
        added = [of(frozenset(order[:order.index(player) + 1])) - of(frozenset(order[:order.index(player)])) for order in orders]
        assert Fraction(sum(times * worth[some] for some, times in multiples.items()), by) == Fraction(sum(added), len(orders))


def test_edits_that_share_no_row_need_few_mixtures() -> None:
    names = ["target", "weight", "less", "method", "part"]
    mixtures = Mixtures(Edits(aligned(ruleset_of(TEXT), ruleset_of(_new(names)))))
    columns = InColumns(mixtures, ruleset_of(_new(names)), True)

    assert columns.by_rows is not None
    assert columns.together is not None
    assert sorted(map(len, columns.by_rows.classes)) == [1, 1, 1, 2]
    assert (len(columns.by_rows.mixtures), len(columns.together.mixtures)) == (8, 32)


def test_a_cap_on_the_total_leaves_no_classes() -> None:
    new = ruleset_of(_new(["target", "cap"]))

    assert InColumns(Mixtures(Edits(aligned(ruleset_of(TEXT), new))), new, True).by_rows is None


def test_grades_alone_need_both_rulesets_only() -> None:
    new = ruleset_of(_new(["grades"]))
    together = InColumns(Mixtures(Edits(aligned(ruleset_of(TEXT), new))), new, True).together

    assert together is not None
    assert len(together.mixtures) == 2


def test_totals_without_rounding_go_to_the_interpreter() -> None:
    exact = edited(("取舍 总分 保留2位 四舍五入\n", ""))
    old, new = ruleset_of(exact), ruleset_of(edited(CHANGES["target"], text=exact))
    columns = InColumns(Mixtures(Edits(aligned(old, new))), new, True)

    assert (columns.by_rows, columns.together) == (None, None)


# ---- tables


ROWS = [FULL, (*FULL[:2], "2.4亿元", *FULL[3:]), (*FULL[:9], "不适用", *FULL[10:]), (*FULL[:11], "60%"), (*FULL[:11], "")]


def _written(folder: Path, kind: str, rows: list[list[str]]) -> str:
    """The same table in a format."""
    import pyarrow as pa
    from pyarrow import parquet

    file = folder / f"上年.{kind}"
    columns: Any = {name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])}
    match kind:
        case "parquet":
            parquet.write_table(pa.table(columns), file)
        case "arrow":
            table = pa.table(columns)
            with pa.ipc.new_file(file, table.schema) as stream:
                stream.write_table(table, 2)
        case "jsonl":
            file.write_text("\n".join(json.dumps(dict(zip(rows[0], row, strict=True)), ensure_ascii=False) for row in rows[1:]), encoding="utf-8")
        case _:
            with file.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
    return str(file)


def _table(rows: list[tuple[str, ...]]) -> list[list[str]]:
    return [["单位", "单位代码", *HEADINGS[1:]], *([f"单位{at}", f"{at:03}", *row] for at, row in enumerate(rows))]


def _plain(made: Impact) -> dict[str, Any]:
    """All but the names of the files."""
    value: dict[str, Any] = json.loads(impact_json.write(made))
    for one in (*value["units"], *value["ranged"], *value["not_compared"]):
        one.pop("file")
    return value


@pytest.mark.parametrize("kind", ["parquet", "arrow", "jsonl", "csv"])
@pytest.mark.parametrize("names", [["target", "grades"], ["name", "less", "weight"], ["part"]], ids="-".join)
@pytest.mark.usefixtures("always")
def test_tables_in_every_format(tmp_path: Path, kind: str, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, rows = ruleset_of(TEXT), ruleset_of(_new(names)), _table(ROWS)
    wanted = impact(old, new, [_written(tmp_path, "tsv", rows)])
    monkeypatch.setattr("perfdsl.compare.large.LARGE", 1)
    made = impact(old, new, [_written(tmp_path, kind, rows)])

    assert len(wanted.units) == 4
    assert _plain(made) == _plain(wanted)
    assert [d.code for d in made.found] == [d.code for d in wanted.found]


@pytest.mark.usefixtures("always")
def test_a_table_with_a_row_for_each_indicator(tmp_path: Path) -> None:
    """A name that only the new ruleset has is no fault."""
    cells = [(f"单位{at}", name, cell) for at, row in enumerate(ROWS[:4]) for name, cell in zip(HEADINGS[1:], row, strict=True)]
    long = [["单位", "指标", "实际完成值"], *map(list, cells)]
    old, new = ruleset_of(TEXT), ruleset_of(_new(["target", "name"]))
    made = impact(old, new, [_written(tmp_path, "parquet", long)])
    wanted = impact(old, new, [_write(tmp_path, ROWS[:4])])

    assert _plain(made) == _plain(wanted)
    assert made.found == ()


def test_cells_that_cannot_be_read_and_units_twice(tmp_path: Path) -> None:
    rows = _table([FULL, (*FULL[:2], "很多", *FULL[3:]), FULL])
    rows.append(["另一名", "000", *FULL])
    made = impact(ruleset_of(TEXT), ruleset_of(_new(["target"])), [_written(tmp_path, "parquet", rows)])

    assert [unit.code for unit in made.units] == ["000", "002"]
    assert [(one.code, one.why[:9]) for one in made.uncompared] == [("000", "同一单位、同一年度"), ("001", made.uncompared[1].why[:9])]
    assert sorted(d.code for d in made.found) == ["E402", "E407"]
    assert all("第" in str(d.place) for d in made.found)


def test_a_folder_with_forms_and_tables(tmp_path: Path) -> None:
    (tmp_path / "各县").mkdir()
    rows = _table([FULL, FULL])
    _written(tmp_path / "各县", "parquet", rows[:2])
    _written(tmp_path / "各县", "csv", [rows[0], rows[2]])
    made = impact(ruleset_of(TEXT), ruleset_of(_new(["target"])), [str(tmp_path / "各县"), str(tmp_path / "各县" / "上年.parquet")])

    assert sorted(unit.code for unit in made.units) == ["000", "001"]
    assert (made.uncompared, made.found) == ((), ())


def test_an_unfinished_table_is_said_to_be_one(tmp_path: Path, run: Any) -> None:
    for name, text in (("原.perf", TEXT), ("新.perf", _new(["target"]))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "坏.parquet").write_bytes(b"PAR1 and no more")
    left = run("impact", tmp_path / "原.perf", tmp_path / "新.perf", "--data", tmp_path / "坏.parquet")

    assert left.code == 1
    assert "E401" in left.err


# ---- facts as columns


def _units() -> Iterator[tuple[str, Any]]:
    from perfdsl.data.facts import Absent
    from perfdsl.quantity import of
    from perfdsl.units import unit_of

    for text in ("1/3", "1e-30", "1" * 30):
        yield text, of(Fraction(text), unit_of("亿元"))
    yield "a word where a number is wanted", "增加"
    yield "another kind of unit", of(3, unit_of("家"))
    yield "not read", Absent.UNREADABLE


@pytest.mark.parametrize("value", [value for _, value in _units()], ids=[name for name, _ in _units()])
def test_what_no_column_holds_is_left_to_the_interpreter(value: Any) -> None:
    from perfdsl.batch.of_facts import block_of
    from perfdsl.data.facts import Fact, Facts

    ruleset = ruleset_of(TEXT)
    path = next(path for path in ruleset.inputs() if path.endswith("税收"))
    right = next(i for i in ruleset.indicators() if i.path == path).expected.unit
    from perfdsl.quantity import of

    block, odd = block_of([Facts("甲", 2023, {path: Fact(value)}), Facts("乙", 2023, {path: Fact(of(Fraction("2.5"), right))})], ruleset)

    assert odd == {0}
    assert block.facts(1, ruleset).of(path).value == of(Fraction("2.5"), right)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_facts_of_columns_are_the_columns_of_facts(path: Path) -> None:
    from perfdsl.batch.of_facts import block_of
    from perfdsl.data.facts import Absent

    ruleset = load(path).ruleset
    assert ruleset is not None
    block = Blocks(ruleset, 5).block(30, 0.2)
    facts = [block.facts(at, ruleset) for at in range(block.size)]
    again, odd = block_of(facts, ruleset)

    assert not odd
    for at, one in enumerate(facts):
        back = again.facts(at, ruleset)
        for name in block.cells:
            value = one.of(name).value
            assert back.of(name).value == value or (value is Absent.EMPTY and back.of(name).value is Absent.MISSING)
            assert back.of(name).chosen == one.of(name).chosen
