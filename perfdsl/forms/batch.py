"""Many forms at once: files, folders, globs and zips, each file with its bytes, or with why it cannot be read."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from perfdsl.data.kinds import unreadable
from perfdsl.diagnostics import Diagnostic
from perfdsl.forms.suffixes import FORMS, LARGEST, PASSED_OVER, is_hidden, passed_over
from perfdsl.forms.zips import Item, count, unpacked

Content = bytes | Diagnostic
Watch = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


class Files:
    """The files below *paths* in order, each once; `count` is how many there are, those in zips included."""

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._listed = list(_listed(paths))
        self.count = sum(count(path) for _, path in self._listed if isinstance(path, Path))

    def items(self, watch: Watch | None = None) -> Iterator[Item]:
        """Each with the name to show for it; *watch* is told when the next is asked for."""
        done = 0
        for name, path in self._listed:
            for item in [(name, path)] if isinstance(path, Diagnostic) else _file(name, path):
                yield item
                done += isinstance(path, Path)
                if watch is not None:
                    watch(min(done, self.count), self.count)


def batch(paths: Iterable[str | Path], watch: Watch | None = None) -> Iterator[Item]:
    """The files below *paths* in order, each once, with the name to show for it."""
    return Files(paths).items(watch)


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
        found = [path for path in sorted(glob.glob(given, recursive=True)) if not is_hidden(os.path.basename(path))]
        if not found:
            yield unreadable(given, "没有与它相符的文件", "检查文件夹和文件名的写法，如「自评表/*.xlsx」")
        for path in found:
            yield from _folder(path) if os.path.isdir(path) else [Path(path)]


def _folder(folder: str) -> Iterator[Path | Diagnostic]:
    """All forms in a folder and the folders in it, by name; lock files (~$) and hidden ones are no forms."""
    nothing = True
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in sorted(name for name in names if not is_hidden(name)):
            suffix = os.path.splitext(name)[1].lower()
            if suffix in FORMS:
                nothing = False
                yield Path(here, name)
            elif suffix in PASSED_OVER:
                yield passed_over(str(Path(here, name)), suffix)
    if nothing:
        yield unreadable(folder, "文件夹里没有能读的表", f"能读的后缀：{' '.join(FORMS)}")


def _file(name: str, path: Path) -> Iterator[Item]:
    content = read(path)
    return unpacked(name, content)


