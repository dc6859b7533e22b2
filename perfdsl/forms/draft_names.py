"""Names of indicators as a ruleset wants them: without numbering, template remains and targets."""

from __future__ import annotations

import re

from perfdsl.data.headings import role_of
from perfdsl.data.marks import is_furniture
from perfdsl.record import record
from perfdsl.units import pattern

UNNAMED = "未写名称的指标"
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u200c\u200d\ufeff\ud800-\udfff]")
_NUMBERING = re.compile(r"^(?:[★☆▲●*]+|指标\s*\d+\s*[:：、.．]?|其中\s*[:：]|[(（]?\d{1,2}[)）]?[、.．](?!\d)|[=+\-@＝＋－＠]+)+")
_TEMPLATE = re.compile(r"[(（][^()（）]*\*\*[^()（）]*[)）]|[≥≤<>＜＞]\*\*\S{0,6}")
_LIMIT = "及?其?以[上下内]"
_SIGN = r"(?:[≥≤≧≦=＝﹦═>＞<＜]|不低于|不少于|不超过|不高于|大于等于|小于等于)?"
_NUMBER = r"\d[\d,，]*(?:\.\d+)?"
_AMOUNT = rf"{_SIGN}{_NUMBER}(?:{pattern()})(?:{_LIMIT})?"
_LIFTED = re.compile(rf"^(?P<name>.*?\D)[(（]?(?P<target>{_AMOUNT})[)）]?$")
_PIECE = re.compile(rf"^(?P<name>\D+?)(?P<target>{_AMOUNT})$")
_NOTHING = re.compile(r"^[/／\-—–－…一.。]*$")
_PLAIN = re.compile(r"[\u4e00-\u9fff]+")


@record
class NameDraft:
    """A cleaned name; the target that stood in it; the sub-targets where it names several."""

    name: str
    target: str = ""
    pieces: tuple[tuple[str, str], ...] = ()


def compact(text: str) -> str:
    """Line breaks and blanks of Chinese text removed; between Latin words one blank stays."""
    joined = re.sub(r"\s+", " ", _UNSEEN.sub("", text)).strip()
    return re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", joined)


def cleaned(text: str) -> NameDraft:
    """What the name cell names: 指标1：税收3亿元 is 税收 with the target 3亿元."""
    name = _TEMPLATE.sub("", _NUMBERING.sub("", compact(text))).strip("。；;，,：: ★")
    pieces = several(name)
    if pieces:
        return NameDraft(name, pieces=pieces)
    found = _LIFTED.match(name)
    if found and len(found["name"]) > 1 and not found["name"].endswith(("第", "十", "/", "《", "、")):
        return NameDraft(found["name"].rstrip("：:(（≥≤"), found["target"])
    return NameDraft("" if _NOTHING.match(name) else name)


def several(text: str) -> tuple[tuple[str, str], ...]:
    """The sub-targets of `新签约30个及以上，新开工20个及以上`; empty unless each part has a name and a number."""
    parts = [part for part in re.split("[，,、；;。]", compact(text)) if part]
    found = [_PIECE.match(part) for part in parts]
    if len(parts) < 2 or not all(found):
        return ()
    return tuple((one["name"], one["target"]) for one in found if one)


def named_so(text: str) -> str:
    """The name of an indicator; a word that the data table needs for itself gets an addition."""
    name = written(text) or UNNAMED
    return f"{name}指标" if role_of(name) is not None or is_furniture(name) else name


def quoted(name: str) -> str:
    """The name as a ruleset writes it: bare only where nothing in it can end it."""
    if _PLAIN.fullmatch(name):
        return name
    return f"「{written(name)}」"


def written(name: str) -> str:
    """*name* without the marks that mean something inside a name: `/` parts a path, 「」 end it, `#` begins a comment (3#楼 is 3号楼)."""
    return in_quotes(name).replace("/", "-").replace("／", "-")


def in_quotes(text: str) -> str:
    """*text* as it can stand between 「 and 」."""
    return _UNSEEN.sub("", text).replace("「", "“").replace("」", "”").replace("#", "号").replace("＃", "号").replace("\n", "")
