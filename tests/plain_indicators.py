"""The indicators told again, slowly and one row at a time, out of the definitions in words: what the real ones are compared with.

Rows are dicts of the registers' own fields, as known at an instant. Nothing here is shared with rules/indicators/.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from data.seed.townships import OTHER_UNITS

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Place = str  # a township's code, "" for none


@dataclass
class Plain:
    """A figure with its parts; `value` None: no data."""

    value: int | None
    of: int | None = None
    townships: dict[Place, list[int]] = field(default_factory=dict)
    beside: dict[str, int] = field(default_factory=dict)


def parsed(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def holds(row: Row, begin: str, finish: str, on: date) -> bool:
    """begin ≤ D < finish; a blank beginning never came, a blank end never will."""
    start, end = parsed(row[begin]), parsed(row[finish]) if finish else None
    return start is not None and start <= on and (end is None or on < end)


def last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def open_in(row: Row, month: str) -> bool:
    """opened_on ≤ the month's last day, and not closed, or closed after its first."""
    closed = parsed(row["closed_on"])
    first = date.fromisoformat(f"{month}-01")
    opened = parsed(row["opened_on"])
    return opened is not None and opened <= last_day(month) and (closed is None or closed > first)


class PlainCounty:
    """The rows with what everything asks of them. `day`: monthly figures that were reported later are not there."""

    def __init__(self, rows: Rows, day: date) -> None:
        self.rows = {
            **rows,
            **{
                name: [row for row in rows[name] if parsed(row["reported_on"]) <= day]  # type: ignore[operator]
                for name in ("station_returns", "shop_sales")
            },
        }
        self.day = day
        self.township_of = {row["village_code"]: row["township_code"] for row in rows["villages"]}
        self.home = {row["household_no"]: row["village_code"] for row in rows["households"]}

    def poor(self, on: date) -> set[str]:
        periods = defaultdict(list)
        for row in self.rows["poor_village_periods"]:
            periods[row["village_code"]].append(row)
        found = set()
        for row in self.rows["villages"]:
            own = periods[row["village_code"]]
            listed = any(holds(period, "listed_on", "left_on", on) for period in own)
            if listed or (not own and row["poor_village"] == 1):
                found.add(row["village_code"])
        return found

    def village(self, row: Row) -> str | None:
        """A shop's or person's village: their own, or their household's."""
        own: str | None = row["village_code"]
        return own or self.home.get(row["household_no"])

    def township(self, village: str | None, own: str | None = None) -> Place:
        return self.township_of[village] if village else own or ""


def share(units: Iterable[tuple[Any, Place]], counts: Callable[[Any], bool]) -> Plain:
    found = Plain(0, 0)
    for unit, place in units:
        part = found.townships.setdefault(place, [0, 0])
        part[1] += 1
        part[0] += counts(unit)
    found.value = sum(part[0] for part in found.townships.values())
    found.of = sum(part[1] for part in found.townships.values())
    return found if found.of else Plain(None, 0)


def in_villages(county: PlainCounty, chosen: Iterable[str], counts: Callable[[str], bool]) -> Plain:
    return share([(code, county.township_of[code]) for code in chosen], counts)


def broadband_villages(county: PlainCounty, chosen: Iterable[str], on: date) -> Plain:
    networks = {row["village_code"]: row for row in county.rows["village_networks"]}

    def connected(code: str) -> bool:
        row = networks.get(code)
        days = [parsed(row["fixed_on"]), parsed(row["mobile_on"])] if row else [None]
        return all(day is not None and day <= on for day in days)

    return in_villages(county, chosen, connected) if networks else Plain(None)


def stations_in(county: PlainCounty, chosen: Iterable[str], on: date) -> Plain:
    open_now = {
        row["village_code"] for row in county.rows["stations"] if holds(row, "opened_on", "closed_on", on)
    }
    return (
        in_villages(county, chosen, lambda code: code in open_now) if county.rows["stations"] else Plain(None)
    )


