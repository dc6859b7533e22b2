"""Files of any format become grids: the first bytes decide which reader, and what is hostile or broken is said once."""

from __future__ import annotations

from pathlib import Path

from perfdsl.data.kinds import TEXTS, Kind, kind_of, text_of, unreadable
from perfdsl.data.limits import broken, refused
from perfdsl.diagnostics import Cell, Diagnostic, Severity
from perfdsl.forms.batch import Content, batch, read
from perfdsl.forms.grid import Grid
from perfdsl.forms.ours import is_audit, passed_over

__all__ = ["batch", "read_grids"]

CELLS = 60_000
"""Of a workbook of forms."""

_OWN = {Kind.JSON: (".json",), Kind.YAML: (".yaml", ".yml"), Kind.TOML: (".toml",)}
"""The names by which a text says what it is; by any other name it was only taken for it."""

Grids = tuple[list[Grid], list[Diagnostic]]


def read_grids(source: str | Path | Content, file: str = "") -> Grids:
    """The grids of a file, given as its path, its bytes, or what `batch` gives; errors are E401 and the codes of the data readers.

    An audit that was written earlier is passed over with a remark (W405).  *file* is the name in messages and places; without it, the path is.
    """
    content = read(source) if isinstance(source, (str, Path)) else source
    if isinstance(content, Diagnostic):
        return [], [content]
    name = file or str(source)
    kind = kind_of(content, name)
    if not isinstance(kind, Kind):
        return [], [kind]
    grids, found = _of_text(content, kind, name) if kind in TEXTS else _of_bytes(content, kind, name)
    return ([], [passed_over(name)]) if is_audit(grids) else (grids, found)


def _of_text(content: bytes, kind: Kind, file: str) -> Grids:
    from perfdsl.forms import text_grid

    grids, found = text_grid.grids(text_of(content) or "", kind, file)
    if found and kind is not Kind.CSV and not file.lower().endswith(_OWN[kind]):
        return [], [unreadable(file, "里面没有找到自评表", "表上要有指标、分值、得分等标题，或预算执行情况")]
    return grids, found


def _of_bytes(content: bytes, kind: Kind, file: str) -> Grids:
    match kind:
        case Kind.XLS:
            from perfdsl.forms import sheet_grid

            return sheet_grid.xls(content, file)
        case Kind.ODS:
            from perfdsl.forms import sheet_grid

            return sheet_grid.ods(content, file)
        case Kind.ZIP:
            return [], [unreadable(file, "是压缩包，里面不是一张表", "解开再读，或者把压缩包当作一批表来读")]
    why = refused(content, file, CELLS)
    return ([], [why]) if why else _docx(content, file) if kind is Kind.DOCX else _xlsx(content, file)


def _docx(content: bytes, file: str) -> Grids:
    from perfdsl.forms import docx_grid

    return docx_grid.grids(content, file)


def _xlsx(content: bytes, file: str) -> Grids:
    """As it is; where openpyxl refuses it, again without what only says how the workbook looks."""
    from perfdsl.data.mended import mended
    from perfdsl.forms import xlsx_grid

    grids, found = xlsx_grid.grids(content, file)
    if grids:
        return grids, found
    try:
        grids, _ = xlsx_grid.grids(mended(content), file)
    except Exception:  # noqa: BLE001  # whatever is wrong with the package, it is the file's fault
        return [], [broken(file)]
    return (grids, [_restyled(file)]) if grids else ([], [broken(file)])


def _restyled(file: str) -> Diagnostic:
    return Diagnostic("W405", "文件里的样式不合规范（WPS 有时这样存），略去样式后读的；数和百分号、单位不受影响", Cell(file, "开头"),
                      "用 WPS 或 Excel 打开，另存一次就没有这条提示", severity=Severity.REMARK)
