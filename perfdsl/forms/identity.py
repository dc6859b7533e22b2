"""The head of a form: title, unit, project, codes, year, money unit, and whatever else stands beside a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdsl.forms.form import Said
from perfdsl.forms.grid import GridCell
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import LONGEST, bare, plain, without_ruby
from perfdsl.record import record

_UNITS = ("项目实施单位|实施单位|项目承担单位|承担单位|项目执行单位|执行单位", "项目单位|用款单位|资金使用单位|使用单位",
          "单位名称|部门名称|部门单位名称|部门|单位|单位全称|预算单位名称|预算单位|预算部门", "填报单位|申报单位|自评单位|填报部门|被评价单位|评价单位",
          "(?!.*主管).{0,6}(单位|机构|部门)(名称|全称)?", ".{0,4}主管单位(名称)?", ".{0,4}主管部门(名称)?")
_PROJECT = re.compile("^.{0,6}(项目|政策|专项|资金|专项资金|支出)(全称|名称)$|^项目$")
_CODE = re.compile("(编码|代码|编号)$")
_YEAR_LABEL = re.compile("^(预算|自评|评价|项目|所属|绩效|考核)?(年度|年份)$")
_OTHERS = re.compile(
    "^(主管部门.*|.*代码|.*编码|项目(类型|类别|属性|性质|负责人|期限|周期|级次)|资金性质|.*负责人|联系人|联系电话|电话|填报人|填表人|填报日期|填表日期"
    "|填报时间|日期|审核人|经办人|复核人|自评(结果|得分|等级|结论|时间|日期)|(评价|评定|绩效|考核|评分)?等级|评价(得分|结果|结论|时间|日期)|起止.*|实施期.*|制表人)$")
_MONEY = re.compile(r"^\(?(?:金额|货币|计量|资金)?单位:(?:人民币)?(?P<money>亿元|万元|千元|元)\)?$")
_IN_BRACKETS = re.compile(r"[(（]\s*(?:单位[:：])?(?P<money>亿元|万元|千元|元)\s*[)）]?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_ONLY = re.compile(r"^\(?(20\d\d)(年度?)?\)?$")
_TITLE = re.compile("自评|绩效|评价|表$|年度")
_ANNEX = re.compile(r"^附(件|表|录)?[\d一二三四五六七八九十]*[-—:]?[\d]*$")
_LABEL = r"[^\s:：]{1,12}(?:[（(][^（）()]*[）)])?[ 　]*[:：]"
_PAIR = re.compile(rf"(?P<label>{_LABEL})(?P<value>[^:：]*?)(?=[\s　]+{_LABEL}|$)", re.DOTALL)
_YEAR_APART = re.compile(r"(?:^|(?<=[^\s:：])\s+)[(（]?\s*(20\d\d)\s*年度?\s*[)）]?(?=\s|$)")
_CODED = (re.compile(r"^\s*[\[【](?P<code>\w+)[\]】]\s*(?P<name>\S.*)$", re.DOTALL),
          re.compile(r"^\s*(?P<code>(?=(?:[A-Z]*\d){3})(?!20\d\d\b)[0-9A-Z]{3,})\s*[-－—_ ]\s*(?P<name>[^\d\s].*)$", re.DOTALL))


@record
class Identity:
    """What the head of a form says; `particulars` are labels without a field of their own."""

    title: Said | None
    unit: Said | None
    project: Said | None
    code: str
    year: int | None
    money_unit: str
    particulars: tuple[tuple[str, Said], ...]


def is_label(text: str) -> bool:
    """Whether a cell is the label of what stands beside it."""
    said = bare(text)
    return 0 < len(said) <= 14 and (_unit_rank(said) is not None or any(
        pattern.search(said) for pattern in (_PROJECT, _YEAR_LABEL, _OTHERS)))


def money_of(text: str) -> str:
    """The money unit that a heading or a line of its own names: （万元）, 金额单位：元."""
    found = _MONEY.match(plain(text)) or _IN_BRACKETS.search(text[:LONGEST])
    return found["money"] if found else ""


def identity(stretch: Stretch, rows: list[int]) -> Identity:
    """Reads the rows above the first block; what it cannot place stays where it is."""
    lines = _Lines()
    for row in rows:
        for cell in lone(stretch, row):
            lines.read(stretch, cell)
        for label, said in labelled(stretch, row):
            lines.pair(label, said)
    return _settled(lines.title, lines.year, lines.money, lines.pairs)


class _Lines:
    """What the lines of a head have said so far."""

    def __init__(self) -> None:
        self.title: Said | None = None
        self.year: int | None = None
        self.money, self.pairs = "", list[tuple[str, Said]]()

    def read(self, stretch: Stretch, cell: GridCell) -> None:
        """A line without a label, or with a year beside labels: the year, the money unit, 附件1, or else the title."""
        said = plain(cell.text)
        shared, rest = _apart(cell.text)
        if shared is not None and rest:
            self.year = self.year or shared
            return
        if (year := _YEAR_ONLY.match(said)) is not None:
            self.year = self.year or int(year[1])
        elif _MONEY.match(said):
            self.money = money_of(cell.text)
        elif self.title is None and _TITLE.search(said) and not _ANNEX.match(said) and not _begins_with_label(said):
            self.title = stretch.take(cell)
        elif not _ANNEX.match(said):
            return
        stretch.pass_over([cell])

    def pair(self, label: str, said: Said) -> None:
        money = _MONEY.match(f"单位:{plain(said.text)}") if label.endswith("单位") else None
        if money is not None:
            self.money = money["money"]
        else:
            self.pairs.append((label, said))


def _begins_with_label(said: str) -> bool:
    return ":" in said and is_label(said.partition(":")[0])


def lone(stretch: Stretch, row: int) -> list[GridCell]:
    """The cells of a row that are no label and stand beside none."""
    line = stretch.line(row)
    return [cell for at, cell in enumerate(line) if not is_label(cell.text) and not (at and is_label(line[at - 1].text))]


def labelled(stretch: Stretch, row: int) -> list[tuple[str, Said]]:
    """The labels of a row with their values: in cells side by side, or `label：value` within one cell."""
    found, line = list[tuple[str, Said]](), stretch.line(row)
    at = 0
    while at < len(line):
        cell, after = line[at], line[at + 1] if at + 1 < len(line) else None
        at += 1
        if is_label(cell.text):
            stretch.pass_over([cell])
            if after is not None and not is_label(after.text):
                found.append((bare(cell.text), stretch.take(after)))
                at += 1
        elif inside := _apart(cell.text)[1]:
            found += [(label, stretch.take(cell, value)) for label, value in inside]
    return found


def _apart(text: str) -> tuple[int | None, list[tuple[str, str]]]:
    """The pairs within one cell, and a year that stands among them with no label: 2024年度 项目名称：某项目."""
    year = _YEAR_APART.search(text[:LONGEST])
    pairs = list(_pairs(text if year is None else _YEAR_APART.sub(" ", text[:LONGEST], count=1)))
    return (int(year[1]), pairs) if year is not None and pairs else (None, list(_pairs(text)))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The pairs within one cell, where every label is known."""
    found = [(bare(match["label"].rstrip(" 　:：")), match["value"].strip()) for match in _PAIR.finditer(text.strip())] if len(text) <= LONGEST else []
    if found and all(is_label(label) for label, _ in found):
        yield from found


