"""Scenarios: lever values under a name, saved as versions that are never changed, tried and compared again later.

save(writer, Wish(...), doer=…) · remove(writer, name, …)    in a transaction of their own on the office's day
save_in(db, …, at=) · remove_in(db, …, at=)                  inside the caller's
under_scenario(db, name, day)                                 every target under it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from data.canonical import Cell, json_text
from data.casework.ledger import next_id, record
from data.reporting.scenarios import SavedScenario, standing_scenarios, versions_of
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import Refused, refuse
from office.signing import kept_name, kept_text
from office.targets.what_if import Tried, known_levers, try_levers
from rules.program import Words

LONGEST_NAME = 30
FEWEST, MOST = 2, 4  # scenarios beside each other


@dataclass(frozen=True)
class Wish:
    """What is to be saved: lever steps by name, and why. `seen`: the version that the person saw (0: none)."""

    name: str
    levers: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    seen: int | None = None


def scenarios(db: Database) -> tuple[SavedScenario, ...]:
    """The scenarios that stand, by name."""
    return standing_scenarios(db)


def scenario_named(db: Database, name: str) -> SavedScenario:
    """One scenario. Raises Refused, naming those that there are."""
    found = {one.name: one for one in standing_scenarios(db)}
    if name in found:
        return found[name]
    zh, en = ("、".join(found), ", ".join(found)) if found else ("（还没有保存过）", "(none is saved)")
    raise refuse(f"没有名为“{name}”的方案；已有：{zh}", f'there is no scenario "{name}"; there are: {en}')


def under_scenario(db: Database, name: str, day: date) -> Tried:
    """Every target under a saved scenario. Raises Refused."""
    return try_levers(db, day, scenario_named(db, name).levers)


def beside_each_other(db: Database, names: Sequence[str], day: date) -> dict[str, Tried]:
    """Two to four scenarios on one day, by name. Raises Refused."""
    if not FEWEST <= len(set(names)) <= MOST:
        raise refuse(
            f"一次比较 {FEWEST} 到 {MOST} 个方案", f"{FEWEST} to {MOST} scenarios are compared at a time"
        )
    return {name: under_scenario(db, name, day) for name in dict.fromkeys(names)}


def save(writer: Writer, wish: Wish, *, doer: Doer) -> SavedScenario:
    """Save a scenario, or a new version of it. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        return save_in(db, wish, doer=doer, at=now())


def save_in(db: Database, wish: Wish, *, doer: Doer, at: datetime) -> SavedScenario:
    """The same inside the caller's transaction, at an instant of the caller's."""
    by = allowed(db, doer, "save_scenario")
    name = kept_name(wish.name, Words("方案名称", "the scenario's name"), LONGEST_NAME)
    levers = known_levers(wish.levers)
    if not levers:
        raise refuse(
            "没有移动任何一项，不必保存：这就是按现有速度的推算",
            "no lever was moved, so there is nothing to save: this is the way things go anyway",
        )
    note = kept_text(wish.note, Words("说明", "the note")) if wish.note.strip() else None
    last = _last(db, name, wish.seen)
    if last is not None and not last.removed and (last.levers, last.note) == (levers, note):
        raise refuse(f"方案“{name}”与已保存的完全相同", f'scenario "{name}" is saved just so already')
    return _write(db, name, last, levers, note, removed=False, at=at, by=by)


def remove(writer: Writer, name: str, *, doer: Doer, seen: int | None = None) -> SavedScenario:
    """Take a scenario's name away; its versions stay in the record. Raises Refused."""
    with writer.transaction() as db:
        return remove_in(db, name, doer=doer, at=now(), seen=seen)


def remove_in(db: Database, name: str, *, doer: Doer, at: datetime, seen: int | None = None) -> SavedScenario:
    """The same inside the caller's transaction, at an instant of the caller's."""
    by = allowed(db, doer, "save_scenario")
    standing = scenario_named(db, name)
    last = _last(db, name, seen)
    return _write(db, name, last, dict(standing.levers), standing.note, removed=True, at=at, by=by)


def _last(db: Database, name: str, seen: int | None) -> SavedScenario | None:
    """The newest version. Raises Refused where it is not the one that the person saw."""
    versions = versions_of(db, name)
    last = versions[-1] if versions else None
    version = last.version if last is not None and not last.removed else 0
    if seen is not None and seen != version:
        raise _stale(name, last)
    return last


def _stale(name: str, last: SavedScenario | None) -> Refused:
    if last is None or last.removed:
        return refuse(
            f"方案“{name}”已被删除，没有改动。请刷新后再看",
            f'scenario "{name}" was removed meanwhile. Nothing was changed: look again',
        )
    return refuse(
        f"已有名为“{name}”的方案（第 {last.version} 版，{last.recorded_by}保存），没有改动。换一个名称，或先打开它再保存",
        f'there is a scenario "{name}" (version {last.version}, saved by {last.recorded_by}). Nothing was changed:'
        " choose another name, or open it first",
    )


def _write(
    db: Database,
    name: str,
    last: SavedScenario | None,
    levers: Mapping[str, int],
    note: str | None,
    *,
    removed: bool,
    at: datetime,
    by: str,
) -> SavedScenario:
    row: dict[str, Cell] = {
        "id": next_id(db, "scenarios"),
        "name": name,
        "version": last.version + 1 if last is not None else 1,
        "removed": int(removed),
        "levers": json_text(levers),
        "note": note,
    }
    record(db, "scenario", {"scenarios": [row]}, at=at, by=by)
    return versions_of(db, name)[-1]
