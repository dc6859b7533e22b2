"""The workbook: what its formulas give in a spreadsheet is what we give, and no text of a user is a formula."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import cards
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from perfdsl.diagnostics import blocking
from perfdsl.model.kernel import Comparator
from perfdsl.pipeline import evaluate, load, load_source
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.report import render
from perfdsl.report.form import score_text
from perfdsl.report.totals import grade_text, total_text
from perfdsl.report.xlsx import MOST, sheet_names
from perfdsl.report.xlsx_groups import ranges
from perfdsl.report.xlsx_piece import Piece, Unsayable, arithmetic, compared, half_up, number
from perfdsl.report.xlsx_rounding import rounded
from perfdsl.score.scorecard import Scorecard
from perfdsl.source import Source

ROOT = Path(__file__).parent.parent.parent
SEED = ROOT / "examples" / "lingling-2023"
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("rulesets", "spec", "properties")]

from decided import run_tests  # noqa: E402  # of the tests beside this folder
from test_rules import HEAD, conditions, sums, values  # noqa: E402
from test_spec import _chunks, _files  # noqa: E402

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice（soffice）：工作簿的公式没有重算过")
Books = dict[str, Workbook]


def book_of(made: Sequence[Scorecard], *, values_only: bool = False, summary: bool = False) -> Workbook:
    whole = render(made, "xlsx", summary=summary)
    assert isinstance(whole, bytes)
    return load_workbook(io.BytesIO(whole), data_only=values_only)


def seed(ruleset: str, data: str) -> tuple[Scorecard, ...]:
    return evaluate(load(SEED / f"{ruleset}.perf"), SEED / data).scorecards


def shipped() -> dict[str, tuple[Scorecard, ...]]:
    """The example data of every ruleset that ships, and of the seed form."""
    made = {path.stem: evaluate(load(path), path.with_suffix(".csv")).scorecards
            for path in sorted((ROOT / "rulesets").rglob("*.perf")) if path.with_suffix(".csv").is_file()}
    return made | {"公布": seed("as-published", "as-published.csv"), "更正": seed("corrected", "corrected.csv"),
                   "未达标": seed("corrected", "shortfall.csv")}


def of_tests(folder: Path) -> list[Scorecard]:
    """What the tests of the language's and the regulations' examples give."""
    found: list[Scorecard] = []
    for file in sorted([*(ROOT / "tests" / "worked").glob("*.perf"), *(ROOT / "tests" / "spec").glob("*.perf")]):
        for chunk in _chunks(file):
            loaded = load_source(Source(file.name, _files(chunk)[""]), folder)
            if loaded.ruleset is not None and not blocking(loaded.diagnostics):
                found += run_tests(loaded.ruleset)[0]
    return found


def at_random(count: int) -> list[Scorecard]:
    """Rulesets as tests/properties draws them."""
    found: list[Scorecard] = []

    @settings(max_examples=count, database=None, derandomize=True)
    @given(st.lists(st.tuples(conditions, sums), min_size=1, max_size=4), sums, values)
    def draw(cases: Any, last: Any, given_: dict[str, int]) -> None:
        lines = [f"当 {test[0]} 得 {node[0]} × 1分" for test, node in cases]
        loaded = load_source(Source("随机.perf", HEAD + "\n".join([*lines, f"否则 得 {last[0]} × 1分"])))
        found.extend(evaluate(loaded, {**{n: str(x) for n, x in given_.items()}, "项": "0"}).scorecards)

    draw()
    return found[:count]


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.data_type == "f"}


def recalculated(books: Books, folder: Path) -> Books:
    """The books as LibreOffice computes them: openpyxl leaves no stored values, so nothing can be taken over."""
    folder.mkdir(exist_ok=True)
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    subprocess.run([*command, *(str(folder / f"{name}.xlsx") for name in books)], check=True, capture_output=True, timeout=600)
    return {name: load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in books}


def same(a: Any, b: Any) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    return (a or "") == (b or "")


# ---- recalculated


@needs_office
def test_recalculated_every_formula_shows_what_we_store(tmp_path: Path) -> None:
    tests, random = of_tests(tmp_path), at_random(50)
    units = {**shipped(), "随机": tuple(random), **{f"例{at}": tuple(tests[at : at + MOST]) for at in range(0, len(tests), MOST)}}
    books = {name: book_of(made) for name, made in units.items()}
    stored = {name: book_of(made, values_only=True) for name, made in units.items()}
    again = recalculated(books, tmp_path / "books")

    differ = [f"{name} {sheet}!{at} {text}：{stored[name][sheet][at].value} ≠ {again[name][sheet][at].value}"
              for name, book in books.items() for (sheet, at), text in formulas(book).items()
              if not same(stored[name][sheet][at].value, again[name][sheet][at].value)]
    assert differ == []
    assert len(random) == 50
    assert len(tests) > 200


@needs_office
def test_a_number_changed_by_hand_changes_score_total_and_grade(tmp_path: Path) -> None:
    book = book_of(seed("corrected", "corrected.csv"))
    data = book["数据"]
    line = next(row for row in data.iter_rows() if row[1].value == "税收" and row[2].value == "实际值")
    line[3].value = 90_000_000
    again = recalculated({"改": book}, tmp_path / "books")["改"]["自评表"]
    score, total, grade = (found(again, name) for name in ("税收", "总分", "等级"))

    assert (score[6], total[6], grade[5]) == (4.5, 89.5, "良")


OPEN = """规则集 「例」
  总分 40分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
  等级依据 总分，等级 优 ≥ 36分，等级 良 ≥ 30分，等级 差 < 30分
  引用 「标准计分方法」