def using(county: PlainCounty, chosen: Iterable[str], on: date, months: int) -> Plain:
    window = set()
    year, month = on.year, on.month
    for _ in range(months):
        window.add(f"{year}-{month:02d}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    stations = {row["station_code"]: row for row in county.rows["stations"]}
    shops = {row["shop_code"]: row for row in county.rows["shops"]}
    used = set()
    for row in county.rows["station_returns"]:
        station = stations[row["station_code"]]
        ok = row["month"] in window and row["sold"] > 0 and open_in(station, row["month"])
        if ok and station["level"] == "village" and holds(station, "opened_on", "closed_on", on):
            used.add(station["village_code"])
    for row in county.rows["shop_sales"]:
        shop = shops[row["shop_code"]]
        if row["month"] in window and row["paid"] > row["refunded"] and open_in(shop, row["month"]):
            used.add(county.village(shop))
    if not (county.rows["station_returns"] or county.rows["shop_sales"]):
        return Plain(None)
    return in_villages(county, chosen, lambda code: code in used)


def certificates(county: PlainCounty, begin: date, on: date) -> Plain:
    townships = {row["supplier_code"]: row["township_code"] or "" for row in county.rows["suppliers"]}
    if not county.rows["certifications"]:
        return Plain(None)
    found = Plain(0, None)
    for row in county.rows["certifications"]:
        issued = parsed(row["issued_on"])
        counts = row["kind"] in ("green", "organic", "geographical") and row["renewal_of"] is None
        if counts and issued and issued >= begin and holds(row, "issued_on", "withdrawn_on", on):
            found.townships.setdefault(townships[row["supplier_code"]], [0, 0])[0] += 1
    found.value = sum(part[0] for part in found.townships.values())
    return found


def station_logistics(county: PlainCounty, on: date) -> Plain:
    if not county.rows["stations"] or not county.rows["outlets"]:
        return Plain(None)
    outlets = [row for row in county.rows["outlets"] if holds(row, "opened_on", "closed_on", on)]

    def covered(station: Row) -> bool:
        return any(
            outlet["station_code"] == station["station_code"]
            or (outlet["village_code"] and outlet["village_code"] == station["village_code"])
            for outlet in outlets
        )

    stations = [row for row in county.rows["stations"] if holds(row, "opened_on", "closed_on", on)]
    places = [(row, county.township(row["village_code"], row["township_code"])) for row in stations]
    return share(places, lambda row: bool(covered(row)))


def village_logistics(county: PlainCounty, on: date) -> Plain:
    if not county.rows["outlets"]:
        return Plain(None)
    outlets = {
        row["outlet_code"]: row for row in county.rows["outlets"] if holds(row, "opened_on", "closed_on", on)
    }
    reached = {row["village_code"] for row in outlets.values()}
    for row in county.rows["outlet_villages"]:
        if row["outlet_code"] in outlets and holds(row, "since", "until", on):
            reached.add(row["village_code"])
    return in_villages(county, county.township_of, lambda code: code in reached)


def trained(county: PlainCounty, begin: date, on: date) -> Plain:
    if not county.rows["attendances"]:
        return Plain(None)
    ends = {row["session_no"]: parsed(row["ends_on"]) for row in county.rows["training_sessions"]}
    people = {row["participant_no"]: row for row in county.rows["participants"]}
    found, persons = Plain(0, None), set()
    for row in county.rows["attendances"]:
        ended = ends[row["session_no"]]
        if ended is not None and begin <= ended <= on:
            home = county.township(county.village(people[row["participant_no"]]))
            found.townships.setdefault(home, [0, 0])[0] += 1
            persons.add(row["participant_no"])
    found.value = sum(part[0] for part in found.townships.values())
    found.beside["persons"] = len(persons)
    return found


def leaders(county: PlainCounty, chosen: Iterable[str], on: date) -> Plain:
    led = {
        row["village_code"] for row in county.rows["village_leaders"] if holds(row, "named_on", "until", on)
    }
    found = in_villages(county, chosen, lambda code: code in led)
    return found if county.rows["village_leaders"] else Plain(None)


def staff(county: PlainCounty, on: date) -> Plain:
    ends = {row["session_no"]: parsed(row["ends_on"]) for row in county.rows["training_sessions"]}
    came = {
        row["participant_no"]
        for row in county.rows["attendances"]
        if (ends[row["session_no"]] or date.max) <= on
    }
    people = [
        row
        for row in county.rows["participants"]
        if row["kind"] in ("manager", "practitioner") and holds(row, "since", "until", on)
    ]
    if not county.rows["attendances"]:
        return Plain(None)
    places = [(row, county.township(county.village(row))) for row in people]
    return share(places, lambda row: row["participant_no"] in came)


def demonstrations(county: PlainCounty, on: date) -> Plain:
    if not county.rows["demonstration_villages"]:
        return Plain(None)
    done = {
        county.township_of[row["village_code"]]
        for row in county.rows["demonstration_villages"]
        if holds(row, "established_on", "until", on)
    }
    nine = [row["township_code"] for row in county.rows["townships"] if row["township_code"] != OTHER_UNITS]
    return share([(code, code) for code in nine], lambda code: code in done)


def penetration(county: PlainCounty, on: date) -> Plain:
    nine = {row["township_code"] for row in county.rows["townships"] if row["township_code"] != OTHER_UNITS}
    months: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in county.rows["broadband_counts"]:
        if row["month"] <= f"{on.year}-{on.month:02d}":
            months[row["month"]][row["township_code"]] = row
    complete = [month for month, there in months.items() if nine <= set(there)]
    if not complete:
        return Plain(None)
    found = Plain(0, 0)
    for code, row in months[max(complete)].items():
        found.townships[code] = [row["subscriptions"], row["households"]]
    found.value = sum(part[0] for part in found.townships.values())
    found.of = sum(part[1] for part in found.townships.values())
    return found


def goods(county: PlainCounty, on: date, valid: int | None) -> Plain:
    counted: dict[tuple[str, str], list[date]] = defaultdict(list)
    again: dict[str, list[Row]] = defaultdict(list)
    anything = False
    for row in county.rows["inspections"]:
        if row["reinspection_of"]:
            again[row["reinspection_of"]].append(row)
    for row in county.rows["inspections"]:
        if row["reinspection_of"]:
            continue
        known = [one for one in again[row["sample_no"]] if parsed(one["result_date"]) <= on]  # type: ignore[operator]
        conclusive = row["conclusion"] in ("pass", "fail")
        anything = anything or conclusive or bool(again[row["sample_no"]])
        result = parsed(row["result_date"])
        if (conclusive and result is not None and result <= on) or known:
            sampled = parsed(row["sampling_date"])
            assert sampled is not None
            counted[row["household_no"], row["product_code"]].append(sampled)
    if valid is None or not anything:
        return Plain(None)
    homes = {row["household_no"]: row for row in county.rows["households"]}
    asked = [
        row
        for row in county.rows["goods"]
        if parsed(row["registered_on"]) <= on  # type: ignore[operator]
        and holds(homes[row["household_no"]], "registered_on", "left_on", on)
    ]

    def inspected(row: Row) -> bool:
        last = max(counted[row["household_no"], row["product_code"]], default=None)
        return last is not None and (on - last).days <= valid

    places = [(row, county.township(county.home[row["household_no"]])) for row in asked]
    return share(places, inspected)


# ---- growth ----


@dataclass(frozen=True)
class Reporter:
    """A station or shop with its figures by month."""

    row: Row
    place: Place
    figures: dict[str, int]

    def blank(self, month: str) -> bool:
        return open_in(self.row, month) and month not in self.figures


def reporters(county: PlainCounty, what: str, chosen: set[str] | None) -> list[Reporter]:
    """Those that an indicator looks at: `what` is all, sold or stations."""
    found = []
    for row in county.rows["stations"]:
        if what == "stations" and row["level"] != "village":
            continue
        if chosen is not None and row["village_code"] not in chosen:
            continue
        figures = {
            one["month"]: one["sold"] if what == "sold" else one["sold"] + one["bought"] + one["services"]
            for one in county.rows["station_returns"]
            if one["station_code"] == row["station_code"] and open_in(row, one["month"])
        }
        place = county.township(row["village_code"], row["township_code"])
        found.append(Reporter(row, place, figures))
    for row in county.rows["shops"] if what != "stations" else ():
        village = county.village(row)
        if row["station_code"] is not None or (chosen is not None and village not in chosen):
            continue
        figures = {
            one["month"]: one["paid"] - one["refunded"]
            for one in county.rows["shop_sales"]
            if one["shop_code"] == row["shop_code"] and open_in(row, one["month"])
        }
        found.append(Reporter(row, county.township(village), figures))
    today = f"{county.day.year}-{county.day.month:02d}"
    return [
        Reporter(one.row, one.place, {m: n for m, n in one.figures.items() if m <= today}) for one in found
    ]


def grown(them: list[Reporter], year: int, base: int, last: int) -> Plain:
    """A year up to its month `last` against the same months of another year."""
    found, months = Plain(0, 0), 0
    for number in range(1, last + 1):
        this, before = f"{year}-{number:02d}", f"{base}-{number:02d}"
        if not any(this in one.figures for one in them) or not any(before in one.figures for one in them):
            continue
        months += 1
        for one in them:
            if not one.blank(this) and not one.blank(before):
                part = found.townships.setdefault(one.place, [0, 0])
                part[0] += one.figures.get(this, 0)
                part[1] += one.figures.get(before, 0)
    if not months:
        return Plain(None)
    found.value = sum(part[0] for part in found.townships.values())
    found.of = sum(part[1] for part in found.townships.values())
    found.beside = {"year": year, "base_year": base, "months": months}
    return found


def growth(them: list[Reporter], on: date, base_year: int | None = None) -> Plain:
    """On a day: the year to date; in January and February the whole year before while there is no data of the new one."""

    def of(year: int, last: int) -> Plain:
        if base_year is not None and year <= base_year:
            return Plain(None)
        return grown(them, year, year - 1 if base_year is None else base_year, last)

    found = of(on.year, on.month)
    if found.value is None and on.month <= 2:
        return of(on.year - 1, 12)
    return found


def by_month(them: list[Reporter]) -> dict[str, int]:
    """The sum of every month that anybody reported."""
    found: dict[str, int] = {}
    for one in them:
        for month, amount in one.figures.items():
            found[month] = found.get(month, 0) + amount
    return found
