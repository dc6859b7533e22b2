"""Full names and the shorter ones people use: `税收`, `产出指标/税收` for `产出指标/数量指标/税收`."""

from __future__ import annotations

from collections.abc import Iterable

from perfdsl.record import record


@record
class Ambiguous:
    """A short name that several full ones answer to."""

    paths: tuple[str, ...]


class Names:
    """Full names, found by any run of their levels that ends in the last one."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = list(paths)
        self._by_leaf: dict[str, list[str]] = {}
        for path in self.paths:
            self._by_leaf.setdefault(path.rpartition("/")[2], []).append(path)

    @property
    def leaves(self) -> list[str]:
        """The last levels, each once."""
        return list(self._by_leaf)

    def find(self, name: str) -> str | Ambiguous | None:
        """The full name that *name* stands for; several; or none."""
        wanted = [part.strip() for part in name.replace("／", "/").split("/")]
        hits = [path for path in self._by_leaf.get(wanted[-1], ()) if _within(wanted, path.split("/"))]
        exact = [path for path in hits if path == name]
        hits = exact or hits
        return None if not hits else hits[0] if len(hits) == 1 else Ambiguous(tuple(hits))


def _within(wanted: list[str], levels: list[str]) -> bool:
    """Whether *wanted* names levels of the path in their order."""
    rest = iter(levels)
    return all(part in rest for part in wanted)
