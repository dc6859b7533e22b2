"""A ruleset that has been published keeps its text: units have scored by it, and must be able to score by it again.

To publish: write the ruleset, raise its 版本 (or its 年度), run all of tests/rulesets, then in the folder `rulesets`
`perfdsl freeze --again methods/标准计分方法.perf` writes its lines into CHECKSUMS.
`sha256sum -c CHECKSUMS` in that folder says the same as this test.  `--golden-update` leaves CHECKSUMS alone.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfdsl.cli.freeze import command
from perfdsl.files import checksums
from perfdsl.model.frozen import published
from perfdsl.pipeline import load

RULESETS = Path(__file__).parent.parent.parent / "rulesets"
LINES = [line for line in (RULESETS / "CHECKSUMS").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
PUBLISHED = {path: digest for digest, path in (line.split("  ") for line in LINES)}


def _digest(path: Path) -> str:
    """Of the text with `\\n` as its line break, whatever the checkout made of it."""
    return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


@pytest.mark.parametrize("path", sorted(PUBLISHED))
def test_a_published_text_is_what_it_was(path: str) -> None:
    assert _digest(RULESETS / path) == PUBLISHED[path], (
        f"{path} 已经发布，内容却改了。已发布的规则集不改：请另出一个版本（版本加一，或换年度），再更新 CHECKSUMS")


def test_every_shipped_ruleset_is_listed_once() -> None:
    shipped = sorted(path.relative_to(RULESETS).as_posix() for path in RULESETS.rglob("*.perf"))

    assert sorted(PUBLISHED) == shipped
    assert len(LINES) == len(PUBLISHED)


@pytest.mark.parametrize("path", sorted(PUBLISHED))
def test_it_is_published_and_its_meaning_too(path: str) -> None:
    listed = checksums((RULESETS / path).parent)
    assert listed is not None
    assert published(listed)[path].meaning == load(RULESETS / path).digest
    assert CliRunner().invoke(command, ["--check", str(RULESETS / path)]).stdout.rstrip().endswith("与发布时相同")
