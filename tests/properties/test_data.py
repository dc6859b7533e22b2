"""Any bytes can be given as data, and the order of rows says nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfdsl.pipeline import Evaluation, evaluate, load
from perfdsl.report import FORMATS, render

SEED = Path(__file__).parent.parent.parent / "examples" / "lingling-2023"
RULESETS = {"as-published": load(SEED / "as-published.perf"), "corrected": load(SEED / "corrected.perf")}
RULESET_OF = {"shortfall.csv": "corrected"}
FILES = ["as-published.csv", "corrected.csv", "shortfall.csv", "as-published.json", "as-published.xlsx"]
BYTES = {name: (SEED / name).read_bytes() for name in FILES}
_PIECES = [b"", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"{", b"[", b"]}", b"%", b"=", b"-", b"1e400", b"\xe5\x85\x83",
           "亿元".encode(), "不适用".encode("gb18030"), "９５％".encode(), b"NaN", b"1,03,0", b"\xef\xbb\xbf", b"#", b"PK\x03\x04"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("数据")


def _scored(folder: Path, name: str, data: bytes) -> Evaluation:
    file = folder / name
    file.write_bytes(data)
    return evaluate(RULESETS[RULESET_OF.get(name, name.partition(".")[0])], file)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A data file with bytes cut, doubled, inserted or exchanged."""
    name = draw(st.sampled_from(FILES))
    data = bytearray(BYTES[name])
    for _ in range(draw(st.integers(1, 5))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 12))
        piece = draw(st.sampled_from(_PIECES) | st.binary(max_size=4))
        data[at : at + length] = draw(st.sampled_from([piece, piece + bytes(data[at : at + length]), b"", bytes(data[at : at + length]) * 2]))
    return name, bytes(data)


@settings(max_examples=400)
@given(mutated())
def test_mutated_data_is_read_and_reported(folder: Path, file: tuple[str, bytes]) -> None:
    result = _scored(folder, *file)

    assert result.scorecards or result.diagnostics


@settings(max_examples=30)
@given(mutated(), st.sampled_from(FORMATS))
def test_what_mutated_data_give_can_be_printed(folder: Path, file: tuple[str, bytes], kind: str) -> None:
    result = _scored(folder, *file)

    if result.scorecards or kind == "json":
        made = render(result.scorecards, kind, findings=() if result.scorecards else result.diagnostics)
        assert made.startswith(b"PK") if isinstance(made, bytes) else made.endswith("\n")


@settings(max_examples=150)
@given(st.binary(max_size=200))
@example(b"")
@example(b"\xff\xfe")
@example(b"PK")
@example(b"[" * 5000)
@example(b'{"a":' * 3000)
@example("指标,实际完成值\n税收,".encode() + b"9" * 5000)
def test_any_bytes_are_reported(folder: Path, data: bytes) -> None:
    assert _scored(folder, "corrected.csv", data).diagnostics


amounts = st.sampled_from(["", "0", "-5", "不适用", "未填", "1e3", "３亿元", "20家", "1,030.5", "95%", "增加", "2023-12-31", "=1+1", "1/2"])


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(["税收", "新开工项目", "企业满意度", "全年预算数", "企业收入相应增加", "没有这项"]), amounts))
def test_any_cell_is_read_or_reported(values: dict[str, str]) -> None:
    card = evaluate(RULESETS["corrected"], values).scorecards[0]

    assert all(row.score is None or isinstance(row.score, Fraction) for row in card.rows)
    assert 0 <= card.total.low <= card.total.high <= 100


@settings(max_examples=40)
@given(st.sampled_from(["as-published.csv", "corrected.csv", "shortfall.csv"]), st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(folder: Path, name: str, order: object) -> None:
    head, *rows = BYTES[name].decode("utf-8-sig").splitlines()
    order.shuffle(rows)  # type: ignore[attr-defined]
    card = evaluate(RULESETS[RULESET_OF.get(name, name[:-4])], SEED / name).scorecards[0]
    other = _scored(folder, name, "\n".join([head, *rows]).encode()).scorecards[0]

    assert [(r.status, r.score, r.fact.claimed) for r in card.rows] == [(r.status, r.score, r.fact.claimed) for r in other.rows]
    assert (card.unit, card.total.score, card.total.grade, card.total.grades, card.total.low) == (
        other.unit, other.total.score, other.total.grade, other.total.grades, other.total.low)
    assert sorted((d.code, d.message) for d in card.diagnostics) == sorted((d.code, d.message) for d in other.diagnostics)


FULL = {"全年预算数": "2510.12", "全年执行数": "2384.61", "税收": "2.4亿元", "新入统规模企业": "17家", "新签约工业项目": "30",
        "新开工项目": "20", "新竣工投产项目": "12", "企业收入相应增加": "增加", "提供就业岗位": "1400个", "生态环境保护程度": "98",
        "本部门可持续正常运转": "持续正常运转", "企业满意度": "85.5%"}


@settings(max_examples=60)
@given(st.sets(st.sampled_from(sorted(FULL)), min_size=1), st.sampled_from(["", "未填"]))
def test_the_range_holds_whatever_is_still_missing(open_: set[str], absent: str) -> None:
    """What the total comes to lies in the range that was said before, and so does its grade."""
    known = {name: absent if name in open_ else value for name, value in FULL.items()}
    before = evaluate(RULESETS["corrected"], known).scorecards[0].total
    after = evaluate(RULESETS["corrected"], FULL).scorecards[0].total

    assert after.score is not None
    assert before.score is None
    assert before.low <= after.score <= before.high
    assert after.grade in before.grades
    assert before.deciders
