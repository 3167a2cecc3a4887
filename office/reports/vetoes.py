"""弄虚作假一票否决: an act with its reason puts a township's score of a year to nothing, and another lifts it again.

What was fabricated, and by whom, is for other authorities; here stand the township, the year, the reason and the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data import settings
from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.reporting.assessments import Veto, in_force, vetoes
from data.reporting.report_rows import townships
from data.store import Database, Writer
from data.versions import END_OF_TIME
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import refuse
from office.reports.bulletin_data import is_township
from office.signing import kept_text
from rules.program import Words

FIRST_YEAR = 1990
LONGEST_NUMBER = 60
KINDS = {"impose": Words("否决", "Impose a veto"), "lift": Words("撤销否决", "Lift the veto")}


@dataclass(frozen=True)
class Wish:
    """What is asked: `kind` impose or lift, a township by code or name, a year, why, and a document where there is one."""

    kind: str
    township: str
    year: int
    reason: str
    document_no: str = ""


def act(writer: Writer, wish: Wish, *, doer: Doer) -> Veto:
    """Do it on the office's day, in a transaction of its own. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return act_in(db, wish, doer=doer, at=at, day=settings.working_day(db, at))


def act_in(db: Database, wish: Wish, *, doer: Doer, at: datetime, day: date) -> Veto:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "veto")
    if wish.kind not in KINDS:
        raise refuse(f"没有“{wish.kind}”这种办理", f'there is no "{wish.kind}" of a veto')
    reason = kept_text(wish.reason, Words("理由", "the reason"))
    document = wish.document_no.strip()
    if document:
        document = kept_text(document, Words("文号", "the document's number"), LONGEST_NUMBER)
    code, name = _township(db, wish.township)
    _year(wish.year, day)
    _in_turn(db, wish, code, name)
    row: dict[str, Cell] = {
        "id": next_id(db, "vetoes"),
        "township_code": code,
        "year": wish.year,
        "kind": wish.kind,
        "done_on": day.isoformat(),
        "reason": reason,
        "document_no": document or None,
    }
    record(db, "veto", {"vetoes": [row]}, at=at, by=by)
    return vetoes(db)[0]


def _township(db: Database, asked: str) -> tuple[str, str]:
    known = {code: name for code, name in townships(db, END_OF_TIME).items() if is_township(code)}
    found = [code for code, name in known.items() if asked.strip() in (code, name)]
    if not found:
        raise refuse(
            f"没有“{asked}”这个乡镇；可用的有：{'、'.join(known.values())}",
            f'there is no township "{asked}"; there are: {", ".join(known.values())}',
        )
    return found[0], known[found[0]]


def _year(year: int, day: date) -> None:
    if not FIRST_YEAR <= year <= day.year:
        raise refuse(
            f"年度须在 {FIRST_YEAR} 到 {day.year} 之间", f"the year lies within {FIRST_YEAR} and {day.year}"
        )


def _in_turn(db: Database, wish: Wish, code: str, name: str) -> None:
    standing = in_force(db, wish.year, END_OF_TIME).get(code)
    if wish.kind == "impose" and standing:
        raise refuse(
            f"{name}{wish.year}年度已有一票否决（第{standing.id}号），没有再办理。",
            f"{name} is under a veto for {wish.year} already (no. {standing.id}); nothing was done.",
        )
    if wish.kind == "lift" and not standing:
        raise refuse(
            f"{name}{wish.year}年度没有一票否决，无可撤销。",
            f"{name} is under no veto for {wish.year}: there is nothing to lift.",
        )
