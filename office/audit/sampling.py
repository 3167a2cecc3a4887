"""A sample of recorded decisions: what it is drawn from, drawn once and kept, drawn again to check.

draw(writer, Wish(...), doer=…)      in a transaction of its own on the office's day
draw_in(db, …, at=, day=)            inside the caller's
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime

from data import settings
from data.canonical import Cell, instant_text, json_text
from data.casework.ledger import next_id, record
from data.chain import head
from data.rulekeeping.populations import (
    RESTS,
    Frame,
    Member,
    benefits_and_verdicts,
    counted,
    last_decision,
    members,
    townships_named,
)
from data.rulekeeping.samples import Sample, sample_numbered, samples_of_year
from data.store import Database, Writer
from office.answering import while_all_stands
from office.audit.drawing import STRATA, drawn, new_seed, numbers_text, population_digest
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import day_from, now
from office.refusal import refuse
from office.signing import kept_text
from rules.program import Words

LARGEST, LONGEST_SEED = 1000, 60
FRAME_KEPT = tuple(field.name for field in fields(Frame))
RESTS_WORDS: Mapping[str, Words] = {
    "acted": Words("有处理依据它", "an act rests on it"),
    "overridden": Words("有与规则不同的处理依据它", "an act against the rules rests on it"),
    "followed": Words("有处理依据它，都按规则", "acts rest on it, all along the rules"),
}
STRATA_WORDS: Mapping[str, Words] = {
    "": Words("不分层", "no strata"),
    "township": Words("每个乡镇各抽", "from each township"),
    "verdict": Words("每种判定各抽", "of each verdict"),
}


@dataclass(frozen=True)
class Wish:
    """What is asked for. `frame` says from which decisions; `size` per stratum where there are strata; no seed: made."""

    frame: Frame = Frame()
    size: int = 20
    strata: str = ""
    seed: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Population:
    """What a sample would be drawn from: how many decisions in each stratum, and in all; never which."""

    strata: Mapping[str, int]

    @property
    def size(self) -> int:
        """How many decisions there are to draw from."""
        return sum(self.strata.values())


def frame_now(db: Database, frame: Frame, at: datetime) -> Frame:
    """The frame closed with everything recorded so far; in a sample it never takes in anything later."""
    return replace(frame, known_at=max(instant_text(at), head(db).at), last=last_decision(db))


def population(db: Database, frame: Frame, strata: str = "") -> Population:
    """What would be drawn from now. Raises Refused for what cannot be asked."""
    _must_be_askable(db, frame, strata)
    asked = (replace(frame, known_at="", last=last_decision(db)), strata)  # counted once while all stands
    return while_all_stands(
        "population", db, asked, lambda: Population(counted(db, frame_now(db, frame, now()), strata))
    )


def there_are(db: Database) -> tuple[list[str], list[str]]:
    """The benefits and the verdicts that occur among the recorded decisions."""
    return while_all_stands("decided", db, last_decision(db), lambda: benefits_and_verdicts(db))


def draw(writer: Writer, wish: Wish, *, doer: Doer) -> Sample:
    """Draw a sample on the office's day and keep it. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return draw_in(db, wish, doer=doer, at=at, day=settings.day_of_entry(db, at))


def draw_in(db: Database, wish: Wish, *, doer: Doer, at: datetime, day: date) -> Sample:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "audit")
    if not 1 <= wish.size <= LARGEST:
        raise refuse(f"抽样数须在 1 到 {LARGEST} 之间", f"a sample has 1 to {LARGEST} decisions")
    seed = kept_text(wish.seed, Words("种子", "the seed"), LONGEST_SEED) if wish.seed.strip() else new_seed()
    remark = kept_text(wish.remark, Words("备注", "the remark")) if wish.remark.strip() else None
    frame = frame_now(db, wish.frame, at)
    _must_be_askable(db, frame, wish.strata)
    found = list(members(db, frame, townships=wish.strata == "township"))
    if not found:
        raise refuse(
            "按这些条件没有存档的判定，没有抽样。请放宽条件，或先在“资格清单”判定并存档",
            "no recorded decision fits; nothing was drawn. Ask for less, or record decisions first",
        )
    numbers = drawn(seed, found, wish.size, wish.strata)
    row: dict[str, Cell] = {
        "id": next_id(db, "audit_samples"),
        "number": _next_number(db, day),
        "seed": seed,
        "size": wish.size,
        "population": len(found),
        "population_digest": population_digest(one.id for one in found),
        "asked": json_text({**asdict(frame), "strata": wish.strata}),
        "drawn": json_text(numbers),
        "done_on": day.isoformat(),
        "remark": remark,
    }
    record(db, "audit_sample", {"audit_samples": [row]}, at=at, by=by)
    return the_sample(db, str(row["number"]))


def the_sample(db: Database, number: str) -> Sample:
    """One sample by its number, however it is written: 抽样〔2021〕1号 or 2021-1. Raises Refused."""
    year, _, serial = number.strip().partition("-")
    found = sample_numbered(db, number.strip()) or sample_numbered(db, f"抽样〔{year}〕{serial}号")
    if found is None:
        raise refuse(f"没有编号为“{number}”的抽样", f'there is no sample "{number}"')
    return found


def frame_of(sample: Sample) -> Frame:
    """What a sample was drawn from."""
    return Frame(**{name: sample.asked[name] for name in FRAME_KEPT})


def drawn_again(db: Database, sample: Sample) -> tuple[bool, bool]:
    """Draw it again from what was recorded by then: whether the population, and whether the drawn are the same."""
    strata, found = str(sample.asked["strata"]), _members_of(db, sample)
    same = population_digest(one.id for one in found) == sample.population_digest
    return same, drawn(sample.seed, found, sample.size, strata) == list(sample.drawn)


def population_text(db: Database, sample: Sample) -> str:
    """The numbers that a sample was drawn from, ascending, one a line: the text whose SHA-256 is the digest."""
    return numbers_text(one.id for one in _members_of(db, sample))


def _members_of(db: Database, sample: Sample) -> list[Member]:
    return list(members(db, frame_of(sample), townships=sample.asked["strata"] == "township"))


def _must_be_askable(db: Database, frame: Frame, strata: str) -> None:
    """Raises Refused for what no decision could be."""
    if strata and strata not in STRATA:
        raise _not_among(strata, STRATA)
    if frame.rests and frame.rests not in RESTS:
        raise _not_among(frame.rests, RESTS)
    days = [day_from(text) for text in (frame.since, frame.until) if text]
    if len(days) > 1 and days[0] > days[1]:
        raise refuse("期间的末日早于首日", "the period ends before it begins")
    benefits, verdicts = there_are(db)
    for asked, known in (
        (frame.benefit, benefits),
        (frame.verdict, verdicts),
        (frame.township, list(townships_named(db))),
    ):
        if asked and asked not in known:
            raise _not_among(asked, known)


def _not_among(asked: str, known: tuple[str, ...] | list[str]) -> Exception:
    return refuse(
        f"没有“{asked}”；可用的有：{'、'.join(known) or '（还没有）'}",
        f'there is no "{asked}"; there are: {", ".join(known) or "(none yet)"}',
    )


def _next_number(db: Database, day: date) -> str:
    prefix = f"抽样〔{day.year}〕"
    return f"{prefix}{samples_of_year(db, prefix) + 1}号"
