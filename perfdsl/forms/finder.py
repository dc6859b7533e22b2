"""Finds the 自评表 in grids of cells, by their headings and content."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfdsl.forms import budget as money
from perfdsl.forms import goals as aims
from perfdsl.forms import ours
from perfdsl.forms.blocks import blocks_of, stretches
from perfdsl.forms.columns import Header, header_at
from perfdsl.forms.foot import grade, is_note_row, notes
from perfdsl.forms.form import Form, FormRow, Goal, Heading, Said
from perfdsl.forms.grid import Grid
from perfdsl.forms.identity import Identity, identity, is_label, labelled
from perfdsl.forms.rows import Table, TableReader
from perfdsl.forms.settling import settled
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import plain
from perfdsl.record import changed

_STATIC = re.compile("^(附件.*|附表.*|[-—/、,.。:…]+)$")


def find_forms(grids: Iterable[Grid]) -> list[Form]:
    """The forms of all visible grids, in order; a grid without an indicator table or a budget block has none."""
    return [form for grid in grids if not grid.hidden for stretch in stretches(grid) if (form := _form(stretch)) is not None]


def _form(stretch: Stretch) -> Form | None:
    ours.pass_over(stretch)
    blocks = blocks_of(stretch)
    begins = sorted(row for row in (blocks.budget, blocks.goals, *blocks.headers[:1]) if row is not None)
    if not blocks.headers and blocks.budget is None:
        return None

    def after(row: int) -> int:
        return next((other for other in begins if other > row), stretch.end)

    head = identity(stretch, stretch.rows(end=begins[0]))
    funds = money.budget(stretch, blocks.budget, after(blocks.budget)) if blocks.budget is not None else money.Budget()
    reached = aims.goals(stretch, blocks.goals, after(blocks.goals)) if blocks.goals is not None else ()
    headers = [header for row in blocks.headers if (header := header_at(stretch, row)) is not None]
    return _assembled(stretch, head, funds, reached, headers)


def _assembled(stretch: Stretch, head: Identity, funds: money.Budget, reached: tuple[Goal, ...], headers: list[Header]) -> Form:
    over = [found for header in headers for cell in header.labels if (found := money.over_all(stretch, cell)) is not None]
    for header in headers:
        over += [found for column in header.columns for cell in column.cells
                 if column.role is None and (found := money.over_all(stretch, cell)) is not None]
        stretch.pass_over([*header.labels, *(cell for column in header.columns for cell in column.cells)])
    tables, remarks, foot = list[Table](), list(funds.notes), list[tuple[str, Said]]()
    reader: TableReader | None = None
    ends = [*(header.first for header in headers[1:]), stretch.end]
    for header, end in zip(headers, ends, strict=False):
        remarks_here, foot_here = _foot(stretch, stretch.rows(header.end, end))
        remarks += remarks_here
        foot += foot_here
        reader = TableReader(stretch, settled(stretch, header, end, reader.header if reader else None), reader)
        tables.append(reader.read(stretch.rows(header.end, end)))
    return changed(_made(stretch, head, funds, reached, over, tables, remarks, foot), columns=_headings(headers), flat=_flat(stretch))


def _headings(headers: list[Header]) -> tuple[Said, ...]:
    """The headings of the columns, each once where they are repeated."""
    found: dict[str, Said] = {}
    for column in (column for header in headers for column in header.columns):
        found.setdefault(column.heading, Said("".join(cell.text for cell in column.cells), column.cells[-1].place))
    return tuple(found.values())


def _flat(stretch: Stretch) -> bool:
    """Whether nothing is merged in a file without sheets: a text, or a table that may have been one."""
    return not stretch.grid.name and all(cell.rows == cell.columns == 1 for cell in stretch.grid.cells)


def _foot(stretch: Stretch, rows: list[int]) -> tuple[list[Said], list[tuple[str, Said]]]:
    """Notes and signatures are read before the table, so that no row of it is made of them."""
    pairs = [pair for row in rows if _is_foot(stretch, row) for pair in labelled(stretch, row)]
    return notes(stretch, rows), pairs


def _is_foot(stretch: Stretch, row: int) -> bool:
    line = stretch.line(row)
    if not line or is_note_row(line):
        return False
    inside = ":" in plain(line[0].text) and is_label(plain(line[0].text).partition(":")[0])
    return inside or (line[0].column == 0 and len(line) <= 4 and is_label(line[0].text) and line[0].rows == 1)


def _beside_total(total: FormRow | None) -> list[Said]:
    """What else the row of the total says."""
    if total is None:
        return []
    fields = (total.target, total.actual, total.reason, total.share, total.method, *(said for _, said in total.others))
    return [said for said in fields if said is not None and said.text.strip()]


def _made(stretch: Stretch, head: Identity, funds: money.Budget, reached: tuple[Goal, ...],
          over: list[Heading], tables: list[Table], remarks: list[Said], foot: list[tuple[str, Said]]) -> Form:
    total = next((table.total for table in reversed(tables) if table.total is not None), None)
    particulars = (*head.particulars, *foot)
    left = [cell for cell in stretch.left() if not _STATIC.match(plain(cell.text))]
    missed = (*(stretch.take(cell) for cell in left if not cell.fault), *stretch.faults())
    remarks = [*remarks, *_beside_total(total)]
    return Form(
        stretch.grid.file, stretch.grid.name, head.title, head.unit, head.project, head.code, head.year,
        funds.money_unit or head.money_unit, funds.rows, reached,
        (*funds.headings, *over, *(heading for table in tables for heading in table.headings)),
        tuple(row for table in tables for row in table.rows),
        total.weight if total else None, total.claimed if total else None, grade(particulars, tuple(remarks)),
        tuple(remarks), missed, particulars, tuple(row for table in tables for row in table.subtotals),
        total.audited if total else None, total.converted if total else None)
