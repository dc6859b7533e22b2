"""The LALR table itself: where a bare name may stand no keyword may, and nothing is ambiguous."""

from __future__ import annotations

import logging
import re
from typing import Any

import lark.lexer
import pytest
from lark import Lark
from lark.utils import logger

from perfdsl.resources import CLAUSE_FILES, grammar_text
from perfdsl.syntax.clauses import ENDS, grammar
from perfdsl.syntax.vocabulary import Keyword, keywords

_TERMINAL = re.compile(r"^([A-Z_0-9]+)\.(\d+):\s+/(.*)/i\s*$", re.M)
KEYWORDS = list(keywords().values())


def _states() -> dict[int, set[str]]:
    """State → the terminals that it accepts."""
    table: Any = grammar().parser.parser._parse_table
    return {state: {name for name in actions if name.isupper()} for state, actions in table.states.items()}


def _lexers() -> dict[int, Any]:
    """State → its lexer, which knows only what may stand there."""
    return grammar().parser.lexer.lexer.lexers  # type: ignore[no-any-return]


STATES = _states()
PLACES = {
    keyword.terminal: [state for state, accepted in STATES.items() if keyword.terminal in accepted] for keyword in KEYWORDS
}


def test_no_state_accepts_both_a_name_and_a_keyword() -> None:
    both = {state: accepted & keywords().keys() for state, accepted in STATES.items() if "NAME" in accepted}

    assert {state: names for state, names in both.items() if names} == {}


def test_no_state_accepts_both_a_name_and_a_unit() -> None:
    """`20家` is a number and its unit wherever a number may stand; two names never follow one another."""
    assert [state for state, accepted in STATES.items() if {"NAME", "UNIT"} <= accepted] == []


def _conflicts(text: str, start: str) -> list[str]:
    """What Lark says of conflicts that it resolves in silence."""
    said: list[str] = []
    handler, level = logging.Handler(), logger.level
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        Lark(text, parser="lalr", start=start, debug=True)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    return [line for line in said if "conflict" in line.lower()]


def test_lark_reports_no_conflict() -> None:
    assert _conflicts(grammar_text(*CLAUSE_FILES), "clause") == []


def test_a_conflict_would_be_seen() -> None:
    assert _conflicts('start: start "+" start | "1"', "start") != []


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda k: k.terminal)
def test_a_keyword_is_spelled_in_both_languages_and_used(keyword: Keyword) -> None:
    assert keyword.chinese
    assert keyword.english
    assert PLACES[keyword.terminal]


def test_every_line_of_the_file_is_read_as_a_keyword() -> None:
    text = grammar_text("keywords.lark")
    terminals = set(re.findall(r"^([A-Z_0-9]+)(?:\.\d+)?:", text, re.M)) - {"UNIT"}

    assert terminals == set(keywords())


_BEHIND = {"chinese": ("", " ", "\n", "，", "9", "「甲」", "（"), "english": ("", " ", "\n", ",", "(")}


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda k: k.terminal)
def test_every_spelling_is_its_own_terminal_wherever_it_may_stand(keyword: Keyword) -> None:
    read = {
        (spelling + behind, state, _lexed(state, spelling + behind))
        for state in PLACES[keyword.terminal]
        for language, many in _BEHIND.items()
        for spelling in getattr(keyword, language)
        for behind in many
    }
    wrong = {(text, state, got) for text, state, got in read if got != (keyword.terminal, text.rstrip(" \n，9「甲」（,("))}

    assert wrong == set()


def _lexed(state: int, text: str) -> tuple[str, str]:
    """Terminal and text of the first token."""
    found = _lexers()[state].match(_line(text), 0)
    return (found[1], found[0]) if found else ("", "")


def _line(text: str) -> Any:
    """What Lark's lexers match against."""
    slices = getattr(lark.lexer, "TextSlice", None)
    return text if slices is None else slices.cast_from(text)


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda k: k.terminal)
def test_a_keyword_that_begins_another_one_gives_way_to_it(keyword: Keyword) -> None:
    """By a lower priority, or because its pattern says what must not follow."""
    patterns = {name: (int(level), re.compile(body, re.I)) for name, level, body in _TERMINAL.findall(grammar_text("keywords.lark"))}
    level, pattern = patterns[keyword.terminal]
    taken = [
        (other.terminal, spelling)
        for other in KEYWORDS
        if other.terminal != keyword.terminal and patterns[other.terminal][0] <= level
        for spelling in other.spellings
        if pattern.match(spelling) and set(PLACES[keyword.terminal]) & set(PLACES[other.terminal])
    ]

    assert taken == []


def test_no_two_keywords_share_a_spelling() -> None:
    spellings = [s for keyword in KEYWORDS for s in keyword.spellings]

    assert sorted(spellings) == sorted(set(spellings))


def test_the_ends_of_a_clause_are_accepted_everywhere() -> None:
    assert all(set(ENDS) <= {t.name for t in lexer.terminals} for lexer in _lexers().values())
