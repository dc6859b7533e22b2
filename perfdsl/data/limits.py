"""How much a packed file (xlsx, docx, ods, zip) may hold; looked at before any library opens it.

A form has some hundred cells.  The limits stand far above what officers hand in, and below what takes seconds or hundreds of megabytes.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO

from perfdsl.data.scan import CELLS, DELETE, SAVE, Refused, Scan
from perfdsl.diagnostics import Cell, Diagnostic

MEMBERS = 2_000
"""Files in one package."""
UNPACKED = 100_000_000
"""Bytes of all of them."""
RATIO, SMALL = 200, 5_000_000
"""How many times a package may grow, once it is unpacked to more than `SMALL` bytes."""

_FOREIGN = (".vml", ".svg", ".htm", ".html", ".mht")
"""Parts that other programs made and no reader looks at: they may have a DOCTYPE."""


def refused(data: bytes, file: str, cells: int = CELLS) -> Diagnostic | None:
    """Why the package is not opened (E401); None where it may be.  *cells* may a workbook have, half as many where it has formulas."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _members(package, len(data))
            _contents(package, cells)
    except Refused as why:
        message, hint = why.args
        return Diagnostic("E401", f"没有读这个文件：{message}", Cell(file, "开头"), hint)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
        return broken(file)
    except Exception as fault:
        if type(fault).__module__ in ("zlib", "lzma", "struct"):
            return broken(file)
        raise
    return None


def broken(file: str) -> Diagnostic:
    return Diagnostic("E401", "打不开：不是完好的 xlsx 表格或 Word 文件，可能没有传完、存坏了", Cell(file, "开头"),
                      "重新拷贝或下载一次；还不行，用 WPS 或 Excel 打开，另存为「Excel 工作簿（*.xlsx）」")


def _members(package: zipfile.ZipFile, size: int) -> None:
    """What the directory of the zip says; reading never gives more than it says."""
    infos = package.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("有密码", "用 WPS 或 Excel 打开，去掉密码再存一次")
    total = sum(info.file_size for info in infos)
    if len(infos) > MEMBERS or total > UNPACKED:
        raise Refused(f"压缩包里有 {len(infos)} 个文件，解开有 {total // 1_000_000} MB，太大了", DELETE)
    if total > SMALL and total > RATIO * size:
        raise Refused(f"解开是原来的 {total // size} 倍大，像是压缩炸弹", f"来源不明的文件不要打开；自己做的，{DELETE}")
    if len({info.filename for info in infos}) < len(infos):
        raise Refused("压缩包里有同名的两个文件，看不出以哪个为准", SAVE)


def _contents(package: zipfile.ZipFile, cells: int) -> None:
    seen: Counter[str] = Counter()
    for info in package.infolist():
        if info.filename.lower().endswith((".xml", ".rels")) or _is_xml(package, info):
            Scan(seen, strict=not info.filename.lower().endswith(_FOREIGN)).read(package, info)
    if seen["c"] * (2 if seen["f"] else 1) > cells:
        raise Refused(f"有 {seen['c']} 个单元格，太多了", f"{DELETE}；数据确实有这么多，另存为 CSV 再读")


def _is_xml(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with package.open(info) as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff"))
