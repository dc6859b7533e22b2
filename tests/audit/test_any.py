"""Whatever stands in the cells: an audit, no exception, and each finding has its code, its kind and its words."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import form, money, row

from perfdsl.audit import audit
from perfdsl.audit.kinds import KINDS
from perfdsl.report import audit_docx, audit_html, audit_json, audit_table, audit_xlsx

PIECES = ["≥", "≤", "=", "90", "%", "0", "-1", "1e300", "９５", "万元", "亿元", "家", "/", "—", "无", "完成", "12月底前", "2023年", "及以上", "，", "（", "）",
          "**", "\x00", "<b>", "=1+1", "满意度", "成本", "增加", "达成预期指标", ".", ",", " ", "\n"]
TEXTS = st.none() | st.lists(st.sampled_from(PIECES), max_size=5).map("".join) | st.text(max_size=12)
ROWS = st.builds(lambda name, **cells: row(name or "", **cells), TEXTS, target=TEXTS, actual=TEXTS, weight=TEXTS, claimed=TEXTS, reason=TEXTS, sign=TEXTS,
                 unit=TEXTS, share=TEXTS, converted=TEXTS)
MONEY = st.builds(lambda total, **cells: money(total=total, **cells), st.booleans(),
                  initial=TEXTS, budget=TEXTS, spent=TEXTS, weight=TEXTS, rate=TEXTS, score=TEXTS)


@settings(max_examples=150)
@given(st.lists(ROWS, max_size=4), st.lists(MONEY, max_size=3), TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_form(rows: list[Any], budget: list[Any], goal: str | None, total: str | None, claimed: str | None, grade: str | None) -> None:
    made = audit(form(*rows, budget=budget, goal=goal, total=total, claimed=claimed, grade=grade))

    assert all(KINDS[one.code][0] == one.kind and one.message for one in made.findings)
    assert json.loads(audit_json.write([made]))["rows"] is not None
    assert "\x00" not in audit_table.write([made], 80, True)


@settings(max_examples=15)
@given(st.lists(ROWS, max_size=3))
def test_any_form_in_files(rows: list[Any]) -> None:
    made = audit(form(*rows))

    assert audit_html.write([made, made])
    assert audit_xlsx.write([made])
    assert audit_docx.write([made])
