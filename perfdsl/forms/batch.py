"""Many forms at once: files, folders, globs and zips, each file with its bytes, or with why it cannot be read."""

from __future__ import annotations

import glob
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

from perfdsl.data.kinds import Kind, kind_of, unreadable
from perfdsl.diagnostics import Cell, Diagnostic, Severity

Content = bytes | Diagnostic
Item = tuple[str, Content]
Watch = Callable[[int, int], None]
"""Told how many files are done, and of how many."""

FORMS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".csv", ".tsv", ".json", ".yaml", ".yml", ".toml", ".zip")
_PASSED_OVER = (".doc", ".wps", ".pdf", ".rtf", ".htm", ".html", ".mht", ".rar", ".7z")
"""What may well be a form and cannot be read: it is said in a folder, where other files are not."""

LARGEST = 100_000_000
"""Bytes of one file."""
_MEMBERS, _RATIO, _SMALL, _NESTED = 20_000, 200, 5_000_000, 2


def batch(paths: Iterable[str | Path], watch: Watch | None = None) -> Iterator[Item]:
    """The files below *paths* in order, each once, with the name to show for it."""
    items = list(_listed(paths))
    total, done = sum(_count(path) for _, path in items if isinstance(path, Path)), 0
    for name, path in items:
        found = [(name, path)] if isinstance(path, Diagnostic) else _file(name, path)
        for item in found:
            yield item
            done += isinstance(path, Path)
            if watch is not None:
                watch(min(done, total), total)


def read(path: str | Path) -> Content:
    """The bytes of a file; E401 where there are none, or too many."""
    try:
        if os.path.getsize(path) > LARGEST:
            return unreadable(str(path), f"超过 {LARGEST // 1_000_000} MB，不是一张自评表", "核对文件")
        with open(path, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return unreadable(str(path), "没有这个文件", "检查文件名和所在的文件夹")
    except IsADirectoryError:
        return unreadable(str(path), "这是文件夹，不是文件", "写出文件夹里的文件")
    except PermissionError:
        return unreadable(str(path), "没有读它的权限", "检查文件的权限，或先关闭打开它的程序")
    except (OSError, ValueError) as error:
        return unreadable(str(path), f"读不了（{error}）", "检查文件名和所在的文件夹")


def _listed(paths: Iterable[str | Path]) -> Iterator[tuple[str, Path | Diagnostic]]:
    seen: set[str] = set()
    for given in paths:
        for path in _expanded(str(given)):
            key = os.path.realpath(path) if isinstance(path, Path) else ""
            if not key or key not in seen:
                yield str(path) if isinstance(path, Path) else str(given), path
            seen.add(key)


def _expanded(given: str) -> Iterator[Path | Diagnostic]:
    """The files that one argument means."""
    if os.path.isdir(given):
        yield from _folder(given)
    elif os.path.lexists(given) or not glob.has_magic(given):
        yield Path(given)
    else:
        found = [path for path in sorted(glob.glob(given, recursive=True)) if not _is_hidden(os.path.basename(path))]
        if not found:
            yield unreadable(given, "没有与它相符的文件", "检查文件夹和文件名的写法，如「自评表/*.xlsx」")
        for path in found:
            yield from _folder(path) if os.path.isdir(path) else [Path(path)]


def _folder(folder: str) -> Iterator[Path | Diagnostic]:
    """All forms in a folder and the folders in it, by name; lock files (~$) and hidden ones are no forms."""
    nothing = True
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(name for name in names if not _is_hidden(name)):
            suffix = os.path.splitext(name)[1].lower()
            if suffix in FORMS:
                nothing = False
                yield Path(here, name)
            elif suffix in _PASSED_OVER:
                yield _passed_over(str(Path(here, name)), suffix)
    if nothing:
        yield unreadable(folder, "文件夹里没有能读的表", f"能读的后缀：{' '.join(FORMS)}")


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX")) and name not in (".", "..")


def _passed_over(name: str, suffix: str) -> Diagnostic:
    return Diagnostic("W405", f"没有读这个 {suffix[1:]} 文件", Cell(name, "开头"), "是自评表的，另存为 xlsx 或 docx 再读",
                      severity=Severity.REMARK)


def _count(path: Path) -> int:
    """How many files a path stands for."""
    if path.suffix.lower() != ".zip":
        return 1
    try:
        with zipfile.ZipFile(path) as package:
            return max(1, sum(_is_form(_decoded(info)) for info in package.infolist()))
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return 1


def _file(name: str, path: Path) -> Iterator[Item]:
    content = read(path)
    return _unpacked(name, content, 1)


def _unpacked(name: str, content: Content, depth: int) -> Iterator[Item]:
    """The file, or where it is a zip of files, those."""
    if isinstance(content, Diagnostic) or not content.startswith(b"PK") or kind_of(content, name) is not Kind.ZIP:
        yield name, content
    elif depth > _NESTED:
        yield name, unreadable(name, "压缩包里套压缩包，套得太深", "解开再读")
    else:
        with zipfile.ZipFile(BytesIO(content)) as package:
            yield from _members(name, package, len(content), depth)


def _members(name: str, package: zipfile.ZipFile, size: int, depth: int) -> Iterator[Item]:
    infos = sorted(((_decoded(info), info) for info in package.infolist() if not info.is_dir()), key=lambda one: one[0])
    total = sum(info.file_size for _, info in infos)
    if len(infos) > _MEMBERS or (total > _SMALL and total > _RATIO * size):
        yield name, unreadable(name, f"有 {len(infos)} 个文件，解开是原来的 {total // size} 倍大，像是压缩炸弹，没有读", "来源不明的文件不要打开")
        return
    wanted = [(inner, info) for inner, info in infos if _is_form(inner)]
    if not wanted:
        yield name, unreadable(name, "压缩包里没有能读的表", f"能读的后缀：{' '.join(FORMS)}")
    for inner, info in infos:
        shown = f"{name}/{inner}"
        if _is_form(inner):
            yield from _unpacked(shown, _member(package, info, shown), depth + 1)
        elif inner.lower().endswith(_PASSED_OVER) and not _is_hidden(inner.rpartition("/")[2]):
            yield shown, _passed_over(shown, os.path.splitext(inner)[1].lower())


def _is_form(name: str) -> bool:
    return name.lower().endswith(FORMS) and not any(map(_is_hidden, name.split("/")))


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: Windows writes GBK and does not say so, others UTF-8."""
    if info.flag_bits & 0x800:
        return info.filename.replace("\\", "/")
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _member(package: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> Content:
    if info.flag_bits & 1:
        return unreadable(shown, "压缩包有密码，打不开", "解开再读")
    if info.file_size > LARGEST:
        return unreadable(shown, f"超过 {LARGEST // 1_000_000} MB，不是一张自评表", "核对文件")
    try:
        return package.read(info)
    except Exception:  # noqa: BLE001  # whatever a damaged member makes zipfile and the decompressors raise
        return unreadable(shown, "压缩包坏了，这个文件解不开", "重新拷贝或下载压缩包")
