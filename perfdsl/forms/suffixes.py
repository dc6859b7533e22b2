"""Which files may be forms, by their names and sizes."""

from __future__ import annotations

from perfdsl.diagnostics import Cell, Diagnostic, Severity

FORMS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".csv", ".tsv", ".json", ".yaml", ".yml", ".toml", ".zip")
PASSED_OVER = (".doc", ".wps", ".pdf", ".rtf", ".htm", ".html", ".mht", ".rar", ".7z")
"""What may well be a form and cannot be read: it is said in a folder, where other files are not."""

LARGEST = 100_000_000
"""Bytes of one file."""


def is_form(name: str) -> bool:
    """Whether the file of a zip may be a form."""
    return name.lower().endswith(FORMS) and not any(map(is_hidden, name.split("/")))


def is_hidden(name: str) -> bool:
    """Whether a file or folder is none of the user's: lock files, what macOS adds."""
    return name.startswith((".", "~$", "__MACOSX")) and name not in (".", "..")


def passed_over(name: str, suffix: str) -> Diagnostic:
    """W405: a file that may be a form, of a format that is not read."""
    return Diagnostic("W405", f"没有读这个 {suffix[1:]} 文件", Cell(name, "开头"), "是自评表的，另存为 xlsx 或 docx 再读",
                      severity=Severity.REMARK)