数据 停工（是、否）
数据 投诉 次
三级指标 甲 10分，目标 ≥ 3亿元，计分 正向比率
三级指标 乙 10分，目标 「健全」，计分 定性相符
三级指标 丙 10分
  当 停工 = 是 得 0，否则 得 分值
  每出现1次「投诉」扣 2分，扣完为止
三级指标 丁 10分，计分 正向比率，合成 取低
  分项 报道，目标 ≥ 10篇
  分项 活动，目标 ≥ 5场
"""


def waiting(**values: str) -> tuple[Scorecard, ...]:
    return evaluate(load_source(Source("例.perf", OPEN)), {"单位": "某局", **values}).scorecards


def filled_in(book: Workbook, **values: Any) -> Workbook:
    """*values* typed into the yellow cells of 数据: 甲_实际值, 停工."""
    for row in book["数据"].iter_rows(min_row=4):
        name = "_".join(filter(None, (row[1].value, row[2].value)))
        if name in values and row[3].data_type != "f":
            row[3].value = values.pop(name)
    assert values == {}
    return book


@needs_office
def test_open_rows_total_and_grade_come_alive(tmp_path: Path) -> None:
    """Nothing filled in, all but one, all: in LibreOffice as we say it."""
    most: dict[str, Any] = {"乙_实际值": "基本健全", "乙_评定得分": 7, "停工": "否", "投诉": 1, "报道_实际值": 10, "活动_实际值": 4}
    said = {"乙": {"actual": "基本健全", "chosen": "7", "reason": "略"}, "停工": "否", "投诉": "1次", "报道": "10篇", "活动": "4场"}
    books = {"空": book_of(waiting()), "一": filled_in(book_of(waiting()), **most),
             "全": filled_in(book_of(waiting()), **most, 甲_实际值=240_000_000)}
    again = recalculated(books, tmp_path / "books")
    for name, (card,) in {"空": waiting(), "一": waiting(**said), "全": waiting(**said, 甲="2.4亿元")}.items():
        sheet = again[name]["自评表"]
        shown = total_text(card) if card.total.score is None else float(card.total.score)
        assert (found(sheet, "总分")[6], found(sheet, "等级")[5]) == (shown, grade_text(card)), name
        assert [found(sheet, row.indicator.name)[6] for row in card.rows] == [score_text(card, row) if row.score is None else float(row.score)
                                                                             for row in card.rows], name


@needs_office
def test_the_ranking_takes_in_a_unit_that_is_filled_in(tmp_path: Path) -> None:
    units = [*seed("corrected", "shortfall.csv"), *seed("corrected", "corrected.csv")]
    again = recalculated({"甲": filled_in(book_of(units), 提供就业岗位_实际值=1500)}, tmp_path / "books")["甲"]["名次"]

    assert [tuple(again.cell(row, column).value for column in (1, 3, 4)) for row in (3, 4)] == [(1, 100, "优"), (2, 91.75, "优")]


def test_what_is_to_be_filled_in_says_so() -> None:
    rows = {(row[1], row[2]): row for row in book_of(waiting())["数据"].iter_rows(min_row=4, values_only=True)}

    assert rows["甲", "实际值"][3:] == (None, "元", "待填")
    assert next(row for (_, label), row in rows.items() if label == "停工")[5] == "待填：是、否"
    assert ("甲", "评定得分") not in rows


def test_the_officers_points_stand_in_one_cell() -> None:
    made = evaluate(load_source(Source("例.perf", OPEN.replace("目标 「健全」，计分 定性相符", """
  定性 达成 评分 80%（含）至 100%（含）
  定性 未达成 评分 0（含）至 80%（不含）
