"""What the demonstration's office entered into the registers beside goods and inspections, four years of it.

Everything hangs on one `Scene`; each module tells one part of the county with chances of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from data.seed.county import County
from data.seed.registers.certifying import told_of_certificates
from data.seed.registers.lending import lending
from data.seed.registers.livelihoods import livelihoods
from data.seed.registers.networks import networks
from data.seed.registers.organisation import organisation
from data.seed.registers.outlets import outlets, told_of_outlets
from data.seed.registers.people import people, told_of_people
from data.seed.registers.returns import station_returns
from data.seed.registers.scene import Entry, Scene, ended, iso, told
from data.seed.registers.selling import purchases, selling
from data.seed.registers.shops import shops, told_of_shops
from data.seed.registers.stations import stations, told_of_stations
from data.seed.registers.supply import suppliers, told_of_supply
from data.seed.registers.tracing import tracing
from data.seed.registers.training import training
from data.seed.sample import Row, Sample

__all__ = ["Entry", "Scene", "further_entries"]


def further_entries(
    county: County, claims: Sequence[tuple[date, Row]], numbers: dict[Sample, str]
) -> Iterator[Entry]:
    """Every row of the further registers as it was entered; `claims` and `numbers` as the county's own rows have them."""
    scene = Scene(county, claims, numbers)
    yield from organisation(scene)
    for village in scene.villages:
        if village.listed:
            row: Row = {"village_code": village.code, "listed_on": iso(village.listed), "left_on": None}
            left = ended("left_on", village.left, "登记退出日期")
            yield from told("poor_village_periods", row, village.listed, *left)
    at_work = stations(scene)
    yield from told_of_stations(scene, at_work)
    yield from station_returns(scene, at_work)
    deliver = suppliers(scene)
    yield from told_of_supply(scene, deliver)
    yield from told_of_certificates(scene, deliver)
    yield from tracing(scene)
    yield from networks(scene)
    yield from told_of_outlets(scene, outlets(scene, at_work))
    everyone = people(scene)
    yield from told_of_people(everyone)
    yield from training(scene, everyone)
    yield from selling(scene, at_work, deliver)
    bought = list(purchases(scene, at_work, deliver))
    for purchase in bought:
        yield from told("purchases", purchase.row, purchase.known)
    online = shops(scene, at_work)
    yield from told_of_shops(scene, online, [(one.code, one.registered) for one in deliver if one.still])
    yield from lending(scene, deliver, online)
    yield from livelihoods(scene, at_work, everyone, bought)
