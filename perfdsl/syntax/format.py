"""The one layout of a ruleset: comments and line breaks stay, spaces, marks, indentation and spellings become uniform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from lark import Token

from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.record import record
from perfdsl.source import Source
from perfdsl.syntax import tree as t
from perfdsl.syntax.clauses import ENDS, Written, read
from perfdsl.syntax.outline import outline
from perfdsl.syntax.vocabulary import keywords, spelled
from perfdsl.text import padded
from perfdsl.width import width_of

INDENT = "  "
_COMMENT = re.compile(r"[#＃][^\n]*")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_MARKS = {
    "EQUAL": "=", "UNEQUAL": "≠", "GREATER_EQUAL": "≥", "LESS_EQUAL": "≤", "GREATER": ">", "LESS": "<", "PLUS": "+",
    "MINUS": "−", "TIMES": "×", "DIVIDE": "÷", "LPAR": "（", "RPAR": "）", "INCLUDED": "（含）", "EXCLUDED": "（不含）",
    "COMMA": "，", "SEMICOLON": "；", "STOP": "。", "PAUSE": "、",
}
_LIMITED = ("TOTAL", "GRADE")
_LIMITS = {"GREATER_EQUAL": "不低于", "LESS_EQUAL": "不高于"}
"""How a limit of the total or the grade is written; a comparison has its sign."""
_TIGHT_AFTER = {"LPAR", "PAUSE", "COMMA"}
_TIGHT_BEFORE = {"RPAR", "INCLUDED", "EXCLUDED", "PAUSE", "COMMA"}
_TIGHT_PAIRS = {("NUMBER", "UNIT"), ("NAME", "LPAR"), ("KEEP", "NUMBER"), ("NUMBER", "PLACES"), ("UNIT", "AT_LEAST"),
                ("UNIT", "AT_MOST"), ("NUMBER", "AT_LEAST"), ("NUMBER", "AT_MOST"), ("DATE", "BEFORE"),
                ("QUOTED", "LPAR"), ("EACH", "NAME"), ("INCLUDED", "TO"), ("EXCLUDED", "TO"), ("CARDINAL", "UNIT"), ("UNIT", "UNTIL"), ("NUMBER", "UNTIL")}
_ALIGNED = {"WHEN", "OTHERWISE", "NUMBER", "EQUAL", "UNEQUAL", "GREATER_EQUAL", "LESS_EQUAL", "GREATER", "LESS"}
_RESULTS = ("GIVES", "JUDGE", "FULL_SCORE", "ZERO_SCORE")
_COLUMN = "\0"
_OPERANDS = {"NUMBER", "UNIT", "NAME", "QUOTED", "RPAR", "DATE"}


@record
class _Line:
    """One line of the file: the clauses on it with the marks between them, and its comment."""

    clauses: tuple[Written, ...]
    comment: str


def format_source(source: Source, english: bool = False) -> tuple[str, list[Diagnostic]]:
    """The laid-out text, with Chinese or English keywords; the text as it is where its syntax has errors."""
    written: list[Written] = []
    found: list[Diagnostic] = []
    for clause, faults in read(source):
        written.append(clause)
        found += faults
    if errors(found):
        return source.text, found
    depths = _depths(written)
    lines = [_shown(line, depths, english) for line in _lines(source, written)]
    return _tidy(_aligned(_with_indented_comments(lines))), []


def _depths(written: list[Written]) -> dict[int, int]:
    """Start of each clause → how deep it is indented."""
    blocks, _ = outline([w.clause for w in written if w.clause is not None])
    depths: dict[int, int] = {}
    for block in blocks:
        _note(block, 0, depths)
    return depths


def _note(block: t.Block, depth: int, depths: dict[int, int]) -> None:
    depths[block.head.span.start] = depth
    for clause in block.clauses:
        depths[clause.span.start] = depth + 1
    inside = depth if isinstance(block.head, t.RulesetHead) else depth + 1
    for child in block.blocks:
        _note(child, inside, depths)


def _lines(source: Source, written: list[Written]) -> Iterator[_Line]:
    """The clauses line by line; a comment stands in the gap before the line break."""
    waiting: list[Written] = []
    at = 0
    for clause in written:
        last = clause.tokens[-1]
        behind = clause.tokens[-2].end_pos if len(clause.tokens) > 1 else at
        comment = _COMMENT.search(source.text, behind or at, last.start_pos or at) if last.type == "NEWLINE" else None
        waiting += [clause] if clause.clause is not None else []
        at = last.end_pos or at
        if last.type == "NEWLINE":
            yield _Line(tuple(waiting), comment[0] if comment else "")
            waiting = []
    rest = _COMMENT.search(source.text, at)
    if waiting or rest:
        yield _Line(tuple(waiting), rest[0] if rest else "")


def _shown(line: _Line, depths: dict[int, int], english: bool) -> tuple[int | None, str, str]:
    """Indentation (None: a line without clause), text and comment of a line."""
    comment = f"# {line.comment[1:].strip()}" if line.comment else ""
    if not line.clauses:
        return None, "", comment
    text = ""
    for clause in line.clauses:
        tokens = [token for token in clause.tokens if token is not clause.tokens[-1] or token.type not in ENDS]
        text += _clause(tokens, english)
        end = clause.tokens[-1].type
        if clause is not line.clauses[-1]:
            text += _MARKS.get(end, "，")
    first = line.clauses[0].tokens[0].start_pos or 0
    return depths.get(first, 1), text, comment


def _clause(tokens: list[Token], english: bool) -> str:
    text = ""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        limited = before is not None and before.type in _LIMITED and not english
        word = _LIMITS.get(token.type, "") if limited else ""
        word = word or _word(token, english)
        if token.type in _RESULTS and tokens[0].type in _ALIGNED and _COLUMN not in text:
            word = _COLUMN + word
        text += (" " if before is not None and not _tight(tokens, at, english) else "") + word
    return text


def _aligned(lines: list[str]) -> list[str]:
    """The results of case lines that follow one another stand in one column."""
    made: list[str] = []
    for case_lines, run in groupby(lines, key=lambda line: line.count(_COLUMN) == 1):
        rows = list(run)
        widest = max((width_of(row.partition(_COLUMN)[0]) for row in rows), default=0) if case_lines else 0
        made += [_padded(row, widest) for row in rows]
    return made


def _padded(row: str, width: int) -> str:
    before, column, after = row.partition(_COLUMN)
    return padded(before, width) + after if column and width else row.replace(_COLUMN, "")


def _word(token: Token, english: bool) -> str:
    if token.type in keywords():
        own = re.sub(r"\s+", " ", token).lower()
        keyword = keywords()[token.type]
        return own if own in (keyword.english if english else keyword.chinese) else spelled(token.type, english)
    if token.type == "EACH_COUNTED":
        return f"{spelled('EACH', english)} {token[1:]}" if english else str(token)
    if token.type in _MARKS:
        return _MARKS[token.type]
    if token.type == "QUOTED" and not set("「」") & set(token[1:-1]):
        return f"「{token[1:-1]}」"
    return str(token).translate(_FULL_WIDTH) if token.type in ("NUMBER", "UNIT") else str(token)


def _tight(tokens: list[Token], at: int, english: bool) -> bool:
    """Whether no blank stands before the token."""
    left, right = tokens[at - 1].type, tokens[at].type
    if left in _TIGHT_AFTER or right in _TIGHT_BEFORE:
        return True
    if left == "MINUS" and (at == 1 or tokens[at - 2].type not in _OPERANDS):
        return True
    return (left, right) in _TIGHT_PAIRS and not (english and {left, right} & keywords().keys())


def _with_indented_comments(lines: list[tuple[int | None, str, str]]) -> list[str]:
    """Comments on their own line stand like the clause below them."""
    shown: list[str] = []
    depth = 0
    for at, text, comment in reversed(lines):
        depth = at if at is not None else depth
        indent = INDENT * depth
        body = f"{indent}{text}  {comment}" if text and comment else f"{indent}{text or comment}"
        shown.append(body.rstrip())
    return shown[::-1]


def _tidy(lines: list[str]) -> str:
    """At most one blank line in a row, none at either end, one line break at the end."""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"{text}\n" if text else ""
