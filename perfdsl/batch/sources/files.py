"""The files that a path names: one, all of a folder, or those of a pattern."""

from __future__ import annotations

import json
import os
from glob import glob, has_magic
from pathlib import Path

from perfdsl.batch.stopped import Unreadable
from perfdsl.data.kinds import unreadable

_SUFFIXES = (".parquet", ".arrow", ".feather", ".ipc", ".arrows", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson")


def files_of(path: str) -> list[str]:
    """In the order of their names; raises `Unreadable` where there is none."""
    if has_magic(path) and not os.path.exists(path):
        found = sorted(one for one in glob(path, recursive=True) if os.path.isfile(one))
    elif os.path.isdir(path):
        found = sorted(str(one) for one in Path(path).rglob("*") if one.suffix.lower() in _SUFFIXES and not one.name.startswith((".", "_")))
    else:
        return [_there(path)]
    if not found:
        raise Unreadable(unreadable(path, "里没有能读的文件" if os.path.isdir(path) else "没有匹配的文件", "写明文件、文件夹或通配符，如 数据/*.parquet"))
    return found


def _there(path: str) -> str:
    try:
        with open(path, "rb"):
            return path
    except FileNotFoundError:
        raise Unreadable(unreadable(path, "没有这个文件", "检查文件名和所在的文件夹")) from None
    except PermissionError:
        raise Unreadable(unreadable(path, "没有读它的权限", "检查文件的权限")) from None
    except (OSError, ValueError) as fault:
        raise Unreadable(unreadable(path, f"读不了（{fault}）", "检查文件名和所在的文件夹")) from None


def identity(files: list[str], *more: object) -> str:
    """What tells that the files are as they were: their sizes and times."""
    return json.dumps([[os.path.abspath(one), os.stat(one).st_size, os.stat(one).st_mtime_ns] for one in files] + list(more), ensure_ascii=False)


def start_of(path: str, size: int = 1 << 20) -> bytes:
    with open(path, "rb") as stream:
        return stream.read(size)
