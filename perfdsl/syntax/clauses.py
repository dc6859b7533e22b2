"""Text to clauses.  A broken clause is reported once and skipped to its end; reading goes on behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import lark
from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from perfdsl.diagnostics import Diagnostic
from perfdsl.record import record
from perfdsl.resources import CLAUSE_FILES, cached, grammar_text
from perfdsl.source import Source, Span
from perfdsl.syntax import tree as t
from perfdsl.syntax.build import Builder
from perfdsl.syntax.build_expressions import BadNumberError
from perfdsl.syntax.faults import bad_number, too_long, unexpected

ENDS = ("COMMA", "SEMICOLON", "STOP", "NEWLINE")
_CONSEQUENCES = ("GIVES", "JUDGE", "TARGET", "WEIGHT", "FULL_SCORE", "ZERO_SCORE", "NOT_APPLICABLE", "DIRECTLY", "WAIVED", "DEDUCT", "ADD", "VETO",
                 "VETO_GROUP", "BARRED", "ALERT", "TOTAL", "GRADE", "LET")
_OPEN_AT_COMMA = ("WHEN", "FROM", "DATE", "TO")
"""What begins a clause that a comma does not end before its consequence."""
MOST_TOKENS = 256
"""Words and marks of one clause: an expression may be as deep as it is long."""
_OPENING, _CLOSING = "（(", "）)"


class _ClauseEnds:
    """Tells Lark's lexer that the end of a clause may stand anywhere."""

    always_accept = ENDS

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


@cache
def grammar() -> Lark:
    """The parser of one clause; its tables are kept in the user's cache."""
    text = grammar_text(*CLAUSE_FILES)
    tables = cached("grammar", f"{lark.__version__}\n{text}", lambda: _tables(text))
    return Lark.load(BytesIO(tables))


def _tables(text: str) -> bytes:
    """The LALR tables of the grammar *text*, as Lark saves them."""
    saved = BytesIO()
    Lark(text, parser="lalr", start="clause", maybe_placeholders=False, postlex=_ClauseEnds()).save(saved)
    return saved.getvalue()


@record
class Written:
    """A clause and the tokens that make it, its end included."""

    clause: t.Clause | None
    tokens: tuple[Token, ...]


class _Reader:
    """Reads the clauses of one source in order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.builder = Builder(source)
        start: Any = grammar().parse_interactive(source.text)
        self.parser, self.thread, self.fresh = start.parser, start.lexer_thread, start.parser_state

    def __iter__(self) -> Iterator[tuple[Written, list[Diagnostic]]]:
        while (read := self._clause()) is not None:
            yield read

    def _clause(self) -> tuple[Written, list[Diagnostic]] | None:
        """The next clause with its end; None behind the last."""
        state = InteractiveParser(self.parser, self.fresh.copy(deepcopy_values=False), self.thread)
        tokens: list[Token] = []
        try:
            ended = self._feed(state, tokens)
            if len(tokens) == ended:
                return (Written(None, tuple(tokens)), []) if ended else None
            if len(tokens) > MOST_TOKENS:
                return Written(None, tuple(tokens)), [too_long(self.source, tokens)]
            parsed: Any = state.feed_eof(tokens[-1])  # type: ignore[no-untyped-call]  # Lark leaves it untyped
            return Written(self.builder.clause(parsed), tuple(tokens)), []
        except (UnexpectedToken, UnexpectedCharacters) as fault:
            found = unexpected(fault, self.source, tokens, state)
            self._skip(tokens, found)
            return Written(None, tuple(tokens)), [found]
        except BadNumberError as fault:
            return Written(None, tuple(tokens)), [bad_number(fault.span)]

    def _feed(self, state: Any, tokens: list[Token]) -> int:
        """Feed tokens until the clause ends; how many of them are its end (1, or 0 at the end of the text)."""
        depth, waiting = 0, False
        for token in self.thread.lex(state.parser_state):
            kind = token.type
            tokens.append(token)
            if kind in ENDS and not (kind == "COMMA" and (depth or waiting)):
                return 1
            depth += (kind == "LPAR") - (kind == "RPAR")
            waiting = kind in _OPEN_AT_COMMA if len(tokens) == 1 else waiting and kind not in _CONSEQUENCES
            state.parser_state.feed_token(token)
        return 0

    def _skip(self, tokens: list[Token], found: Diagnostic) -> None:
        """Move behind the end of the broken clause; commas inside parentheses do not end it, a line break does."""
        assert isinstance(found.place, Span)
        text, at = self.source.text, found.place.start
        depth = sum((x.type == "LPAR") - (x.type == "RPAR") for x in tokens if (x.start_pos or 0) < at)
        if tokens and tokens[-1].type in ENDS and tokens[-1].start_pos == at:
            return
        while at < len(text) and text[at] != "\n" and (depth > 0 or text[at] not in "，,；;。#＃"):
            depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
            at += 1
        self.thread.state.line_ctr.char_pos = max(at, self.thread.state.line_ctr.char_pos)


def read(source: Source) -> Iterator[tuple[Written, list[Diagnostic]]]:
    """Every clause of *source* with what is wrong in it; a clause that is broken is None."""
    return iter(_Reader(source))
