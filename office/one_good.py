"""One good as its page tells it: what it is called, its samples with their versions, its verdicts over time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.comparing import shown
from data.decisions import Run, decisions_about, run
from data.one_good import about_good, versions_about
from data.register import Column, register
from data.store import Database
from data.words import Words
from office.days import day_number, day_of
from office.explaining import Band, Explained, bands, explain, joined
from office.gathering import gather
from office.programs import in_force_since, texts_between
from rules.program import Program

Version = dict[str, Any]
COUNTED = ("pass", "fail")
STANDINGS = {
    "counted": Words("计入", "counted"),
    "replaced": Words("结论由复检 {by} 取代", "replaced by re-inspection {by}"),
    "speaks": Words("复检，取代 {by} 的结论", "re-inspection, speaks for {by}"),
    "outdone": Words("复检，另有更晚的复检 {by}", "re-inspection, a later one speaks: {by}"),
    "not_counted": Words("不计入（结论未定或不适用）", "not counted (no conclusion that counts)"),
    "not_yet": Words("当日尚无结果", "no result yet on the day"),
    "elsewhere": Words("已更正到 {by}", "corrected to belong to {by}"),
}


@dataclass(frozen=True)
class Sample:
    """One sample as known at K: every version of it, the last of which speaks.

    `standing` is one of STANDINGS on the day asked, `by` the sample or good that its words name.
    """

    versions: tuple[Version, ...]
    standing: str
    by: str = ""

    @property
    def row(self) -> Version:
        """The version that speaks."""
        return self.versions[-1]

    @property
    def words(self) -> Words:
        """What the sample is to the decision of the day."""
        said = STANDINGS[self.standing]
        return Words(said.zh.format(by=self.by), said.en.format(by=self.by))


@dataclass(frozen=True)
class Correction:
    """One correction of a sample: each column that changed with its old and new value in words."""

    sample_no: str
    at: str  # UTC text
    by: str
    reason: str
    changes: tuple[tuple[Column, Words, Words], ...]


@dataclass(frozen=True)
class Earlier:
    """A recorded run's decisions about the good; `differs` are the benefits that are answered otherwise now."""

    run: Run
    verdicts: Mapping[str, str]
    differs: frozenset[str]


@dataclass(frozen=True)
class Obstacle:
    """Why there is no decision to show, and the day or the "now" that would help."""

    words: Words
    day: date | None = None
    now: bool = False


@dataclass(frozen=True)
class Seen:
    """One good on one day, as known at one instant."""

    about: Mapping[str, Any]
    explained: Explained
    samples: tuple[Sample, ...]
    corrections: tuple[Correction, ...]


def obstacle(db: Database, subject: str, program: Program, day: date, known_at: str) -> Obstacle | None:
    """What stands in the way of deciding this good on this day with what was known then; None if nothing."""
    about = about_good(db, subject, known_at)
    if about is None and about_good(db, subject) is None:
        return Obstacle(
            Words(
                f"没有登记过农产品“{subject}”。写法是 户编号/产品编码，例如 H0001/P01。",
                f"No good “{subject}” is registered. Write household/product, for example H0001/P01.",
            )
        )
    if about is None:
        return Obstacle(
            Words(f"{subject} 到那一时刻还没有录入。", f"{subject} had not been recorded by then."), now=True
        )
    registered = date.fromisoformat(about["registered_on"])
    if day < registered:
        words = Words(f"{subject} 这一天还没有登记，不作判定。", f"{subject} was not registered on this day.")
        return Obstacle(words, day=max(registered, in_force_since(program)))
    first = in_force_since(program)
    if day < first:
        words = Words("这一天规则尚未施行，不作判定。", "The programme was not yet in force on this day.")
        return Obstacle(words, day=first)
    return None


def look_at(db: Database, subject: str, program: Program, day: date, known_at: str) -> Seen:
    """The good's slips, samples and corrections. Raises Refused where `obstacle` finds something."""
    explained = explain(db, subject, program, day, known_at)
    about = about_good(db, subject, known_at) or {}
    versions = versions_about(db, about["entity"], known_at)
    evidence = {row.id for slip in explained.slips for row in slip.evidence}
    return Seen(about, explained, samples_of(versions, evidence, subject, day), corrections_of(versions))


