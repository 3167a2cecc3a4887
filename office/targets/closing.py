"""Which townships or villages close a target's gap fastest, with their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.register import REGISTERS
from data.store import Database
from data.versions import known_rows
from office.answering import while_all_stands
from office.programs import program_in_force
from office.targets.measuring import Standing, months_by
from rules.closing import Gap, gaps
from rules.load_targets import targets_digest
from rules.target import OTHER, Part

Level = Literal["township", "village"]


@dataclass(frozen=True)
class PlaceGap:
    """A place by its name (None: what belongs to no place), of a village also its township's."""

    gap: Gap
    name: str | None
    township: str | None


def names_of_places(db: Database, level: Level) -> Mapping[str, tuple[str, str | None]]:
    """Code → (name, of a village its township's code), as known now."""
    if level == "township":
        rows = known_rows(db, REGISTERS["townships"], ("township_code", "township_name"))
        return {code: (name, None) for code, name in rows}
    rows = known_rows(db, REGISTERS["villages"], ("village_code", "village_name", "township_code"))
    return {code: (name, township) for code, name, township in rows}


def parts_of(standing: Standing, level: Level) -> Mapping[str, Part]:
    """What each place adds."""
    counted = standing.counted
    return counted.by_township if level == "township" else counted.by_village


def gaps_of(db: Database, day: date, standing: Standing, level: Level) -> tuple[PlaceGap, ...]:
    """Every place with its gap, the soonest to close first; empty without data or goal."""
    asked = (day, standing.target.name, level, targets_digest(), program_in_force(db, day).digest)
    return while_all_stands("target_gaps", db, asked, lambda: _gaps(db, day, standing, level))


def _gaps(db: Database, day: date, standing: Standing, level: Level) -> tuple[PlaceGap, ...]:
    if standing.goal is None or standing.counted.value is None:
        return ()
    months = months_by(db, standing.target.name, day, level=level)
    found = gaps(standing.target, standing.goal, parts_of(standing, level), months)
    names, townships = names_of_places(db, level), names_of_places(db, "township")
    return tuple(_named(gap, names, townships) for gap in found)


def _named(
    gap: Gap,
    names: Mapping[str, tuple[str, str | None]],
    townships: Mapping[str, tuple[str, str | None]],
) -> PlaceGap:
    if gap.place == OTHER:
        return PlaceGap(gap, None, None)
    name, township = names.get(gap.place, (gap.place, None))
    return PlaceGap(gap, name, townships[township][0] if township and township in townships else None)
