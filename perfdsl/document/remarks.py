"""What a ruleset says of its own sources and use: no part of what is signed, but told behind it, for those who check."""

from __future__ import annotations

import re

_MARK = r"(?:seed|id ?\d+|S\d+)"
_NUMBERS = re.compile(rf"（{_MARK}(?:[、，；]{_MARK})*）| {_MARK}(?![\w-])")
_ASIDE = re.compile(rf"（(?:(?:{_MARK}|未见原文|出处未定位|本库约定)[、，；]?)+）")
_OWN = re.compile(rf"本库|未见原文|没有见到原文|出处未定位|（{_MARK}|{_MARK}）")
_ELSEWHERE = re.compile(rf"见（{_MARK}")

UNSEEN, UNFOUND, AGREED, USE = "依据未核对原文的", "依据出处未定位的", "规定没有写明、由规则集约定的", "规则集对用法的说明"


def without_marks(text: str) -> str:
    """The text without the numbers of sources and the marks behind them."""
    return _NUMBERS.sub("", _ASIDE.sub("", text))


def regulation_basis(text: str) -> str:
    """The basis as a regulation cites it; empty where it is a remark and cites nothing."""
    clauses = [one for one in text.split("；") if not _ELSEWHERE.search(one) and "本库约定" not in _ASIDE.sub("", one)]
    return _ASIDE.sub("", "；".join(clauses)).strip()


def regulation_note(text: str) -> str:
    """The note, or nothing where it speaks of sources instead of the matter."""
    return "" if _OWN.search(text) else text


class Remarks:
    """Gathers the remarks under what they are."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, None]] = {kind: {} for kind in (UNSEEN, UNFOUND, AGREED, USE)}

    def basis(self, text: str) -> str:
        """The basis as the regulation cites it; what is said of the source beside it is kept."""
        for sign, kind in (("未见原文", UNSEEN), ("出处未定位", UNFOUND)):
            if sign in text:
                self._keep(kind, regulation_basis(text))
        if "本库约定" in text:
            self._keep(AGREED, without_marks(text))
        return regulation_basis(text)

    def note(self, text: str, quoted: str = "") -> str:
        """The note where it belongs into the regulation; that of a method from elsewhere (its name) is for who writes rulesets."""
        if regulation_note(text) and not quoted:
            return text
        text = f"「{quoted}」：{text}" if quoted else text
        self._keep(AGREED if "本库约定" in text else USE, without_marks(text))
        return ""

    def _keep(self, kind: str, text: str) -> None:
        if text:
            self.found[kind][text.rstrip("。")] = None