def _unit_rank(label: str) -> int | None:
    return next((rank for rank, words in enumerate(_UNITS) if re.fullmatch(words, label)), None)


def _settled(title: Said | None, year: int | None, money: str, pairs: list[tuple[str, Said]]) -> Identity:
    units = sorted(((rank, at) for at, (label, said) in enumerate(pairs)
                    if (rank := _unit_rank(label)) is not None and said.text))
    projects = [at for at, (label, _) in enumerate(pairs) if _PROJECT.search(label)]
    unit, unit_code = _coded(pairs[units[0][1]][1] if units else None)
    project, project_code = _coded(pairs[projects[0]][1] if projects else None)
    held = {units[0][1] if units else -1, projects[0] if projects else -1}
    rest = tuple(pair for at, pair in enumerate(pairs) if at not in held)
    labelled_code = next((said.text.strip() for label, said in rest if _CODE.search(label)), "")
    return Identity(title, unit, project, unit_code or labelled_code or project_code, year or _year(title, pairs), money, rest)


def _coded(said: Said | None) -> tuple[Said | None, str]:
    """A name without readings in brackets and the code in front of it, and the code."""
    if said is None:
        return None, ""
    text = without_ruby(said.text)
    found = next((match for form in _CODED if (match := form.match(text))), None)
    name, code = (found["name"].strip(), found["code"]) if found else (text, "")
    return Said(name, said.cell, said.fault), code


def _year(title: Said | None, pairs: list[tuple[str, Said]]) -> int | None:
    texts = [said.text for label, said in pairs if _YEAR_LABEL.search(label)] + ([title.text] if title else [])
    return next((int(found[1]) for text in texts if (found := _YEAR.search(plain(text)))), None)
