"""Plain cases confirmed together: what the rules find eligible and nobody has anything against. Never taking away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from data import settings
from data.canonical import json_text, sha256_of
from data.casework.acts import STATES, Effective, effective_acts, goods_with_a_case
from data.casework.ledger import next_id, record
from data.decisions import decision_numbers
from data.followup import without_result
from data.names import read_names
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import day_number, must_be_today, now
from office.deciding import Answers
from office.recording import decided_at, record_in
from office.refusal import refuse
from rules.facts import WINDOW
from rules.history import Bools, Ints
from rules.program import Words

ELIGIBLE = "eligible"
BEFORE = ("none", "withheld")  # the states from which something can be granted
NO_DETAILS = json_text({})


@dataclass(frozen=True)
class PlainCase:
    """One good that can be granted without a further look. `seen` is the last act about it (0: none)."""

    subject: str
    township: str
    state: str  # "none" or "withheld"
    seen: int


@dataclass(frozen=True)
class LeftOut:
    """Goods left out for one reason, to be looked at one by one."""

    reason: Words
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class BulkPreview:
    """What a bulk confirmation would grant on a day. `digest` stands for exactly these cases under these rules."""

    benefit: str
    day: date
    township: str | None
    cases: tuple[PlainCase, ...]
    left_out: tuple[LeftOut, ...]
    by_township: Mapping[str, int]
    digest: str


@dataclass(frozen=True)
class BulkDone:
    """How many goods were granted, with which acts (first and last id)."""

    granted: int
    acts: tuple[int, int]
    words: Words


def bulk_preview(
    db: Database, benefit: str, day: date, *, township: str | None = None, answers: Answers | None = None
) -> BulkPreview:
    """The plain cases of a day: eligible, nothing in force or withheld, no sign of doubt.

    `township` (its name) leaves the others aside; `answers` are the day's where they are at hand.
    """
    found = answers if answers is not None else decided_at(db, day, now())
    _must_be_a_benefit(found, benefit)
    eligible = found.judged.verdicts[benefit] == found.program.better.index(ELIGIBLE)
    acts = effective_acts(db, benefit)
    last = acts.last(found.gathered.goods.entity)
    state = np.where(last >= 0, acts.state[last], 0) if acts.good.size else np.zeros_like(last)
    seen = np.where(last >= 0, acts.act[last], 0) if acts.good.size else np.zeros_like(last)
    open_to_it = eligible & np.isin(state, [STATES.index(name) for name in BEFORE])
    township_of = dict(read_names(db)[["subject", "township_name"]].itertuples(index=False, name=None))
    if township is not None:
        open_to_it &= np.array([township_of[subject] == township for subject in found.subjects], dtype=bool)
    doubts = list(_doubts(db, found, benefit, acts, last))
    doubtful = np.logical_or.reduce([mask for _, mask in doubts])
    cases = tuple(
        PlainCase(subject, township_of[subject], STATES[int(state[at])], int(seen[at]))
        for at in np.flatnonzero(open_to_it & ~doubtful).tolist()
        for subject in (str(found.subjects[at]),)
    )
    left_out = tuple(
        LeftOut(reason, tuple(found.subjects[mask & open_to_it].tolist()))
        for reason, mask in doubts
        if (mask & open_to_it).any()
    )
    by_township = dict(Counter(case.township for case in cases).most_common())
    return BulkPreview(
        benefit, day, township, cases, left_out, by_township, _digest(found, benefit, day, cases)
    )


def bulk_grant(
    writer: Writer,
    benefit: str,
    subjects: Collection[str] | None,
    *,
    doer: Doer,
    seen: str,
    township: str | None = None,
) -> BulkDone:
    """Grant plain cases of the preview whose digest is `seen`, in one transaction from the office's day on.

    `subjects` None: all of them. Refused where the preview would be another now, and for a good that is no plain case.
    """
    with writer.transaction() as db:
        at = now()
        day = settings.working_day(db, at)
        return bulk_grant_in(db, benefit, subjects, doer=doer, at=at, day=day, seen=seen, township=township)


def bulk_grant_in(
    db: Database,
    benefit: str,
    subjects: Collection[str] | None,
    *,
    doer: Doer,
    at: datetime,
    day: date,
    seen: str | None = None,
    township: str | None = None,
) -> BulkDone:
    """The same inside the caller's transaction; `seen` None: whatever the plain cases are then."""
    by = allowed(db, doer, "confirm")
    must_be_today(db, day, at)
    answers = decided_at(db, day, at)
    preview = bulk_preview(db, benefit, day, township=township, answers=answers)
    if seen is not None and seen != preview.digest:
        raise refuse(
            "预览以后情况有了变化（有新的登记或别人办理过），没有办理任何一项。请重新预览后再确认。",
            "Since the preview something was entered or done. Nothing was granted: look at the preview again.",
        )
    chosen = _chosen(preview, subjects)
    run = record_in(db, answers, by=by, at=at)
    first = next_id(db, "acts")
    decisions = decision_numbers(db, run, benefit)
    entity = dict(zip(answers.subjects.tolist(), answers.gathered.goods.entity.tolist(), strict=True))
    rows = [
        {
            "id": number,
            "good_entity": entity[case.subject],
            "subject": case.subject,
            "benefit": benefit,
            "kind": "grant",
            "done_on": day.isoformat(),
            "state": "granted",
            "effective_on": day.isoformat(),
            "overrides": 0,
            "decision_id": decisions[case.subject],
            "details": NO_DETAILS,
        }
        for number, case in enumerate(chosen, first)
    ]
    record(db, "act", {"acts": rows}, at=at, by=by)
    number, title = len(rows), answers.program.benefits[benefit].title
    words = Words(
        f"已给予“{title.zh}”{number} 个，自 {day} 起。", f'"{title.en}" granted to {number} goods from {day}.'
    )
    return BulkDone(number, (first, first + number - 1), words)


