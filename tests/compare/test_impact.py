"""Last year's units under the new ruleset, and which edit does what."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from edited_rulesets import TEXT, edited, ruleset_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perfdsl.compare.affected import JOINT, Impact
from perfdsl.compare.align import aligned
from perfdsl.compare.edits import Edits
from perfdsl.compare.impact import impact
from perfdsl.compare.shapley import exact, sampled
from perfdsl.model.digest import digest
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import evaluate, load, load_source
from perfdsl.report import impact_csv, impact_json, impact_markdown, impact_table
from perfdsl.source import Source
from perfdsl.width import width_of

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted([*(ROOT / "rulesets").rglob("*.perf"), *(ROOT / "examples").rglob("*.perf")])
HEADINGS = ("单位", "全年预算数", "全年执行数", "税收", "新入统规模企业", "新签约工业项目", "新开工项目", "新竣工投产项目", "企业收入相应增加",
            "提供就业岗位", "生态环境保护程度", "本部门可持续正常运转", "企业满意度")
FULL = ("100", "100", "3亿元", "20家", "30个", "20个", "16个", "增加", "1500个", "98", "持续正常运转", "90%")
CHANGES = {
    "target": ("≥ 3亿元", "≥ 3.3亿元"), "weight": ("三级指标 税收 15分", "三级指标 税收 20分"), "less": ("新入统规模企业 20分", "新入统规模企业 15分"),
    "method": ("目标 ≥ 1500个\n      计分 正向比率", "目标 ≥ 1500个\n      计分 达标得分"), "part": ("新开工项目，目标 20个", "新开工项目，目标 25个"),
    "grades": ("等级 良 ≥ 80分", "等级 良 ≥ 85分"), "rounding": ("取舍 每项得分 保留2位 四舍五入", "取舍 每项得分 保留1位 四舍五入"),
    "name": ("三级指标 企业满意度", "三级指标 企业满意率"), "cap": ("总分 100分\n", "总分 100分\n  当 税收.完成率 < 100%，总分 不高于 88分\n"),
    "na": ("不适用 其余按比例折算", "不适用 得零分"),
    "gone": ("  二级指标 生态效益指标\n    三级指标 生态环境保护程度 5分\n      目标 ≥ 98\n      计分 正向比率\n", ""),
    "more": ("三级指标 提供就业岗位 10分", "三级指标 提供就业岗位 15分"),
    "total": ("取舍 总分 保留2位 四舍五入", "取舍 总分 保留0位 截断"), "words": ("目标 「持续正常运转」", "目标 「正常运转」"),
}
PAIRED = {"gone": "more", "more": "gone", "weight": "less", "less": "weight"}
UNITS = st.lists(st.tuples(
    st.just("100"), st.integers(0, 110).map(str), st.integers(0, 40).map(lambda n: f"{n / 10}亿元"), st.integers(0, 25).map(lambda n: f"{n}家"),
    st.integers(0, 35).map(lambda n: f"{n}个"), st.sampled_from(["10个", "20个", "24个", "不适用"]), st.just("16个"), st.just("增加"),
    st.sampled_from(["1400个", "1500个", "不适用"]), st.sampled_from(["97", "98", "不适用"]), st.just("持续正常运转"),
    st.integers(50, 100).map(lambda n: f"{n}%")), min_size=1, max_size=3)


def _write(folder: Path, rows: list[tuple[str, ...]]) -> str:
    file = folder / "数据.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADINGS, *((f"单位{n}", *row) for n, row in enumerate(rows))])
    return str(file)


def _impact(folder: Path, names: list[str], rows: list[tuple[str, ...]]) -> Impact:
    return impact(ruleset_of(TEXT), ruleset_of(_new(names)), [_write(folder, rows)])


def _new(names: Iterable[str]) -> str:
    """The edited text; points that are taken away in one place are given in another."""
    wanted = {*names, *(other for name, other in PAIRED.items() if name in names)}
    return edited(*(CHANGES[name] for name in sorted(wanted)))


def test_a_unit_its_grade_and_what_did_it(tmp_path: Path) -> None:
    low = (*FULL[:2], "2.4亿元", *FULL[3:11], "60%")
    found = _impact(tmp_path, ["target", "grades"], [FULL, low])
    full, weak = found.units

    assert (full.old, full.new, [s.points for s in full.shares]) == (100, Fraction("98.64"), [Fraction("-1.36")])
    assert (weak.old_grade, weak.new_grade) == ("优", "优")
    assert found.mean_change == sum((s.points for s in found.mean), Fraction(0))
    assert [unit.name for unit in found.touched] == ["单位0", "单位1"]


def test_grade_crossings_and_the_distribution(tmp_path: Path) -> None:
    low = (*FULL[:2], "0亿元", *FULL[3:11], "90%")
    found = _impact(tmp_path, ["target", "grades"], [FULL, low])

    assert found.grades == (("优", 1, 1), ("良", 1, 1), ("中", 0, 0), ("差", 0, 0))
    weaker = _impact(tmp_path, ["grades"], [(*low[:11], "72%")])
    assert weaker.units[0].change == 0
    assert weaker.crossings == (("良", "中", 1),)
    assert weaker.touched


ADDED = ("三级指标 企业满意度 10分", "三级指标 投诉办结 10分"), ("目标 90%及以上", "目标 ≥ 30件")


def test_a_unit_without_the_data_of_an_added_indicator_gets_a_range(tmp_path: Path) -> None:
    """Its ends are what the total is with nothing and with all of the added item; the cell to fill is named."""
    found = impact(ruleset_of(TEXT), ruleset_of(edited(*ADDED)), [_write(tmp_path, [FULL])])
    (one,) = found.ranged

    assert (found.units, found.uncompared, found.grades, found.found) == ((), (), (), ())
    assert (one.old, one.old_grade, one.low, one.high, one.grades, one.lacking) == (100, "优", 90, 100, ("优",), ("投诉办结",))
    table = impact_table.write(found, 80, False)
    assert "90 至 100" in table
    assert "补上 「投诉办结」" in table
    assert "不适用" in table
    assert "现有几个" not in table
    assert "还要填：投诉办结" in impact_csv.write(found)


def test_what_has_no_old_total_cannot_be_compared(tmp_path: Path) -> None:
    found = impact(ruleset_of(TEXT), ruleset_of(edited(*ADDED)), [_write(tmp_path, [(*FULL[:11], "")])])

    assert (found.units, found.ranged, [one.name for one in found.uncompared]) == ((), (), ["单位0"])
    assert found.uncompared[0].why.startswith("按原规则没有总分：「企业满意度」没有得分或没有填")


def test_short_headings_stay_on_one_line(tmp_path: Path) -> None:
    names = ["target", "weight", "less"]
    table = impact_table.write(_impact(tmp_path, names, [(*FULL[:2], "2.4亿元", *FULL[3:])]), 80, False)

    assert any("原等级" in line and "新等级" in line for line in table.splitlines())


def test_a_unit_that_stands_twice_counts_once(tmp_path: Path) -> None:
    file = _write(tmp_path, [FULL])
    (tmp_path / "另一份.csv").write_text(Path(file).read_text(encoding="utf-8"), encoding="utf-8")
    found = impact(ruleset_of(TEXT), ruleset_of(edited(CHANGES["target"])), [str(tmp_path)])

    assert (len(found.units), len(found.uncompared)) == (1, 1)


def test_errors_in_the_data_are_told(tmp_path: Path) -> None:
    found = _impact(tmp_path, ["target"], [(*FULL[:2], "很多", *FULL[3:])])

    assert [d.code for d in found.found] == ["E402"]
    assert found.uncompared


@settings(max_examples=25, phases=(Phase.explicit, Phase.generate), derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.sets(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=6), UNITS)
def test_the_parts_add_up_to_what_eval_gives(tmp_path_factory: pytest.TempPathFactory, names: set[str], rows: list[tuple[str, ...]]) -> None:
    """Both ends are what `evaluate` gives for the two rulesets, and the parts add up to the last digit."""
    folder = tmp_path_factory.mktemp("数据")
    found = _impact(folder, sorted(names), rows)
    old, new = ({card.unit: card.total for card in evaluate(load_source(Source("规则.perf", text), ROOT), folder / "数据.csv").scorecards}
                for text in (TEXT, _new(names)))

    for unit in found.units:
        assert (unit.old, unit.old_grade) == (old[unit.name].score, old[unit.name].grade)
        assert "name" in names or (unit.new, unit.new_grade) == (new[unit.name].score, new[unit.name].grade)
        assert all(share.edit != JOINT for share in unit.shares)
        assert sum((s.points for s in unit.shares), Fraction(0)) == unit.change
    assert sum((s.points for s in found.mean), Fraction(0)) == found.mean_change


@settings(max_examples=10, phases=(Phase.explicit, Phase.generate), derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.sets(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=3), UNITS)
def test_the_parts_are_the_mean_over_all_orders(tmp_path_factory: pytest.TempPathFactory, names: set[str], rows: list[tuple[str, ...]]) -> None:
    """Against a plain mean over every order of edits, each mixture scored by `evaluate` of the mixed ruleset."""
    from perfdsl.compare.units import read_units
    from perfdsl.score import scorecard

    folder = tmp_path_factory.mktemp("数据")
    old, new = ruleset_of(TEXT), ruleset_of(_new(names))
    found = impact(old, new, [_write(folder, rows)])
    edits = Edits(aligned(old, new))
    known = {one.key: one for one in read_units([str(folder)], old, new, aligned(old, new).names).units}
    for unit in found.units:
        worth = {some: scorecard(made := edits.made(some), known[unit.key].under(made)).total.score for some in _subsets(len(edits.edits))}
        orders = list(permutations(range(len(edits.edits))))
        for n in range(len(edits.edits)):
            added = [worth[frozenset(o[:o.index(n) + 1])] - worth[frozenset(o[:o.index(n)])] for o in orders]  # type: ignore[operator]  # all have scores
            assert sum((s.points for s in unit.shares if s.edit == n), Fraction(0)) == sum(added, Fraction(0)) / len(orders), edits.edits[n].label


def _subsets(n: int) -> list[frozenset[int]]:
    return [frozenset(i for i in range(n) if mask >> i & 1) for mask in range(2**n)]


@pytest.mark.parametrize("old", SHIPPED, ids=lambda p: p.stem)
def test_all_edits_give_the_new_ruleset(old: Path) -> None:
    """Whatever two rulesets: with every edit the old one means what the new one does."""
    for path in SHIPPED:
        edits = Edits(aligned(_loaded(old), _loaded(path)))

        assert digest(edits.made(range(len(edits.edits)))) == digest(_loaded(path))


def _loaded(path: Path) -> Ruleset:
    ruleset = load(path).ruleset
    assert ruleset is not None
    return ruleset


def test_sampled_parts_add_up_and_come_near_with_a_stated_error() -> None:
    weights = [Fraction(n, 7) for n in range(1, 13)]

    def worth(some: frozenset[int]) -> Fraction:
        return min(sum((weights[n] for n in some), Fraction(0)), Fraction(8))

    players = range(12)
    truth, found = exact(players, worth), sampled(players, worth, 200, 1)

    assert sum(found.parts.values(), Fraction(0)) == sum(truth.values(), Fraction(0)) == worth(frozenset(players))
    assert all(abs(found.parts[n] - truth[n]) <= 5 * found.errors[n] for n in players)
    assert found == sampled(players, worth, 200, 1)


def test_every_format_names_the_units(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    found = _impact(tmp_path, ["target", "weight", "less", "cap"], [FULL, (*FULL[:2], "2.4亿元", *FULL[3:])])
    table, data = impact_table.write(found, 80, False), json.loads(impact_json.write(found))

    assert all(width_of(line) <= 80 for line in table.splitlines())
    for text in (table, impact_markdown.write(found), impact_csv.write(found)):
        assert "单位1" in text
    schema = json.loads((ROOT / "perfdsl" / "report" / "impact.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    ranged = impact(ruleset_of(TEXT), ruleset_of(edited(*ADDED)), [_write(tmp_path, [FULL])])
    jsonschema.validate(json.loads(impact_json.write(ranged)), schema)
    assert "90 至 100" in impact_markdown.write(ranged)
    lines = list(csv.reader(io.StringIO(impact_csv.write(found).lstrip("\ufeff"))))
    assert all(len(line) == len(lines[0]) for line in lines)
