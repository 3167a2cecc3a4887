"""考核: the nine townships' points of a period, looked at first, then issued once by a named person and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from data import settings
from data.canonical import Cell, json_text, sha256_of
from data.casework.ledger import next_id, record
from data.reporting.assessments import Assessed, Veto, in_force, last_of_period
from data.reporting.report_rows import townships
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.months import first_day, last_day, month_words
from office.paperwork.letterhead import letterhead
from office.paperwork.printing import numbered
from office.refusal import refuse
from office.reports.assessment_paper import paper_of
from office.reports.assessment_words import flat, scores_kept
from office.reports.bulletin import changed_since, known_by, last_ended, nothing_changed, optional_text
from office.reports.bulletin_data import is_township
from office.reports.differing import Difference, differences, kept
from office.reports.own_figures import Behind, figures_of
from office.reports.texts_kept import digests, keep_texts
from office.rulekeeping.said_of_readings import said_in_file
from rules.assessing import Item, TownshipScore, assess
from rules.load_assessment import Assessment, assessment
from rules.program import Words


@dataclass(frozen=True)
class Period:
    """From the first of January to a month's last day."""

    year: int
    until: str  # the last month, 2021-08

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return last_day(self.until)


@dataclass(frozen=True)
class Scored:
    """The townships' scores of a period as known at K, each with the figures and rows behind it."""

    period: Period
    known_at: str
    rules: Assessment
    names: Mapping[str, str]  # the nine, in the order of their codes
    behind: Mapping[str, Mapping[str, Behind]]  # item → township
    scores: Mapping[str, TownshipScore]
    vetoes: Mapping[str, Veto]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that count on the period's last day."""
        return tuple(item for item in self.rules.items.values() if item.weight_on(self.period.last))


@dataclass(frozen=True)
class Ready:
    """An assessment as it would be issued; `previous` is the edition before and `changes` what would differ from it."""

    scored: Scored
    remark: str
    previous: Assessed | None
    changes: tuple[Difference, ...]

    @property
    def edition(self) -> int:
        """1, or the one after the last."""
        return self.previous.edition + 1 if self.previous else 1

    @property
    def digest(self) -> str:
        """Stands for the scores that somebody looked at."""
        return sha256_of(json_text(flat(self.scored, "")).encode())


def period_until(month: str, day: date) -> Period:
    """The year up to a month. Raises Refused for a month that has not ended by the day."""
    if month > last_ended(day):
        words = month_words(month)
        raise refuse(f"{words.zh}还没有结束，不能考核。", f"{words.en} has not ended: it cannot be assessed.")
    return Period(first_day(month).year, month)


def score(db: Database, period: Period, known_at: str) -> Scored:
    """The scores of a period. Raises Refused where no item had a weight then, or no township is registered."""
    rules = assessment()
    items = [item for item in rules.items.values() if item.weight_on(period.last)]
    if not items:
        raise refuse(
            "这一期还没有考核办法（rules/assessment.toml 的分值都在其后起算）。",
            "There was no assessment yet: every weight in rules/assessment.toml counts from a later day.",
        )
    names = {code: name for code, name in townships(db, known_at).items() if is_township(code)}
    if not names:
        raise refuse(
            "还没有登记乡镇，不能考核。请先到“台账”登记乡镇。",
            "No township is registered yet: enter them under “Registers” first.",
        )
    behind = figures_of(db, items, tuple(names), period.first, period.last, known_at)
    vetoes = in_force(db, period.year, known_at)
    return Scored(
        period,
        known_at,
        rules,
        names,
        behind,
        {
            code: assess(
                rules.items,
                {item.name: behind[item.name][code].figure for item in items},
                period.last,
                vetoed=code in vetoes,
            )
            for code in names
        },
        {code: veto for code, veto in vetoes.items() if code in names},
    )


def beside_last(db: Database, scored: Scored, remark: str = "") -> Ready:
    """Scores beside the newest edition of the period."""
    period = scored.period
    previous = last_of_period(db, period.first.isoformat(), period.last.isoformat())
    changes = differences(previous.scores["flat"], flat(scored, remark)) if previous else ()
    return Ready(scored, remark, previous, changes)


def issue(writer: Writer, month: str, *, doer: Doer, remark: str = "", seen: str | None = None) -> Assessed:
    """Issue the assessment of the year up to a month on the office's day, in a transaction of its own.

    `seen` is the digest of what the person looked at (None: not checked). Raises Refused; nothing is half done.
    """
    with writer.transaction() as db:
        at = now()
        day = settings.working_day(db, at)
        return issue_in(db, month, doer=doer, remark=remark, at=at, day=day, seen=seen)


def issue_in(
    db: Database,
    month: str,
    *,
    doer: Doer,
    at: datetime,
    day: date,
    remark: str = "",
    seen: str | None = None,
) -> Assessed:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "report_figures")
    kept_remark = optional_text(remark, Words("备注", "the remark"))
    period = period_until(month, day)
    found = beside_last(db, score(db, period, known_by(db, at)), kept_remark)
    if seen is not None and seen != found.digest:
        raise changed_since()
    if found.previous and not found.changes:
        raise nothing_changed(found.previous.number)
    assessment_id = next_id(db, "assessments")
    paper = paper_of(found, letterhead(db), day, said_in_file(db, "assessment", day))
    number, document = numbered(db, paper, about=f"assessment:{assessment_id}")
    row: dict[str, Cell] = {
        "id": assessment_id,
        "period_from": period.first.isoformat(),
        "period_to": period.last.isoformat(),
        "edition": found.edition,
        "number": number,
        "done_on": day.isoformat(),
        "known_at": found.scored.known_at,
        "digest": found.scored.rules.digest,
        "scores": json_text(
            {
                "flat": flat(found.scored, kept_remark),
                **scores_kept(found.scored),
                "digests": digests("targets"),
            }
        ),
        "changes": json_text(kept(found.changes)),
        "remark": kept_remark or None,
    }
    seq = record(db, "assessment", {"assessments": [row], "documents": [document]}, at=at, by=by)
    keep_texts(db, seq)
    issued = last_of_period(db, period.first.isoformat(), period.last.isoformat())
    assert issued is not None
    return issued
