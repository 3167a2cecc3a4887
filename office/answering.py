"""Answers for the pages: gathered once for a day and kept while the registers stay as they are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

import pandas as pd

from data.casework.desk import casework_seq
from data.decisions import evidence_seq
from data.names import read_names
from data.store import Database
from office.deciding import Answers, decide_all
from office.gathering import Gathered, gather, known_now
from office.programs import program_in_force, values_in_force

Made = TypeVar("Made")
KEPT = 8  # days, and sets of what-if values, that are kept at a time
_lock = threading.Lock()
_making: dict[tuple[str, Hashable], Any] = {}
_kept: dict[str, OrderedDict[Hashable, Any]] = {}


def answers_on(db: Database, day: date, changed: Mapping[str, str | int] | None = None) -> Answers:
    """Every good's decision on a day with all that is known now. `changed` are what-if values.

    Raises Refused where the programme is not in force on the day or a value is not allowed.
    """
    rules = program_in_force(db, day)
    values = values_in_force(rules, day, changed)
    key = (*_state(db), day, rules.digest, tuple(sorted(values.items())))
    return _once("answers", key, lambda: decide_all(gathered_on(db, day), rules, values))


def gathered_on(db: Database, day: date) -> Gathered:
    """Everything a decision on a day looks at, as known now."""
    return _once("gathered", (*_state(db), day), lambda: gather(db, day, known_now(db)))


def names_of_goods(db: Database) -> pd.DataFrame:
    """The names of all goods (data.names), one row per good, sorted by subject."""
    return _once("names", _state(db), lambda: read_names(db))


def while_nothing_changes(kind: str, db: Database, answers: Answers, make: Callable[[], Made]) -> Made:
    """What follows from a day's answers and from what people did: made anew once a register or casework changes."""
    asked = (answers.gathered.as_of, answers.program.digest, tuple(sorted(answers.values.items())))
    return _once(kind, (*_state(db), casework_seq(db), *asked), make)


def while_all_stands(kind: str, db: Database, asked: Hashable, make: Callable[[], Made]) -> Made:
    """What was made for exactly what is asked: made anew once a register or casework changes."""
    return _once(kind, (*_state(db), casework_seq(db), asked), make)


def _state(db: Database) -> tuple[Hashable, ...]:
    """Changes whenever a register does; another database has another."""
    return db.execute("PRAGMA database_list").fetchone()[2], evidence_seq(db)


def _once(kind: str, key: Hashable, make: Callable[[], Made]) -> Made:
    """Kept or made now; who asks for the same meanwhile waits for it, who asks for another does not."""
    with _lock:
        kept = _kept.setdefault(kind, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return cast(Made, kept[key])
        turn = _making.setdefault((kind, key), threading.RLock())
    with turn:
        with _lock:
            if key in kept:
                return cast(Made, kept[key])
        try:
            made = make()
            with _lock:
                kept[key] = made
                while len(kept) > KEPT:
                    kept.popitem(last=False)
        finally:
            with _lock:
                _making.pop((kind, key), None)
    return made