""").replace("  三级", "三级"))), {"乙": {"actual": "达成", "chosen": "9", "reason": "略"}}).scorecards
    names = [(row[1].value, row[2].value) for row in book_of(made)["数据"].iter_rows(min_row=4)]

    assert names.count(("乙", "评定得分")) == 1


def test_rows_of_the_data_are_high_enough_for_long_names() -> None:
    text = OPEN.replace("三级指标 甲", "三级指标 「全县高标准农田建设项目配套的田间道路和灌溉排水设施按期完工验收合格率」")
    sheet = book_of(evaluate(load_source(Source("例.perf", text)), {"单位": "某局"}).scorecards)["数据"]
    long = next(row[1] for row in sheet.iter_rows(min_row=4) if len(str(row[1].value)) > 30)

    assert sheet.row_dimensions[long.row].height > 40
    assert long.alignment.wrap_text


def found(sheet: Any, name: str) -> tuple[Any, ...]:
    """The line in which one of the cells has this text."""
    return next(row for row in sheet.iter_rows(values_only=True) if name in row)


# ---- stored values


@pytest.mark.parametrize("name", list(shipped()))
def test_stored_scores_are_ours(name: str) -> None:
    for card in shipped()[name]:
        live, sheet = book_of([card])["自评表"], book_of([card], values_only=True)["自评表"]
        total, grade = found(sheet, "总分"), found(sheet, "等级")
        if card.total.score is not None:
            assert Fraction(str(total[6])) == card.total.score
            assert str(found(live, "总分")[6]).startswith("=")
        assert (grade[5] or "") == grade_text(card)
        shown = [row[6] for row in sheet.iter_rows(values_only=True)] + [sheet["H4"].value]
        assert all(float(row.score) in shown for row in card.rows if row.score is not None)


def test_what_does_not_apply_is_carried_by_the_rest_in_the_formula() -> None:
    text = ("规则集 「例」，总分 100分，不适用 其余按比例折算，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入\n"
            "引用 「标准计分方法」\n三级指标 甲 60分，目标 ≥ 10个，计分 正向比率\n三级指标 乙 40分，目标 ≥ 10个，计分 正向比率\n")
    made = evaluate(load_source(Source("例.perf", text)), {"甲": "9个", "乙": "不适用"}).scorecards

    assert book_of(made, values_only=True)["自评表"]["G6"].value == 90
    assert "*100/60" in str(formulas(book_of(made)))


def test_a_score_that_no_formula_gives_is_a_value_with_a_note() -> None:
    sheet = book_of([cards.scored()])["自评表"]
    noted = [cell for row in sheet.iter_rows() for cell in row if cell.comment]

    assert noted
    assert all(isinstance(cell.value, int | float) and "这里是数值，不是公式" in cell.comment.text for cell in noted)


# ---- hostile texts, many units


def test_no_text_of_a_user_is_a_formula() -> None:
    book = book_of([cards.hostile()])
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]

    assert any("@SUM(A1)" in text for text in texts)
    assert any("=HYPERLINK(1)" in text for text in texts)
    assert not re.search("HYPERLINK|SUM\\(A1\\)|cmd", "".join(formulas(book).values()))


def test_many_units_are_ranked_with_the_distribution_of_grades() -> None:
    book, stored = book_of(cards.many()), book_of(cards.many(), values_only=True)
    sheet = stored["名次"]

    assert book.sheetnames[0] == "名次"
    assert [sheet.cell(row, 1).value for row in range(3, 7)] == [1, 1, 3, "－"]
    assert str(book["名次"]["A3"].value).startswith("=IF(ISNUMBER(C3),RANK(C3,")
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 3).value) for row in (9, 10)] == [("良", 1), ("优", 2)]
    assert str(book["名次"]["C9"].value).startswith("=COUNTIF(")


def test_the_summary_is_the_ranking_alone() -> None:
    assert book_of(cards.many(), summary=True).sheetnames == ["名次"]
    assert book_of([], summary=True).sheetnames == ["名次"]


def test_very_many_units_stand_in_one_list() -> None:
    book = book_of(cards.many() * (MOST // 4 + 1))

    assert book.sheetnames == ["名次", "得分明细", "说明"]
    assert book["得分明细"].max_row > MOST


def test_names_of_sheets_are_ones_that_a_spreadsheet_takes() -> None:
    names = sheet_names(["甲/乙局", "说明", "同名", "同名", "", "长" * 40])

    assert names == ["甲_乙局", "说明（2）", "同名", "同名（4）", "单位5", "长" * 31]


def test_it_prints_on_a4_one_page_wide_and_repeats_its_headings() -> None:
    sheet = book_of(seed("corrected", "corrected.csv"))["自评表"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.print_title_rows == "$6:$6"
    assert {sheet["A1"].font.name, sheet["C7"].font.name} == {"方正小标宋简体", "仿宋"}


# ---- the command


def test_the_command_writes_a_file_and_refuses_the_screen(run: Any, tmp_path: Path) -> None:
    files = (SEED / "corrected.perf", SEED / "corrected.csv")
    assert run("eval", *files, "-o", tmp_path / "表.xlsx").code == 0
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")
    refused = run("eval", *files, "--format", "xlsx")
    assert refused.code == 2
    assert "用 -o 写明文件" in refused.err
    assert [file.name for file in tmp_path.iterdir()] == ["表.xlsx"]


# ---- floats


@pytest.mark.parametrize(("value", "places", "expected"), [(1.005, 2, 1.01), (2.675, 2, 2.68), (-0.125, 2, -0.13), (0.5, 0, 1.0)])
def test_round_as_spreadsheets_do(value: float, places: int, expected: float) -> None:
    assert half_up(value, places) == expected


@settings(max_examples=300, database=None, derandomize=True)
@given(st.integers(-10**7, 10**7), st.integers(1, 3), st.sampled_from(list(RoundingMode)))
def test_every_mode_gives_the_exact_result_of_a_decimal(scaled: int, places: int, mode: RoundingMode) -> None:
    exact, rounding = Fraction(scaled, 10**4), Rounding(places, mode)

    assert rounded(Piece("A1", float(exact)), rounding).value == float(rounding.apply(exact))


def test_numbers_that_floats_cannot_tell_apart_are_not_compared() -> None:
    a, b = Piece("A1", 0.1 + 0.2), number(Fraction(3, 10))
    assert compared(Comparator.GE, a, b).value is True
    with pytest.raises(Unsayable, match="太接近"):
        compared(Comparator.GT, arithmetic("+", a, number(Fraction(1, 10**12))), b)


def test_neighbours_are_a_range() -> None:
    assert ranges(["'甲'!$G$7", "'甲'!$G$8", "'甲'!$H$4", "'甲'!$G$10"]) == ["'甲'!$G$7:$G$8", "'甲'!$G$10", "'甲'!$H$4"]