def verdict_bands(db: Database, subject: str, benefit: str, until: date, known_at: str) -> list[Band]:
    """The verdict over time up to a day, as known at an instant, each stretch under the text in force on it."""
    gathered = gather(db, until, known_at, subject)
    first = int(gathered.goods.registered[0])
    found: list[Band] = []
    for since, ends, program in texts_between(db, first, day_number(until), known_at=known_at):
        found += bands(gathered, program, benefit, day_of(ends), since)
    return joined(found)


def turning_days(found: Sequence[Band], day: date) -> tuple[date | None, date | None]:
    """The day before `day` and the one after it on which the verdict changed."""
    days = [band.since for band in found]
    return max((d for d in days if d < day), default=None), min((d for d in days if d > day), default=None)


def samples_of(
    versions: Mapping[int, Sequence[Version]], evidence: Collection[int], subject: str, day: date
) -> tuple[Sample, ...]:
    """Every sample with what it is to the decision, newest sampling first. `evidence` are ids of versions."""
    rows = [many[-1] for many in versions.values()]
    again = [row for row in rows if row["reinspection_of"] and row["id"] in evidence]
    # Of several re-inspections the one with the latest result, then sample number, speaks.
    last = {
        row["reinspection_of"]: row["sample_no"]
        for row in sorted(again, key=lambda row: (row["result_date"], row["sample_no"]))
    }
    found = [_sample(tuple(many), evidence, last, subject, day) for many in versions.values()]
    return tuple(sorted(found, key=lambda s: (s.row["sampling_date"], s.row["sample_no"]), reverse=True))


def _sample(
    versions: tuple[Version, ...], evidence: Collection[int], last: Mapping[str, str], subject: str, day: date
) -> Sample:
    row = versions[-1]
    number, original = row["sample_no"], row["reinspection_of"]
    good = f"{row['household_no']}/{row['product_code']}"
    if good != subject:
        return Sample(versions, "elsewhere", good)
    if row["result_date"] > day.isoformat():
        return Sample(versions, "not_yet")
    if row["id"] not in evidence:
        return Sample(versions, "not_counted")
    if original:
        speaks = last[original] == number
        return Sample(versions, "speaks" if speaks else "outdone", original if speaks else last[original])
    return Sample(versions, "replaced", last[number]) if number in last else Sample(versions, "counted")


def corrections_of(versions: Mapping[int, Sequence[Version]]) -> tuple[Correction, ...]:
    """Every correction ever made to these samples, the newest first."""
    found = [
        Correction(
            after["sample_no"],
            after["recorded_at"],
            after["recorded_by"],
            after["reason"],
            differences(before, after),
        )
        for many in versions.values()
        for before, after in zip(many, many[1:], strict=False)
    ]
    return tuple(sorted(found, key=lambda c: (c.at, c.sample_no), reverse=True))


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[tuple[Column, Words, Words], ...]:
    """The columns of an inspection that changed, each with its old and new value in words."""
    return tuple(
        (column, shown(column, before[column.name]), shown(column, after[column.name]))
        for column in register("inspections").columns
        if before[column.name] != after[column.name]
    )


def earlier_decisions(db: Database, subject: str, verdicts: Mapping[str, str]) -> tuple[Earlier, ...]:
    """What was recorded about the good, the latest run first, beside the `verdicts` of the day shown."""
    by_run: dict[int, dict[str, str]] = {}
    for decision in decisions_about(db, subject):
        by_run.setdefault(decision.run_id, {})[decision.benefit] = decision.verdict
    found = []
    for number, recorded in by_run.items():
        kept = run(db, number)
        if kept is not None:
            differs = frozenset(b for b, verdict in recorded.items() if verdicts.get(b, verdict) != verdict)
            found.append(Earlier(kept, recorded, differs))
    return tuple(found)


def standing_since(found: Sequence[Band], day: date) -> date | None:
    """Since when the verdict of a day has stood without a break."""
    return next((band.since for band in found if band.since <= day <= band.until), None)


def first_day(found: Sequence[Sample], about: Mapping[str, Any]) -> date:
    """Where the good's story begins: its first sample or its registration."""
    days = [date.fromisoformat(s.row["sampling_date"]) for s in found]
    return min([*days, date.fromisoformat(about["registered_on"])], default=day_of(0))
