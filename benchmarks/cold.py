"""Whole processes, from start to exit: what a user waits for at the prompt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import Cell, Table, goal
from benchmarks.timing import Job, Times, alternating

ROOT = Path(__file__).parent.parent
SEED = ROOT / "examples" / "lingling-2023"

BARE, CLICK, FOUR = "bare interpreter", "import click", "import lark, attrs, click, tabulate"
_GOALS = {
    "perfdsl --version": (CLICK, 1.3),
    "perfdsl --help": (CLICK, 1.3),
    "perfdsl eval, cache kept": (FOUR, 1.4),
    "perfdsl eval, cache empty": (FOUR, None),
}
"""Job → what it is compared with, and how many times as long it may take."""

_MEANING = """Wall time of whole processes, which take turns round by round.  eval scores corrected.perf with
shortfall.csv of examples/lingling-2023 and prints table and explanations.  "cache kept" is the second
and every later run; "cache empty" the first run ever, which builds the parser's tables and has no
target.  perfdsl is started by """


def table(rounds: int) -> Table:
    with TemporaryDirectory() as folder:
        times = alternating(_jobs(Path(folder)), rounds)
    entry = "its console entry." if _installed() else "`python -m perfdsl`."
    return Table("Cold start", _MEANING + entry, tuple(_row(one, times) for one in times.values()))


def _row(one: Times, times: dict[str, Times]) -> dict[str, Cell]:
    base, limit = _GOALS.get(one.name, (BARE, None))
    ratio = one.median / times[base].median
    return {"process": one.name, "runs": len(one.seconds), "least_ms": one.least * 1e3, "median_ms": one.median * 1e3,
            "ratio": ratio, "to": base, **goal(ratio, limit)}


def _jobs(folder: Path) -> list[Job]:
    kept, emptied = folder / "kept", folder / "emptied"
    score = [*_perfdsl(), "eval", str(SEED / "corrected.perf"), str(SEED / "shortfall.csv")]
    version, help_, warm, empty = _GOALS
    return [
        *(Job(name, partial(_run, [sys.executable, "-c", code], kept)) for name, code in _BASELINES.items()),
        Job(version, partial(_run, [*_perfdsl(), "--version"], kept)),
        Job(help_, partial(_run, [*_perfdsl(), "--help"], kept)),
        Job(warm, partial(_run, score, kept, "偏差说明")),
        Job(empty, partial(_run, score, emptied, "偏差说明"), partial(shutil.rmtree, emptied, ignore_errors=True)),
    ]


_BASELINES = {BARE: "pass", CLICK: "import click", FOUR: "import lark, attrs, click, tabulate"}


def _installed() -> str | None:
    """The console entry that belongs to this interpreter, if perfdsl is installed for it."""
    return shutil.which("perfdsl", path=sysconfig.get_path("scripts"))


def _perfdsl() -> list[str]:
    entry = _installed()
    return [entry] if entry else [sys.executable, "-m", "perfdsl"]


def _run(command: list[str], cache: Path, printed: str = "") -> None:
    """Raises where the process fails or does not print what it should: a fast failure is no result."""
    environment = {**os.environ, "PERFDSL_CACHE": str(cache), "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    if not _installed():
        environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
    if printed not in done.stdout.decode("utf-8"):
        raise RuntimeError(f"{command} did not print {printed}")
