"""The people of e-commerce: who is registered as what, from when, and who is in the lead in a poor village."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.seed.families import Household
from data.seed.registers.scene import (
    Entry,
    Scene,
    Village,
    between,
    bias,
    ended,
    iso,
    told,
)
from data.seed.sample import Row

_KINDS = (
    ("manager", 26),
    ("practitioner", 105),
    ("village_official", 16),
    ("student", 44),
    ("other", 25),
    ("villager", 290),
)
_OF_HOUSEHOLDS = 330  # among 2,000 households
_FIRST, _LAST = date(2017, 11, 6), date(2021, 8, 13)
STAFF = ("manager", "practitioner")
_AT_A_STATION = {
    "manager": 0.3,
    "practitioner": 0.85,
}  # how many of them work in a village, not in the county's offices
_LAST_STAFF = date(2021, 1, 29)
_WITHOUT_LEADER = 0.11  # of the poor villages, still
_LEFT_MANAGERS, _LEFT = 3, 0.05


@dataclass(frozen=True)
class Person:
    """One person; `trained` is False for somebody who never went to a session."""

    number: str
    kind: str
    village: Village | None
    household: Household | None
    since: date
    until: date | None
    trained: bool
    leads: Village | None = None

    def there_on(self, day: date) -> bool:
        """Whether somebody is registered and has not left."""
        return self.since <= day and (self.until is None or day < self.until)


def people(scene: Scene) -> tuple[Person, ...]:
    """Everybody in the order of registration, those who lead a village among them."""
    rng, at_work = scene.rng("people"), scene.rng("where staff work")
    villages = {village.code: village for village in scene.villages}
    found = list(_leaders(scene))
    for kind, count in _KINDS:
        for nth in range(count):
            last = _LAST_STAFF if kind in STAFF else _LAST
            since = between(_FIRST, last if nth % 3 else date(2018, 6, 29), rng)
            village = None if kind in (*STAFF, "other") else rng.choice(scene.villages)
            if kind in STAFF and at_work.random() < _AT_A_STATION[kind]:
                village = at_work.choice(scene.villages)
            trained = (
                nth > 0 if kind == "manager" else rng.random() < (0.79 if kind == "practitioner" else 0.93)
            )
            left = 0 < nth <= _LEFT_MANAGERS if kind == "manager" else rng.random() < _LEFT
            until = between(max(since, date(2019, 3, 1)), date(2021, 9, 17), rng) if left else None
            found.append(Person("", kind, village, None, since, until, trained))
    many = scene.some(_OF_HOUSEHOLDS, min(12, len(scene.households)))
    for household in rng.sample(scene.households, min(many, len(scene.households))):
        since = between(max(household.entered, _FIRST), date(2021, 7, 30), rng)
        village = villages[household.village]
        found.append(Person("", "household", village, household, since, None, rng.random() < 0.96))
    found.sort(key=lambda one: one.since)
    return tuple(replace(one, number=f"X{nth:04d}") for nth, one in enumerate(found, start=1))


def _leaders(scene: Scene) -> Iterator[Person]:
    """One for most poor villages, and the successor where the first gave up."""
    rng = scene.rng("leaders")
    poor = [village for village in scene.villages if village.listed]
    order = sorted(poor, key=lambda village: rng.random() + bias(village.township_at))
    for nth, village in enumerate(order[: len(order) - round(len(order) * _WITHOUT_LEADER)]):
        late = nth >= len(order) * 0.8
        since = between(
            date(2019, 9, 2) if late else _FIRST, date(2021, 7, 16) if late else date(2019, 5, 31), rng
        )
        if nth % 10 == 4:
            gave_up = between(date(2020, 3, 16), date(2020, 10, 30), rng)
            yield Person("", "villager", village, None, since, gave_up, True, village)
            since = between(gave_up, date(2021, 5, 28), rng)
        yield Person("", "villager", village, None, since, None, True, village)


def told_of_people(everyone: Sequence[Person]) -> Iterator[Entry]:
    """Their registration, and the leaders' being named some weeks after it."""
    for person in everyone:
        row: Row = {
            "participant_no": person.number,
            "participant_name": f"示例人员{person.number[1:]}",
            "kind": person.kind,
            "household_no": person.household.number if person.household else None,
            "village_code": person.village.code if person.village else None,
            "since": iso(person.since),
            "until": None,
        }
        yield from told("participants", row, person.since, *ended("until", person.until, "登记离岗日期"))
        if person.leads:
            named = {
                "village_code": person.leads.code,
                "participant_no": person.number,
                "named_on": iso(person.since),
                "until": None,
            }
            until = ended("until", person.until, "登记免去日期")
            yield from told("village_leaders", named, person.since, *until)