def _doubts(
    db: Database, answers: Answers, benefit: str, acts: Effective, last: Ints
) -> Iterator[tuple[Words, Bools]]:
    """What keeps an eligible good from being a plain case, each as a yes or no per good. `last`: place in `acts`."""
    day, goods = answers.gathered.as_of, answers.gathered.goods
    acted = last >= 0
    against, since = (acts.overrides[last], acts.since[last]) if acts.good.size else (acted, last)
    missing = without_result(db, day)
    yield (
        Words("有样品还没有结论", "a sample has no conclusion yet"),
        np.array([subject in missing for subject in answers.subjects], dtype=bool),
    )
    yield (
        Words("统计期内有过不合格", "it failed within the window"),
        _failed_since(answers, day_number(day - timedelta(days=answers.values.get(WINDOW, 0)))),
    )
    yield (Words("曾与规则建议不同地不予", "withheld against the rules before"), acted & against)
    yield (Words("另有处理以后才生效", "another act takes effect later"), acted & (since > day_number(day)))
    yield (
        Words("曾经拟取消或已取消", "taking it away was begun before"),
        np.isin(goods.entity, np.array(goods_with_a_case(db, benefit), dtype=np.int64)),
    )


def _failed_since(answers: Answers, day: int) -> Bools:
    """The goods with a counted failure sampled after a day (its number)."""
    events, samples = answers.gathered.standing.events, answers.gathered.samples
    failed: Ints = events.good[events.failed & (samples.sampled[events.sample] > day)]
    found = np.zeros(answers.subjects.size, dtype=bool)
    found[failed] = True
    return found


def _chosen(preview: BulkPreview, subjects: Collection[str] | None) -> Sequence[PlainCase]:
    wanted = {case.subject for case in preview.cases} if subjects is None else set(subjects)
    if strangers := sorted(wanted - {case.subject for case in preview.cases}):
        listed = "、".join(strangers[:5])
        raise refuse(
            f"不能一并办理：{listed}（不在预览之内）。没有办理任何一项。",
            f"Not a plain case: {', '.join(strangers[:5])}. Nothing was granted.",
        )
    if not wanted:
        raise refuse("没有可以一并办理的农产品", "there is nothing to confirm together")
    return [case for case in preview.cases if case.subject in wanted]


def _digest(answers: Answers, benefit: str, day: date, cases: Sequence[PlainCase]) -> str:
    kept = [[case.subject, case.seen] for case in cases]
    rules = [answers.program.digest, dict(answers.values)]
    return sha256_of(json_text([benefit, day.isoformat(), rules, kept]).encode())


def _must_be_a_benefit(answers: Answers, benefit: str) -> None:
    known = answers.program.benefits
    if benefit not in known:
        names = ", ".join(known)
        raise refuse(
            f"没有“{benefit}”这一项；可用的有：{names}", f'no benefit "{benefit}"; there are: {names}'
        )
