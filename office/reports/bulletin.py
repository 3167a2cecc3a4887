"""A month's bulletin: looked at first, then issued once by a named person, frozen, and compared with the edition before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data import settings
from data.canonical import Cell, instant_text, json_text, sha256_of
from data.casework.ledger import next_id, record
from data.chain import head
from data.reporting.bulletins import Issued, last_of_month
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.months import earlier, month_of, month_words
from office.paperwork.letterhead import letterhead
from office.paperwork.printing import numbered
from office.refusal import Refused, refuse
from office.reports.bulletin_data import BulletinFigures, figures
from office.reports.bulletin_paper import paper_of
from office.reports.bulletin_words import flat, names
from office.reports.differing import Difference, Flat, differences, kept
from office.reports.texts_kept import digests, keep_texts
from office.signing import kept_text
from rules.program import Words


@dataclass(frozen=True)
class Ready:
    """A bulletin as it would be issued; `previous` is the edition before and `changes` what would differ from it."""

    figures: BulletinFigures
    known_at: str
    problems: str
    requirements: str
    previous: Issued | None
    changes: tuple[Difference, ...]

    @property
    def edition(self) -> int:
        """1, or the one after the last."""
        return self.previous.edition + 1 if self.previous else 1

    @property
    def flat(self) -> Flat:
        """What it says, by place and figure."""
        return flat(self.figures, self.problems, self.requirements)

    @property
    def digest(self) -> str:
        """Stands for the figures that somebody looked at; what they then write beside them is not in it."""
        return sha256_of(json_text(flat(self.figures, "", "")).encode())


def last_ended(day: date) -> str:
    """The last month that has ended by a day."""
    return earlier(month_of(day))


def look(db: Database, month: str, day: date, known_at: str) -> BulletinFigures:
    """The figures of a month. Raises Refused for one that has not ended by the day."""
    if month > last_ended(day):
        words = month_words(month)
        raise refuse(
            f"{words.zh}还没有结束，不能通报；最近可通报的是{month_words(last_ended(day)).zh}。",
            f"{words.en} has not ended: the last month that can be reported is {month_words(last_ended(day)).en}.",
        )
    return figures(db, month, known_at)


def ready(
    db: Database, month: str, day: date, known_at: str, *, problems: str = "", requirements: str = ""
) -> Ready:
    """The bulletin of a month beside the edition before. Raises Refused as `look` does."""
    return beside_last(db, look(db, month, day, known_at), known_at, problems, requirements)


def beside_last(
    db: Database, found: BulletinFigures, known_at: str, problems: str, requirements: str
) -> Ready:
    """Figures and texts beside the newest edition of the month."""
    previous = last_of_month(db, found.month)
    now_flat = flat(found, problems, requirements)
    changes = differences(previous.context["figures"], now_flat) if previous else ()
    return Ready(found, known_at, problems, requirements, previous, changes)


def issue(
    writer: Writer,
    month: str,
    *,
    doer: Doer,
    problems: str = "",
    requirements: str = "",
    remark: str = "",
    seen: str | None = None,
) -> Issued:
    """Issue a month's bulletin on the office's day, in a transaction of its own.

    `seen` is the digest of what the person looked at (None: not checked). Raises Refused; nothing is half done.
    """
    with writer.transaction() as db:
        at = now()
        return issue_in(
            db,
            month,
            doer=doer,
            problems=problems,
            requirements=requirements,
            remark=remark,
            at=at,
            day=settings.working_day(db, at),
            seen=seen,
        )


def issue_in(
    db: Database,
    month: str,
    *,
    doer: Doer,
    at: datetime,
    day: date,
    problems: str = "",
    requirements: str = "",
    remark: str = "",
    seen: str | None = None,
) -> Issued:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "report_figures")
    texts = {
        "problems": optional_text(problems, Words("存在问题", "the problems")),
        "requirements": optional_text(requirements, Words("工作要求", "the requirements")),
    }
    kept_remark = optional_text(remark, Words("备注", "the remark"))
    found = ready(db, month, day, known_by(db, at), **texts)
    if seen is not None and seen != found.digest:
        raise changed_since()
    if found.previous and not found.changes:
        raise nothing_changed(found.previous.number)
    bulletin_id = next_id(db, "bulletins")
    paper = paper_of(found, letterhead(db), day)
    number, document = numbered(db, paper, about=f"bulletin:{bulletin_id}")
    row: dict[str, Cell] = {
        "id": bulletin_id,
        "month": month,
        "edition": found.edition,
        "number": number,
        "done_on": day.isoformat(),
        "known_at": found.known_at,
        "context": json_text(_context(found)),
        "changes": json_text(kept(found.changes)),
        "remark": kept_remark or None,
    }
    seq = record(db, "bulletin", {"bulletins": [row], "documents": [document]}, at=at, by=by)
    keep_texts(db, seq)
    issued = last_of_month(db, month)
    assert issued is not None
    return issued


def known_by(db: Database, at: datetime) -> str:
    """The instant that sees everything recorded so far, also where the clock has been set back since."""
    return max(instant_text(at), head(db).at)


def _context(found: Ready) -> dict[str, object]:
    return {
        "figures": found.flat,
        "names": names(found.figures),
        "digests": digests(),
    }


def optional_text(text: str, what: Words) -> str:
    """A text that may be blank, as it is kept. Raises Refused as `kept_text` does."""
    return kept_text(text, what) if text.strip() else ""


def changed_since() -> Refused:
    """What was looked at is no longer what would be issued."""
    return refuse(
        "数据在您查看之后有了变化，没有印发。请重新查看后再印发。",
        "The figures have changed since you looked at them. Nothing was issued: look at them again.",
    )


def nothing_changed(number: str) -> Refused:
    """A new edition would say what the last one says."""
    return refuse(
        f"与已印发的 {number} 完全相同，没有印发新的一版。",
        f"Nothing differs from {number}, so no new edition was issued.",
    )
