"""Training: plans, the practice base, sessions, who came, and what became of the households that did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.seed.calendar import WORKING_DAY, office_day
from data.seed.registers.people import STAFF, Person
from data.seed.registers.scene import Entry, Scene, ended, iso, shares, spread, told
from data.seed.sample import Row

BEFORE, COUNTED = 12, 118  # sessions of 2018, and since 2019 up to the working day
ATTENDED_BEFORE, ATTENDED = 205, 2_352  # person-times
_AUDIENCES = (
    ("households", "basics", 60),
    ("practitioners", "live", 30),
    ("mixed", "shop", 40),
    ("leaders", "quality", 20),
    ("managers", "management", 15),
)
_NEXT = (date(2021, 10, 12), date(2021, 10, 26), date(2021, 11, 9))  # announced, not held yet
_FOLLOWED = 0.55
_WAYS = ("visit", "call", "visit", "online")
_OUTCOMES = ("learning", "selling", "shop", "employed", "stopped", "selling", "selling")


@dataclass(frozen=True)
class Session:
    """One session; nobody came yet to one that lies ahead."""

    number: str
    topic: str
    starts: date
    ends: date
    came: int


def sessions() -> list[Session]:
    """All of them in order of time."""
    days = [*spread(BEFORE, date(2018, 3, 12), date(2018, 11, 28))]
    days += spread(COUNTED, date(2019, 1, 9), date(2021, 9, 22))
    rng = Random("sessions")
    came = shares(ATTENDED_BEFORE, [rng.uniform(0.7, 1.3) for _ in range(BEFORE)], 1)
    came += shares(ATTENDED, [rng.uniform(0.7, 1.3) for _ in range(COUNTED)], 1)
    found = []
    for nth, (day, many) in enumerate(zip([*days, *_NEXT], [*came, 0, 0, 0], strict=True), start=1):
        topic = _AUDIENCES[nth % len(_AUDIENCES)][1] if nth % 17 else "other"
        ends = office_day(day + timedelta(days=nth % 4 // 2))
        found.append(Session(f"PX{day:%Y}-{nth:03d}", topic, day, max(day, ends), many))
    return found


def training(scene: Scene, everyone: Sequence[Person]) -> Iterator[Entry]:
    """The plans of each year, where one practises, the sessions with who came, and the visits afterwards."""
    yield from _plans()
    yield from _bases()
    rng = scene.rng("training")
    told_of: Counter[str] = Counter()
    first_time: dict[str, date] = {}
    for nth, session in enumerate(sessions(), start=1):
        yield from _session(scene, session, nth, rng)
        for person in _came(session, everyone, told_of, rng):
            told_of[person.number] += 1
            first_time.setdefault(person.number, session.ends)
            row: Row = {
                "session_no": session.number,
                "participant_no": person.number,
                "hours": 10 * rng.choice((4, 8, 8, 16)),
                "completed": int(rng.random() < 0.93),
            }
            yield from told("attendances", row, session.ends)
    yield from _followups([one for one in everyone if one.household], first_time, scene.rng("followups"))


def _plans() -> Iterator[Entry]:
    for year in range(2018, 2022):
        for nth, (audience, _topic, share) in enumerate(_AUDIENCES, start=1):
            approved = office_day(date(year, 1, 8 + nth))
            row: Row = {
                "plan_no": f"JH{year}-{nth}",
                "plan_name": f"示例培训计划{year}-{nth}",
                "year": year,
                "audience": audience,
                "planned": share * (4 if year == 2018 else 6),
                "approved_on": iso(approved),
            }
            yield from told("training_plans", row, approved)


def _bases() -> Iterator[Entry]:
    for code, station, places, opened, closed in (
        ("SX01", "Z000", 60, date(2018, 5, 14), None),
        ("SX02", "Z001", 20, date(2019, 4, 8), date(2021, 1, 29)),
    ):
        row: Row = {
            "base_code": code,
            "base_name": f"示例实训基地{code[2:]}",
            "station_code": station,
            "places": places,
            "opened_on": iso(opened),
            "closed_on": None,
        }
        yield from told("practice_bases", row, opened, *ended("closed_on", closed, "登记停用日期"))


def _session(scene: Scene, session: Session, nth: int, rng: Random) -> Iterator[Entry]:
    """Announced at the end of the month before, at the latest when it begins."""
    audience = nth % len(_AUDIENCES) + 1
    at_base = session.starts >= date(2018, 6, 1) and nth % 3 == 0
    row: Row = {
        "session_no": session.number,
        "session_name": f"示例培训班{nth:03d}",
        "plan_no": f"JH{session.starts:%Y}-{audience}",
        "practice_base_code": "SX01" if at_base else None,
        "topic": session.topic,
        "starts_on": iso(session.starts),
        "ends_on": iso(session.ends),
        "places": (session.came or 24) + rng.randrange(0, 9),
        "organiser": ("示例商务部门", "示例培训学校", "示例电商企业")[nth % 3],
        "village_code": None if at_base or nth % 4 == 1 else rng.choice(scene.villages).code,
    }
    known = min(session.starts, WORKING_DAY) if session.came == 0 else session.starts
    yield from told("training_sessions", row, known)


def _came(session: Session, everyone: Sequence[Person], told_of: Counter[str], rng: Random) -> list[Person]:
    """First some who must be trained and have not been, then anybody; people come again."""
    there = [one for one in everyone if one.trained and one.there_on(session.starts)]
    new = [one for one in there if one.kind in STAFF and not told_of[one.number]]
    first = new[: min(6, session.came // 2)]
    others = [one for one in there if one not in first]
    return [*first, *rng.sample(others, min(len(others), session.came - len(first)))]


def _followups(households: Sequence[Person], first_time: dict[str, date], rng: Random) -> Iterator[Entry]:
    """Of the trained households about half are visited or called, some several times."""
    number = 0
    for nth, person in enumerate(households):
        trained = first_time.get(person.number)
        if trained is None or (nth and rng.random() > _FOLLOWED):
            continue
        day = trained
        for _ in range(rng.choice((1, 1, 2, 3))):
            day = office_day(day + timedelta(days=rng.randrange(30, 120)))
            if day > WORKING_DAY:
                break
            number += 1
            row: Row = {
                "followup_no": f"GZ{number:04d}",
                "participant_no": person.number,
                "visited_on": iso(day),
                "way": _WAYS[number % len(_WAYS)],
                "outcome": _OUTCOMES[number % len(_OUTCOMES)],
                "note": "示例：需要包装指导" if number % 9 == 0 else None,
            }
            yield from told("followups", row, day)
