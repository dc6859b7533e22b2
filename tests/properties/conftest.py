"""Properties that hold whatever the input.  The examples are the same in every run, and nothing is kept between runs."""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator

import pytest

HANGS_AFTER = 120


@pytest.fixture(scope="module", autouse=True)
def _no_hang() -> Iterator[None]:
    """A module that does not end says where it hangs and ends the run."""
    faulthandler.dump_traceback_later(HANGS_AFTER, exit=True, file=sys.__stderr__)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="module", autouse=True)
def _no_cache() -> Iterator[None]:
    """Thousands of texts are read once each: keeping them would only fill a disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PERFDSL_CACHE", "")
        yield
