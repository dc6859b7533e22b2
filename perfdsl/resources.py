"""Finds what ships beside the code (grammar, rulesets) and keeps what may be kept between runs."""

from __future__ import annotations

import os
import pickle
import sys
from binascii import crc32
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_PACKAGE = Path(__file__).parent

RULESET_SUFFIX = ".perf"
CHECKSUMS = "CHECKSUMS"
"""Beside published rulesets: what their texts were."""
CLAUSE_FILES = ("perfdsl.lark", "keywords.lark", "tokens.lark")
"""The files of `grammar/` that make the grammar of a ruleset."""


def shipped(name: str) -> Path:
    """The folder `grammar` or `rulesets`: inside the installed package, else in the checkout beside it."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def around(folder: Path | None) -> list[Path]:
    """Every file that the meaning of a ruleset in *folder*, or what is said of it, can depend on: those beside it, those that ship, checksums."""
    beside = sorted(folder.glob(f"*{RULESET_SUFFIX}")) if folder else []
    published = checksums_of(folder)
    return [*beside, *sorted(shipped("rulesets").rglob(f"*{RULESET_SUFFIX}")), *([published] if published else [])]


def checksums_of(folder: Path | None) -> Path | None:
    """The list of the published rulesets of *folder*, in it or in the one above; None where there is none."""
    places = (folder, folder.parent) if folder else ()
    return next((place / CHECKSUMS for place in places if (place / CHECKSUMS).is_file()), None)


def grammar_text(*files: str) -> str:
    """The named files of `grammar/`, one after the other, and the UNIT terminal of the unit table."""
    from perfdsl.units import pattern

    texts = [(shipped("grammar") / file).read_text(encoding="utf-8") for file in files]
    return "\n".join([*texts, f"UNIT.4: /{pattern()}/", ""]).replace("[/／]", r"[\/／]")


def cache_folder() -> Path | None:
    """The user's cache folder for perfdsl; None where PERFDSL_CACHE is set and empty."""
    chosen = os.environ.get("PERFDSL_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "perfdsl" if base else None


def cached(name: str, content: str, make: Callable[[], T]) -> T:
    """What `make` gives, kept in the file *name* together with the *content* that it was made from."""
    kept: tuple[T] | None = recalled(name, content)
    if kept is not None:
        return kept[0]
    made = make()
    remember(name, content, made)
    return made


def recalled(name: str, content: str) -> tuple[Any] | None:
    """What was kept under that *name* for that *content*; None where nothing was.

    What is kept counts only for exactly that content and this very build of perfdsl.  The cache saves time and
    nothing else: a folder that cannot be read or written, or a file that is damaged, is passed over.
    """
    file = _file(name, content)
    if file is None:
        return None
    try:
        kept_key, kept = pickle.loads(file.read_bytes())
    except Exception:  # noqa: BLE001  # whatever is wrong with a kept copy, the thing itself can be made anew
        return None
    return (kept,) if kept_key == (_build(), content) else None


def remember(name: str, content: str, made: object) -> None:
    """Keep it for the next run."""
    file = _file(name, content)
    if file is not None:
        _keep(file, ((_build(), content), made))


def forget(name: str, most: int) -> None:
    """Of what was kept under that *name* only the newest stay."""
    folder = cache_folder()
    try:
        files = sorted(folder.glob(f"{name}-*"), key=lambda file: file.stat().st_mtime, reverse=True) if folder is not None else []
        for file in files[most:]:
            file.unlink(missing_ok=True)
    except OSError:
        return


def _file(name: str, content: str) -> Path | None:
    folder = cache_folder()
    return None if folder is None else folder / f"{name}-{crc32(content.encode('utf-8', 'surrogatepass')):08x}"


@cache
def _build() -> str:
    """Tells one state of the code from another: size and time of every module and grammar file."""
    return repr(sorted([*_states(str(_PACKAGE)), *_states(str(shipped("grammar")))]))


def _states(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".lark")):
                stat = entry.stat()
                yield entry.path, stat.st_size, stat.st_mtime_ns
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _states(entry.path)


def _keep(file: Path, made: object) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(f".{os.getpid()}")
        partial.write_bytes(pickle.dumps(made, protocol=5))
        partial.replace(file)
    except (OSError, pickle.PicklingError, RecursionError):
        return


def template(name: str) -> str:
    """A file of `perfdsl/templates`: what `perfdsl new` starts from."""
    return (_PACKAGE / "templates" / name).read_text(encoding="utf-8")
