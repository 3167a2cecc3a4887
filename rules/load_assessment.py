"""rules/assessment.toml → frozen values, strict: every fault with its file, its key and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import cast, get_args

from rules.assessing import Item, Points
from rules.faults import Notes, ProgramFaults
from rules.load import parsed
from rules.parse_facts import CITATION, read_citation, read_parameter, read_values
from rules.place import Place
from rules.program import Parameter
from rules.standing_text import StandingText

ASSESSMENT = StandingText(Path(__file__).with_name("assessment.toml"))
PARAMETERS = ("station_return_day", "township_check_day", "odd_jump_times")
OWN = ("shop_sales", "households_led", "income_gained", "returns_in_time")


@dataclass(frozen=True)
class Assessment:
    """The whole file: periods of reporting, items, and the digest of its bytes."""

    parameters: Mapping[str, Parameter]
    items: Mapping[str, Item]
    digest: str

    def values_on(self, day: date) -> dict[str, int]:
        """The parameters in force on a day, those of the beginning before it (a bulletin may be of an earlier month)."""
        return {
            name: found.values[0].value if (value := found.value_on(day)) is None else value
            for name, found in self.parameters.items()
        }


def assessment() -> Assessment:
    """What stands in the file; read again when it has changed. Raises ProgramFaults with every fault."""
    return read_assessment(ASSESSMENT.read(), ASSESSMENT.file.name)


@lru_cache(maxsize=4)
def read_assessment(data: bytes, name: str) -> Assessment:
    """The assessment that stands in `data`; `name` is the file's name in messages."""
    notes = Notes(name)
    raw = parsed(data, notes)
    parameters: dict[str, Parameter] = {}
    items: dict[str, Item] = {}
    if raw is not None:
        top = Place(notes, "", raw).table(("parameters", "items"))
        places = top["parameters"].table(PARAMETERS)
        parameters = {key: read_parameter(key, place) for key, place in places.items() if place.there}
        items = {key: _item(key, place) for key, place in top["items"].entries().items()}
        _weights_add_up(items, top["items"])
    if notes.faults:
        raise ProgramFaults(tuple(notes.faults))
    return Assessment(parameters, items, sha256(data).hexdigest())


def _item(name: str, place: Place) -> Item:
    part = place.table(
        ("title", "text", "points", "unit", *CITATION, "weight", "full"), ("note", "target", "own")
    )
    if part["target"].there == part["own"].there:
        place.fault("应有 target 或 own 其中一个", "expected one of target and own")
    points = part["points"].one_of(get_args(Points))
    return Item(
        name=name,
        title=part["title"].words(),
        text=part["text"].words(),
        target=part["target"].text() if part["target"].there else "",
        own=(part["own"].one_of(OWN) or "") if part["own"].there else "",
        points=cast(Points, points or "count"),
        unit=part["unit"].text(),
        weight=read_values(part["weight"], 0, 100),
        full=read_values(part["full"], 1, None),
        citation=read_citation(part),
    )


def _weights_add_up(items: Mapping[str, Item], place: Place) -> None:
    """On every day from which a weight changes, all of them together are 100 points."""
    days = sorted({dated.since for item in items.values() for dated in item.weight})
    for day in days:
        whole = sum(item.weight_on(day) for item in items.values())
        if whole != 100:
            place.fault(
                "{} 起各项分值合计 {} 分，应为 100 分",
                "from {} the weights add up to {}, expected 100",
                day,
                whole,
            )
    for item in items.values():
        if item.weight and item.full and item.full[0].since > item.weight[0].since:
            place.child(item.name).fault(
                "满分值应不晚于分值 {} 起算",
                "the full mark must count from {} or earlier",
                item.weight[0].since,
            )
