"""What was recorded about other records, looked at again: samples drawn anew, published texts, earlier re-checks' heads."""

from __future__ import annotations

from collections.abc import Iterator

from data.casework.settlements import settlements
from data.chain import Difference
from data.rulekeeping.publications import Publication, publications
from data.rulekeeping.rechecks import entry_hash_at, rechecks
from data.rulekeeping.samples import Sample, samples
from data.store import Database
from office.audit.sampling import drawn_again
from office.casework.doers import same_person
from office.rechecking.cases import BROKEN, CANNOT, words_of
from office.rechecking.differing import whole
from office.rechecking.kept_programs import KeptPrograms


def said_again(db: Database) -> Iterator[Difference]:
    """What does not hold, table by table in the order of recording."""
    yield from _published(db)
    for settled in reversed(settlements(db)):
        for kind, step in settled.steps.items():
            if kind != "discard" and same_person(db, settled.recorded_by, step.recorded_by):
                yield _same_person(f"settlements {settled.id}", settled.recorded_by, step.recorded_by)
    for sample in reversed(samples(db)):
        yield from _sample(db, sample)
    for one in reversed(rechecks(db)):
        if entry_hash_at(db, one.head_seq) != one.head_hash:
            yield whole(
                f"rechecks {one.id}",
                f"那次复核时第 {one.head_seq} 条的散列是 {one.head_hash}，与现在的记录链不同：那一条或它之前的记录后来被改写过。",
                f"At that re-check entry {one.head_seq} had the hash {one.head_hash}; the chain has another now:"
                " it, or something before it, was rewritten since.",
            )


def _published(db: Database) -> Iterator[Difference]:
    """Each text is of its own programme and can be used; each proposal began from the text published last by then."""
    programs, every = KeptPrograms(db), publications(db)
    for one in reversed(every):
        place = f"publications {one.id}"
        try:
            programs.of(one.digest, one.program)
        except (*CANNOT, *BROKEN) as why:
            words = words_of(why)
            zh, en = "公布的规则文本不能用", "its text cannot be used"
            yield whole(place, f"{zh}：{words.zh}", f"{en}: {words.en}")
        if one.step and one.step.kind == "publish" and same_person(db, one.recorded_by, one.step.recorded_by):
            yield _same_person(place, one.recorded_by, one.step.recorded_by)
        before = _newest_before(every, one)
        if one.kind == "proposal" and before is not None and one.based_on != before.digest:
            yield whole(
                place,
                f"提出时以 {one.based_on} 为准，当时最后公布的是 {before.digest}。",
                f"It was proposed on the text {one.based_on}, while {before.digest} was the one published last.",
            )


def _same_person(place: str, first: str, second: str) -> Difference:
    return whole(
        place,
        f"“{second}”与起草、提出的“{first}”是同一人。",
        f'"{second}" is the person who drafted or proposed it as "{first}".',
    )


def _newest_before(every: tuple[Publication, ...], one: Publication) -> Publication | None:
    """What of the same programme had been published last when something was proposed."""
    of_program = [other for other in every if other.program == one.program]
    published = [
        (other.step.recorded_at, other)
        for other in of_program
        if other.step and other.step.kind == "publish" and other.step.recorded_at < one.recorded_at
    ]
    if published:
        return max(published, key=lambda found: found[0])[1]
    return next((other for other in of_program if other.kind == "baseline"), None)


def _sample(db: Database, sample: Sample) -> Iterator[Difference]:
    place = f"audit_samples {sample.id}"
    try:
        population, drawn = drawn_again(db, sample)
    except (*CANNOT, *BROKEN) as why:
        words = words_of(why)
        yield whole(place, f"不能重抽：{words.zh}", f"It cannot be drawn again: {words.en}")
        return
    if not population:
        zh, en = "按留存的条件重取，总体不是当时的总体。", "Asked for again, its population is another one."
        yield whole(place, zh, en)
    elif not drawn:
        zh, en = "按留存的种子重抽，抽到的不同。", "Drawn again with its seed, other decisions come out."
        yield whole(place, zh, en)
