"""Zips of forms: the files in them, and in the zips in those."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from perfdsl.data.kinds import Kind, kind_of, unreadable
from perfdsl.diagnostics import Diagnostic
from perfdsl.forms.suffixes import FORMS, LARGEST, PASSED_OVER, is_form, is_hidden, passed_over

Item = tuple[str, bytes | Diagnostic]
"""A file by the name to show for it: its bytes, or why it cannot be read."""

_MEMBERS, _RATIO, _SMALL, _NESTED = 20_000, 200, 5_000_000, 2


def count(path: Path) -> int:
    """How many files a path stands for."""
    if path.suffix.lower() != ".zip":
        return 1
    try:
        with zipfile.ZipFile(path) as package:
            return max(1, sum(is_form(_decoded(info)) for info in package.infolist()))
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return 1


def unpacked(name: str, content: bytes | Diagnostic, depth: int = 1) -> Iterator[Item]:
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
    wanted = [(inner, info) for inner, info in infos if is_form(inner)]
    if not wanted:
        yield name, unreadable(name, "压缩包里没有能读的表", f"能读的后缀：{' '.join(FORMS)}")
    for inner, info in infos:
        shown = f"{name}/{inner}"
        if is_form(inner):
            yield from unpacked(shown, _member(package, info, shown), depth + 1)
        elif inner.lower().endswith(PASSED_OVER) and not is_hidden(inner.rpartition("/")[2]):
            yield shown, passed_over(shown, os.path.splitext(inner)[1].lower())


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


def _member(package: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> bytes | Diagnostic:
    if info.flag_bits & 1:
        return unreadable(shown, "压缩包有密码，打不开", "解开再读")
    if info.file_size > LARGEST:
        return unreadable(shown, f"超过 {LARGEST // 1_000_000} MB，不是一张自评表", "核对文件")
    try:
        return package.read(info)
    except Exception:  # noqa: BLE001  # whatever a damaged member makes zipfile and the decompressors raise
        return unreadable(shown, "压缩包坏了，这个文件解不开", "重新拷贝或下载压缩包")
