"""What looking over one thing comes to, and what the looking needs to know of its surroundings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from data.words import Words
from office.backup.folders import Folders

State = Literal["fine", "look", "wrong"]
FINE, LOOK, WRONG = "fine", "look", "wrong"
STATE_WORDS: Mapping[str, Words] = {
    "fine": Words("正常", "fine"),
    "look": Words("要看一下", "look at it"),
    "wrong": Words("有问题", "wrong"),
}


@dataclass(frozen=True)
class Finding:
    """One thing: how it is, what was found, what that means, and what to do where something is to be done."""

    name: str
    title: Words
    state: State
    found: Words
    means: Words
    todo: Words | None = None


@dataclass(frozen=True)
class Surroundings:
    """Where the looking is done: the database, the instant, the environment.

    `drift`: how far the clock was moved since the application started (seconds), None where that is not known.
    """

    path: Path
    at: datetime
    environment: Mapping[str, str]
    folders: Folders
    offset: timedelta
    drift: float | None = None


def size_words(number: int) -> str:
    """Bytes as people read them: 1.4 GB, 230 MB, 12 KB."""
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if number >= size:
            return f"{number / size:.1f} {unit}"
    return f"{max(1, round(number / 1000))} KB" if number else "0 KB"
