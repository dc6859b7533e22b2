"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

from perfdsl.data.text_kind import OTHERS, TEXTS, Kind, text_kind
from perfdsl.diagnostics import Cell, Diagnostic

__all__ = ["TEXTS", "Kind", "kind_of", "text_of", "unreadable"]


_OLE = b"\xd0\xcf\x11\xe0"
_SAVE = "用 WPS 或 Excel 打开，另存为 xlsx 或「CSV UTF-8」再读"
_STREAMS = (
    ("EncryptedPackage", None, "有密码，打不开", "用 WPS 或 Excel 打开，去掉密码再存一次"),
    ("WordDocument", None, "是旧式的 Word 文件（doc）", "用 WPS 或 Word 打开，另存为 docx"),
    ("PowerPoint Document", None, "是演示文稿", "另存为 xlsx 或 docx"),
    ("Workbook", Kind.XLS, "", ""), ("Book", Kind.XLS, "", ""),
)
"""Names of streams in an OLE file, and what they tell."""

def kind_of(data: bytes, file: str) -> Kind | Diagnostic:
    """What the file is, or why it is nothing that can be read (E401)."""
    if data.startswith(b"PK"):
        return _zip(data, file)
    if data.startswith(_OLE):
        return _ole(data, file)
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start:
        return unreadable(file, "是空的", "填好数据再读")
    for mark, what in OTHERS:
        if start.startswith(mark):
            return unreadable(file, f"是{what}，不是能读的表格{_named(file, what)}", _SAVE)
    text = text_of(data)
    if text is None or "\0" in text:
        return unreadable(file, "既不是 UTF-8 也不是 GB 18030 的文字", "另存为 xlsx，或「CSV UTF-8」")
    return text_kind(text)


def unreadable(file: str, why: str, hint: str) -> Diagnostic:
    return Diagnostic("E401", f"「{file}」{why}", Cell(file, "开头"), hint)


def _named(file: str, what: str) -> str:
    """A web page or a picture that is called a spreadsheet: the name is what misleads people."""
    suffix = file.lower().rpartition(".")[2]
    return f"，只是文件名写成了 {suffix}" if suffix in ("xls", "xlsx", "et", "doc", "docx", "csv") and what else ""


def _zip(data: bytes, file: str) -> Kind | Diagnostic:
    import zipfile
    from io import BytesIO

    from perfdsl.data.limits import broken

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            mimetype = package.read("mimetype")[:100] if "mimetype" in names else b""
    except Exception:  # noqa: BLE001  # whatever a damaged directory makes zipfile raise
        return broken(file)
    if "xl/workbook.bin" in names:
        return unreadable(file, "是二进制的 Excel 工作簿（xlsb）", _SAVE)
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    if "content.xml" in names:
        return Kind.ODS if b"spreadsheet" in mimetype else unreadable(file, "是 ODF 文件，但不是表格", "另存为 docx 或 xlsx")
    return Kind.ZIP


def _ole(data: bytes, file: str) -> Kind | Diagnostic:
    """By the names of the streams, which stand in UTF-16 in the directory of the file."""
    for name, kind, why, hint in _STREAMS:
        if f"{name}\0".encode("utf-16-le") in data:
            return kind or unreadable(file, why, hint)
    return unreadable(file, "是旧式的 xls 或 doc 文件，而且不完整", "用 WPS 或 Excel 打开，另存为 xlsx")


def text_of(data: bytes) -> str | None:
    """With a BOM, else strictly UTF-8, else strictly GB 18030; None where it is neither."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
