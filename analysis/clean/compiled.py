"""The rules of linking and choosing as machine code, for records of many thousand reports.

The functions are the same; a smaller record is settled sooner than they are compiled. That takes about half a
minute, once for each state of the sources.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from inspect import getmembers, isfunction
from pathlib import Path
from types import ModuleType
from typing import Any

from analysis import columns
from analysis.clean import (
    book,
    choosing,
    chosen,
    dating,
    events,
    evidence,
    holding,
    joining,
    ledger,
    losing,
    quotes,
    register,
    settling,
    slips,
    voting,
)

MANY = 20_000
"""From how many reports on it pays to compile."""

_MODULES: tuple[ModuleType, ...] = (
    voting, quotes, slips, choosing, dating, chosen, losing, book, holding, settling,
    evidence, events, joining,
)  # fmt: skip
# Machine code holds the numbers of words as well, which these modules give.
_SOURCES = (*_MODULES, ledger, register, columns)


@cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of one of the modules as machine code, kept beside them for the next run."""
    import numba

    _make_known()
    folder = _folder()
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    with suppress(OSError):  # machine code that cannot be kept is made anew
        folder.mkdir(parents=True, exist_ok=True)
    is_kept = os.access(folder, os.W_OK)
    made: Callable[..., Any] = numba.njit(function, cache=is_kept, error_model="numpy")
    return made


@cache
def _make_known() -> None:
    """Let the functions of the modules be called from machine code."""
    from numba.extending import register_jitable

    for module in _MODULES:
        for _, called in getmembers(module, isfunction):
            if called.__module__ == module.__name__:
                register_jitable(called)


def _folder() -> Path:
    """Return where machine code is kept: one folder for each state of the sources."""
    state = hashlib.sha256()
    for module in _SOURCES:
        state.update(Path(str(module.__file__)).read_bytes())
    return Path(__file__).parent / "__pycache__" / f"compiled-{state.hexdigest()[:16]}"
