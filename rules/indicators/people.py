"""People trained: attendances and the persons behind them, managers and practitioners (clause 三(五))."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rules.county_rows import FAR, NONE, PARTICIPANTS, CountyRows
from rules.day_numbers import months_of
from rules.history import Bools, Ints
from rules.indicators.parts import Level, parts_of, places_of
from rules.indicators.stocks import Spans, Stock
from rules.target import Counted, Months, Target, day_number

STAFF = tuple(PARTICIPANTS.index(kind) for kind in ("manager", "practitioner"))


def count_attendances(rows: CountyRows, day: int, target: Target, township: int | None = None) -> Counted:
    """人次: attendances of sessions that ended from the first day on and by the day; `beside` the distinct persons.

    Each counts where its participant is at home.
    """
    attendances, home = rows.attendances, _home(rows)
    if not attendances.entity.size:
        return Counted(None)
    kept = _trained(rows, day, target)
    if township is not None:
        kept &= home[attendances.participant] == township
    person = attendances.participant[kept]
    times = np.bincount(person, minlength=home.size)
    by_township, by_village = parts_of(rows, home, rows.participants.village, times, None, times > 0)
    counted = {
        "attendances": attendances.entity[kept],
        "participants": rows.participants.entity[times > 0],
    }
    beside = {"persons": int((times > 0).sum())}
    return Counted(int(person.size), None, by_township, by_village, counted, beside=beside)


def months_of_attendances(
    rows: CountyRows, day: int, target: Target, level: Level | None = None
) -> Mapping[str, Months]:
    """Person-times of each month; a month without a session has none."""
    attendances = rows.attendances
    kept = _trained(rows, day, target)
    if not kept.any():
        return {}
    month = months_of(rows.sessions.ends)[attendances.session[kept]]
    first = int(month.min())
    wide = int(months_of(np.array([day]))[0]) - first + 1
    person = attendances.participant[kept]
    if level is None:
        return {"": Months(first, tuple(np.bincount(month - first, minlength=wide).tolist()))}
    home, village = _home(rows)[person], rows.participants.village[person]
    return {
        code: Months(first, tuple(np.bincount(month[here] - first, minlength=wide).tolist()))
        for code, here in places_of(rows, home, village, level).items()
    }


def _trained(rows: CountyRows, day: int, target: Target) -> Bools:
    begin = day_number(target.counted_from.day) if target.counted_from else -FAR
    ends = rows.sessions.ends
    found: Bools = ((begin <= ends) & (ends <= day))[rows.attendances.session]
    return found


def _home(rows: CountyRows) -> Ints:
    """The township where each participant is at home."""
    village = rows.participants.village
    at: Ints = np.append(rows.villages.township, NONE)[village]
    return at


def staff_trained(rows: CountyRows, day: int, target: Target) -> Stock:
    """Managers and practitioners in post, and which of them attended at least once."""
    people, attendances = rows.participants, rows.attendances
    asked = np.isin(people.kind, STAFF)
    ours = asked[attendances.participant]
    ends = rows.sessions.ends[attendances.session[ours]]
    spans = Spans(
        "attendances",
        attendances.entity[ours],
        attendances.participant[ours],
        ends,
        np.full(ends.size, FAR, dtype=np.int64),
    )
    return Stock(
        "participants",
        people.entity,
        _home(rows),
        people.village,
        np.where(asked, people.since, FAR),
        people.until,
        (spans,),
        not (people.entity.size and attendances.entity.size),
    )
