"""A county that does not exist, entered month by month as an office would have entered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count, groupby

from data.seed.calendar import SET_UP, STORES_SET_UP, WORKING_DAY, instant
from data.seed.county import County, county
from data.seed.families import Good, Household
from data.seed.produce import BY_CODE, PRODUCTS
from data.seed.registers import further_entries
from data.seed.sample import Row, Sample
from data.seed.shipping import claims
from data.seed.stores import ITEMS, storage_places
from data.seed.townships import townships

CLERK = "示例录入员"
REVIEWER = "示例审核员"

_ORDER = (
    *("townships", "villages", "households", "products", "goods", "inspections"),
    *("storage_places", "packaging_items", "shipments"),
    *("bodies", "officers", "assignments", "supervisions", "poor_village_periods"),
    *("stations", "station_households", "station_returns"),
    *("suppliers", "standards", "certifications", "production_bases", "catalogue_entries"),
    *("trace_batches", "trace_movements", "village_networks", "broadband_counts"),
    *("couriers", "outlets", "outlet_villages", "cold_stores", "outlet_rewards"),
    *("training_plans", "practice_bases", "training_sessions", "participants", "attendances"),
    *("village_leaders", "followups", "channels", "listings", "counters", "purchases", "promotions"),
    *("shops", "pairings", "shop_sales", "household_loans", "enterprise_loans"),
    *("household_interest", "enterprise_interest", "finance_agents", "demonstration_villages"),
    *("jobs", "publicity_items", "payouts", "funds"),
)


@dataclass(frozen=True)
class Batch:
    """What was entered at one moment into one register; `reason` only for corrections."""

    at: datetime  # UTC
    by: str
    register: str
    rows: list[Row]
    reason: str | None = None


Entries = dict[tuple[date, str, str | None], list[Row]]  # day, register, reason -> rows


def demonstration(households: int = 2000, seed: int = 20210930) -> Iterator[Batch]:
    """The batches in the order of their recording; the same for the same households and seed.

    About forty households show every case; fewer show some of them. Raises ValueError below one.
    """
    return batches_of(county(households, seed))


def batches_of(invented: County) -> Iterator[Batch]:
    """Everything that is entered about a county into its registers, in the order of recording."""
    entries: Entries = defaultdict(list)
    entries[SET_UP, "townships", None] = [dict(row) for row in townships()]
    entries[SET_UP, "villages", None] = invented.villages
    entries[SET_UP, "products", None] = [product.row() for product in PRODUCTS]
    entries[STORES_SET_UP, "storage_places", None] = storage_places()
    entries[STORES_SET_UP, "packaging_items", None] = [item.row() for item in ITEMS]
    _enter_households(entries, {good.household.number: good.household for good in invented.goods}.values())
    for good in invented.goods:
        _enter_good(entries, good)
    numbers = _numbers(invented.samples)
    _enter_samples(entries, invented.samples, numbers)
    claimed = list(claims(invented))
    for day, reason, row in claimed:
        entries[day, "shipments", reason].append(row)
    first = [(day, row) for day, reason, row in claimed if reason is None]
    for entry in further_entries(invented, first, numbers):
        entries[entry.known, entry.register, entry.reason].append(entry.row)
    yield from _batches(entries)


def _enter_households(entries: Entries, households: Iterable[Household]) -> None:
    for household in households:
        entries[household.entered, "households", None].append(household.row())
        if household.left and household.left_known:
            left = household.row(left=household.left)
            entries[household.left_known, "households", "户已申请退出，登记退出日期"].append(left)


def _enter_good(entries: Entries, good: Good) -> None:
    found_out = good.story.fit_found if good.story else None
    entries[good.entered, "goods", None].append(good.row(fit=None if found_out else good.fit))
    if found_out:
        entries[found_out, "goods", "补填是否符合网销"].append(good.row(fit=good.fit))


def _numbers(samples: Sequence[tuple[Sample, date]]) -> dict[Sample, str]:
    """The samples' numbers, by the month of sampling."""
    numbers: dict[Sample, str] = {}
    serial: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for sample, _ in sorted(samples, key=lambda pair: pair[0].sampled):
        month = f"{sample.sampled:%Y%m}"
        numbers[sample] = f"S{month}{next(serial[month]):04d}"
    return numbers


def _enter_samples(
    entries: Entries, samples: Sequence[tuple[Sample, date]], numbers: dict[Sample, str]
) -> None:
    """Enter the samples; what was mistyped twice."""
    for sample, entered in samples:
        first = sample.mistyped if sample.corrected and sample.corrected <= WORKING_DAY else None
        row = _inspection(sample, numbers, first or sample.conclusion)
        entries[entered, "inspections", None].append(row)
        if first and sample.corrected:
            row = _inspection(sample, numbers, sample.conclusion)
            entries[max(sample.corrected, entered), "inspections", "结论录入错误，按检验报告更正"].append(row)


def _inspection(sample: Sample, numbers: dict[Sample, str], conclusion: str) -> Row:
    """A row of the register. Figures stay words: no local measurement is invented."""
    rapid = sample.method == "rapid"
    product = BY_CODE[sample.product_code]
    found = {"pass": "未检出", "fail": "超出限量", "pending": "可疑"}.get(conclusion)  # nosec B105 # results of tests
    again = sample.original is not None
    return {
        "sample_no": numbers[sample],
        "household_no": sample.household_no,
        "product_code": sample.product_code,
        "sampling_date": sample.sampled.isoformat(),
        "result_date": sample.result.isoformat(),
        "method": sample.method,
        "item": "有机磷和氨基甲酸酯类农药" if rapid else product.residues,
        "measured": found,
        "limit_value": "按国家标准" if found else None,
        "conclusion": conclusion,
        "reinspection_of": numbers[sample.original] if sample.original else None,
        "agency": "示例复检机构" if again else "示例速测点" if rapid else "示例检验中心",
    }


def _batches(entries: Entries) -> Iterator[Batch]:
    """In the order of the days; on one day parents first, corrections after what is new."""
    keys = sorted(entries, key=lambda key: (key[0], key[2] is not None, _ORDER.index(key[1])))
    for day, of_the_day in groupby(keys, key=lambda key: key[0]):
        for minute, key in enumerate(of_the_day):
            _, register, reason = key
            by = REVIEWER if reason else CLERK
            yield Batch(instant(day, minute), by, register, entries[key], reason)
