"""Diagnostics for the terminal."""

from __future__ import annotations

import cards

from perfdsl.diagnostics import Cell, Diagnostic, Severity
from perfdsl.report.findings import as_json, show
from perfdsl.source import Source, Span
from perfdsl.text import width_of


def test_the_words_are_underlined_under_double_width_text() -> None:
    text = show([cards.ADDS_UP])
    assert text == (
        "错误 E201  一级指标的分值合计为 110，声明的总分是 100\n"
        "  --> rules.perf:3:3\n"
        "  3 |   总分 100分\n"
        "    |   ^^^^^^^^^^\n"
        "  另见：这里的分值比国家标准多 10分\n"
        "  --> rules.perf:5:6\n"
        "  5 | 一级指标 满意度指标 20分，目标 90%及以上\n"
        "    |          ^^^^^^^^^^^^^^^\n"
        "  提示：一级指标 满意度指标 10分\n"
        "\n"
        "1 个错误\n"
    )


def test_cells_and_counts() -> None:
    text = show([cards.UNREAD, cards.HIGH, cards.ADDS_UP])
    assert "  --> 自评表.xlsx:Sheet1!D7\n" in text
    assert text.endswith("\n2 个错误，1 个警告\n")
    assert show([]) == ""


def test_of_many_alike_the_first_twenty_are_shown() -> None:
    found = [Diagnostic("E402", f"读不懂「{n}」", Cell("a.csv", f"第{n}行", "", n, 1)) for n in range(60)]
    text = show([*found, cards.HIGH])
    assert text.count("错误 E402") == 20
    assert "…另有 40 处 E402" in text
    assert text.endswith("60 个错误，1 个警告\n")


def test_color_only_when_asked() -> None:
    assert "\x1b" not in show([cards.ADDS_UP])
    assert "\x1b[31;1m错误 E201\x1b[0m" in show([cards.ADDS_UP], color=True)


def test_a_long_line_is_cut_around_the_mark() -> None:
    line = "目标" * 60 + "错词" + "之后" * 60
    found = Diagnostic("E101", "没有「错词」", Span(Source("a.perf", line), 120, 122))
    shown, carets = show([found], width=60).splitlines()[2:4]
    assert width_of(shown) <= 60
    assert "错词" in shown
    assert width_of(shown[: shown.index("错词")]) == carets.index("^")
    assert carets.count("^") == 4


def test_a_mark_without_words_and_one_over_several_lines() -> None:
    source = Source("a.perf", "规则集\n年度")
    for start, end, carets in ((3, 3, "^"), (0, 6, "^^^^^^")):
        assert show([Diagnostic("E001", "此处", Span(source, start, end))]).splitlines()[3].strip(" |") == carets


def test_a_tab_does_not_move_the_carets() -> None:
    found = Diagnostic("E001", "此处", Span(Source("a.perf", "\t错"), 1, 2))
    assert show([found]).splitlines()[2:4] == ["  1 |  错", "    |  ^^"]


def test_ascii_output_is_gbk() -> None:
    found = Diagnostic("E001", "≥ ✓ m²", Span(Source("a.perf", "≥ 错²"), 2, 3), severity=Severity.REMARK)
    text = show([found], ascii_only=True)
    text.encode("gbk")
    assert text.splitlines()[2:4] == ["  1 | >= 错2", "    |    ^^"]


def test_as_json() -> None:
    assert as_json(cards.UNREAD) == {"code": "E402", "severity": "error", "message": "读不懂「约3亿」",
                                     "file": "自评表.xlsx", "line": 7, "column": 4, "cell": "Sheet1!D7",
                                     "hint": "填写确数，例如 3亿元"}
    assert as_json(cards.HIGH)["line"] is None
    assert as_json(cards.HIGH)["hint"] is None
