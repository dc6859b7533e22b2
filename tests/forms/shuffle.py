"""New forms made from known ones: other headings, columns, rows, merges and units, and what must be read from them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from types import ModuleType

from openpyxl.utils import get_column_letter

from perfdsl.diagnostics import Cell
from perfdsl.forms.form import Form, FormRow, Said
from perfdsl.forms.grid import Grid, GridCell

from . import synonyms

VALUES = "target sign unit actual weight claimed audited reason share converted method".split()
MONEY = "initial budget spent weight rate score".split()
Facts = dict[tuple[str, ...], str]
"""What a form says, by where it says it: ("row", "2", "target") → ≥90%."""


class Sheet:
    """A sheet that is written from above to below."""

    def __init__(self) -> None:
        self.cells, self.row = list[GridCell](), 0

    def put(self, text: str, column: int, columns: int = 1, *, rows: int = 1, down: int = 0) -> None:
        row = self.row + down
        place = Cell("f", f"{get_column_letter(column + 1)}{row + 1}", "表", row + 1, column + 1)
        self.cells.append(GridCell(text, place, row, column, rows, columns))

    def line(self, *texts: str) -> None:
        for at, text in enumerate(texts):
            self.put(text, at)
        self.row += 1


def text_of(said: Said | None) -> str:
    return "" if said is None else "".join(said.text.split())


def facts(form: Form) -> Facts:
    """Everything that a form says, without addresses."""
    found: Facts = {("unit",): text_of(form.unit), ("project",): text_of(form.project), ("title",): text_of(form.title),
                    ("code",): form.code, ("year",): str(form.year or ""), ("money",): form.money_unit,
                    ("total", "weight"): text_of(form.total_weight), ("total", "claimed"): text_of(form.total_claimed)}
    for at, line in enumerate(form.budget):
        found["budget", str(at), "name"] = text_of(line.name)
        found.update({("budget", str(at), field): text_of(getattr(line, field)) for field in MONEY})
    for at, goal in enumerate(form.goals):
        found.update({("goal", str(at), field): text_of(getattr(goal, field)) for field in ("expected", "achieved")})
    for at, row in enumerate(form.rows):
        found.update(_row_facts(at, row))
    for heading in form.headings:
        found["heading", str(heading.level), heading.name] = text_of(heading.weight) or "0"
    return {place: text for place, text in found.items() if text}


def _row_facts(at: int, row: FormRow) -> Facts:
    found = {("row", str(at), field): text_of(getattr(row, field)) for field in ("name", *VALUES)}
    found["row", str(at), "levels"] = "/".join(row.levels)
    found.update({("row", str(at), "other", heading): text_of(said) for heading, said in row.others})
    return found


def share_right(expected: Facts, read: Facts) -> tuple[int, int]:
    """How many places are read right, of all that were to be read or were read."""
    places = expected.keys() | read.keys()
    return sum(expected.get(place) == read.get(place) for place in places), len(places)


class Shuffler:
    """One new form; every choice is drawn from `random`."""

    def __init__(self, form: Form, random: Random, words: ModuleType = synonyms) -> None:
        self.form, self.random, self.words, self.sheet, self.facts = form, random, words, Sheet(), facts(form)
        self._without_rows()
        self.yuan = random.random() < 0.3
        self.order, self.heads = self._columns()
        self.left = 0 if random.random() < 0.3 else 1
        self.width = self.left + len(self.order)

    def grid(self) -> tuple[Grid, Facts]:
        self._head()
        self._budget()
        self._goals()
        self._table()
        self._foot()
        return Grid("f", "表", tuple(sorted(self.sheet.cells, key=lambda cell: (cell.row, cell.column)))), self.facts

    def _one(self, texts: list[str]) -> str:
        text = self.random.choice(texts)
        return " ".join(text) if len(text) < 4 and self.random.random() < 0.1 else text

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _used(self, field: str) -> bool:
        return any(getattr(row, field) for row in self.form.rows)

    def _without_rows(self) -> None:
        """Headings that stand above no indicator are not made anew."""
        known = {(str(depth + 1), name) for row in self.form.rows for depth, name in enumerate(row.levels)}
        self.facts = {place: text for place, text in self.facts.items() if place[0] != "heading" or place[1:] in known}

    def _columns(self) -> tuple[list[str], dict[str, str]]:
        """The order of the columns and their headings; the columns of the table are one grid column each."""
        values = [field for field in VALUES if self._used(field) or field in ("target", "actual", "claimed", "reason")]
        if self._chance(0.25) and "audited" not in values:
            values.append("audited")
        others = sorted({heading for row in self.form.rows for heading, _ in row.others})
        self.random.shuffle(values)
        levels = ["level 1", *(["level 2"] if self._keeps_second() else [])]
        names = [*levels, "name"]
        order = [*names, *values, *others]
        if self._chance(0.2):
            self.random.shuffle(order)
        if self._chance(0.3):
            order.insert(0, "number")
        heads = {field: self._one(getattr(self.words, field.upper().replace(" ", "_"))) for field in [*names, *values]}
        heads.update({heading: heading for heading in others}, number=self._one("序号 编号 项次".split()))
        return order, heads

    def _keeps_second(self) -> bool:
        if any(len(row.levels) > 1 for row in self.form.rows) and self._chance(0.15):
            for at, row in enumerate(self.form.rows):
                self.facts["row", str(at), "levels"] = row.levels[0]
            self.facts = {place: text for place, text in self.facts.items() if place[:2] != ("heading", "2") and text}
            self.second = False
        else:
            self.second = any(len(row.levels) > 1 for row in self.form.rows)
        return self.second

    def _head(self) -> None:
        sheet = self.sheet
        if self._chance(0.2):
            sheet.line(self._one(["附件2", "附件：", "附表1"]))
        sheet.put(self.form.title.text if self.form.title else "", 0, self.width)
        sheet.row += 1
        if self._chance(0.7) or str(self.form.year) not in text_of(self.form.title):
            sheet.line(self._one([f"（{self.form.year}年度）", f"（{self.form.year}年）", f"{self.form.year}年度"]))
        self.money = "元" if self.yuan else self.form.money_unit
        self.facts["money",] = self.money
        self.unit_line = self._chance(0.3)
        if self.unit_line:
            sheet.line(self._one(["单位：", "金额单位：", "货币单位：人民币"]) + self.money)
        self._names()

    def _names(self) -> None:
        project, unit = text_of(self.form.project), text_of(self.form.unit)
        coded = f"{self.form.code}-{unit}" if self.form.code else unit
        pairs = [(self._one(self.words.PROJECT_NAME), project)] if project else []
        pairs.append((self._one(self.words.UNIT_NAME), coded))
        if self._chance(0.3):
            pairs.insert(0, ("主管部门", "某某市财政局"))
        if self._chance(0.4) and self.width >= 2 * len(pairs):
            for at, (label, said) in enumerate(pairs):
                self.sheet.put(label, 2 * at)
                self.sheet.put(said, 2 * at + 1)
            self.sheet.row += 1
            return
        for label, said in pairs:
            self.sheet.put(label, 0)
            self.sheet.put(said, 1, max(1, self.width - 1))
            self.sheet.row += 1

    def _blank(self) -> None:
        self.sheet.row += self._chance(0.15)

    def _budget(self) -> None:
        """The block of money; its label in the first column merged, or once."""
        self._blank()
        used = [field for field in MONEY if any(getattr(line, field) for line in self.form.budget)]
        if self._chance(0.3):
            self.random.shuffle(used)
        block = self._one(self.words.BLOCK) + (f"（{self.money}）" if not self.unit_line else "")
        self.sheet.put(block, 0, rows=len(self.form.budget) + 1 if self._chance(0.7) else 1)
        for at, field in enumerate(used):
            name = {"weight": "MONEY_WEIGHT", "score": "MONEY_SCORE"}.get(field, field.upper())
            self.sheet.put(self._one(getattr(self.words, name)), 2 + at)
        self.sheet.row += 1
        for at, line in enumerate(self.form.budget):
            name = self._one(self.words.TOTAL_ROW) if line.is_total else line.name.text
            self.facts["budget", str(at), "name"] = "".join(name.split())
            self.sheet.put(name, 1)
            for column, field in enumerate(used):
                self._amount(at, field, text_of(getattr(line, field)), 2 + column)
            self.sheet.row += 1

    def _amount(self, at: int, field: str, text: str, column: int) -> None:
        if self.yuan and self.form.money_unit == "万元" and field in MONEY[:3] and text.replace(".", "").isdigit():
            whole, _, rest = text.partition(".")
            text = (whole + rest.ljust(4, "0")[:4]).lstrip("0") or "0"
            self.facts["budget", str(at), field] = text
        if text:
            self.sheet.put(text, column)

    def _goals(self) -> None:
        self._blank()
        half = max(2, self.width // 2)
        for goal in self.form.goals:
            self.sheet.put(self._one(self.words.GOALS), 0, rows=2)
            self.sheet.put(self._one(self.words.EXPECTED), 1, half - 1)
            self.sheet.put(self._one(self.words.ACHIEVED), half, max(1, self.width - half))
            self.sheet.row += 1
            self.sheet.put(goal.expected.text if goal.expected else "", 1, half - 1)
            self.sheet.put(goal.achieved.text if goal.achieved else "", half, max(1, self.width - half))
            self.sheet.row += 1

    def _table(self) -> None:
        self._blank()
        if self.left:
            self.sheet.put(self._one(self.words.TABLE), 0, rows=len(self.form.rows) + 1)
        self._headings()
        merged, repeated = self._chance(0.6), self._chance(0.5)
        again = self.random.randrange(3, 20) if self._chance(0.1) else -1
        for at, row in enumerate(self.form.rows):
            if at == again:
                self._headings()
            if self._chance(0.03):
                self.sheet.row += 1
            self._row(at, row, merged and again < 0, repeated)

    def _headings(self) -> None:
        target = self.order.index("target") if "target" in self.order else -1
        split = target > 0 and self.order[target - 1:target + 2] == ["sign", "target", "unit"] and self._chance(0.8)
        for at, field in enumerate(self.order):
            inner = split and field in ("sign", "target", "unit")
            self.sheet.put(self.heads[field], self.left + at, rows=2 if split and not inner else 1, down=int(inner))
        if split:
            self.sheet.put("年度指标值", self.left + target - 1, 3)
        self.sheet.row += 1 + split

    def _row(self, at: int, row: FormRow, merged: bool, repeated: bool) -> None:
        for place, field in enumerate(self.order):
            column = self.left + place
            if field == "number":
                self.sheet.put(str(at + 1), column)
                self.facts["row", str(at), "other", self.heads["number"].replace(" ", "")] = str(at + 1)
            elif field.startswith("level"):
                self._level(at, int(field[-1]) - 1, column, merged, repeated)
            elif text := self._value(at, row, field):
                self.sheet.put(text, column)
        self.sheet.row += 1

    def _value(self, at: int, row: FormRow, field: str) -> str:
        if field == "audited" and row.audited is None:
            text = str(self.random.randint(0, 10))
            self.facts["row", str(at), field] = text
            return text
        said = dict(row.others).get(field) if field not in (*VALUES, "name") else getattr(row, field)
        return said.text if said is not None else ""

    def _level(self, at: int, depth: int, column: int, merged: bool, repeated: bool) -> None:
        """A level cell: merged down, repeated in each row, or once above empty cells."""
        paths = [row.levels[:depth + 1] for row in self.form.rows]
        if len(paths[at]) <= depth:
            return
        new = at == 0 or paths[at] != paths[at - 1]
        if new or (repeated and not merged):
            rows = next((n for n in range(1, len(paths) - at) if paths[at + n] != paths[at]), len(paths) - at) if merged else 1
            self.sheet.put(self._level_text(depth, paths[at][depth]), column, rows=rows)

    def _level_text(self, depth: int, name: str) -> str:
        points = self.facts.get(("heading", str(depth + 1), name), "0")
        return name if points == "0" else f"{name}({points}分)"

    def _foot(self) -> None:
        before = self.left + min(self.order.index(field) for field in self.order if field in VALUES)
        totals = [(field, text_of(getattr(self.form, f"total_{field}"))) for field in ("weight", "claimed")]
        if any(text for _, text in totals):
            self.sheet.put(self._one(self.words.TOTAL), 0, max(1, before))
            for field, text in totals:
                if text and field in self.order:
                    self.sheet.put(text, self.left + self.order.index(field))
                else:
                    self.facts.pop(("total", field), None)
            self.sheet.row += 1
        if self._chance(0.3):
            self.sheet.line(self._one(["注：本表由单位填写。", "填报人：张三    联系电话：12345678", "其他需要说明的问题：无"]))


def shuffled(forms: list[Form], count: int, seed: int, words: ModuleType = synonyms) -> Iterator[tuple[Grid, Facts]]:
    """`count` new forms made from `forms` in turn."""
    for at in range(count):
        yield Shuffler(forms[at % len(forms)], Random(f"{seed}/{at}"), words).grid()
