"""Bring a file into a register: read, check, compare, and write all of it or nothing."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from data.checking import Checked, check, check_rows, in_order
from data.drives import must_have_room
from data.faults import Fault, LeftOut, Unreadable
from data.importing import Plan, Ready, made_ready, plan, write
from data.raw import Raw
from data.reading import read_file
from data.register import Register
from data.store import Database, Writer
from data.words import Words
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now, today
from office.refusal import refuse
from office.signing import kept_text

Entry = Literal["import", "enter", "correct"]
NOBODY = "命令行"  # who the record names where nobody did
WHY = Words("更正理由", "the reason of the correction")


@dataclass(frozen=True)
class Report:
    """What an import did or would do. `accepted` rows are new or corrected; nothing is written with a fault.

    `raw` is the file as read, without its rows where there is no fault to be shown in them; None where it could not
    be read, and for rows that were typed in. `ready`: what is to be written, where that was made ready with the check.
    """

    register: Register
    rows: int
    accepted: int
    rejected: int
    unchanged: int
    ignored_columns: tuple[str, ...]
    left_out: Sequence[LeftOut]
    faults: Sequence[Fault]
    raw: Raw | None
    plan: Plan | None
    ready: Ready | None = None

    @property
    def good(self) -> bool:
        """Nothing stands against writing it."""
        return not self.faults


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles: rows hold none, and going through them again and again takes a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def prepare(db: Database, register: Register, name: str, content: bytes, *, update: bool = False) -> Report:
    """Read and check a file against the register as it stands; writes nothing.

    `name` is the file's own name; only its ending is looked at.
    """
    try:
        raw = read_file(name, content)
    except Unreadable as unreadable:
        fault = Fault("", None, "", "", unreadable.words)
        return Report(register, 0, 0, 0, 0, (), (), (fault,), None, None)
    return _report(db, register, check(register, raw, today=today()), raw, update)


def prepare_rows(
    db: Database, register: Register, rows: Sequence[Mapping[str, str]], *, update: bool = False
) -> Report:
    """The same for rows typed into a form, by English field names."""
    return _report(db, register, check_rows(register, rows, today=today()), None, update)


@_uncollected()
def carry_out(
    writer: Writer,
    report: Report,
    *,
    by: str | Doer | None,
    reason: str | None = None,
    source: str = "",
    action: Entry = "import",
) -> Report:
    """Write a report that has no fault, in one transaction with its chain entry; gives it back.

    `by` None: nobody said who, on the machine itself; the record then names nobody (`NOBODY`). Raises Refused where
    there is a fault, a person may not do it, a reason is missing or cannot be kept, or the register has changed since;
    DiskFull for a file where too little room is left on the disk.
    """
    if not report.good or report.plan is None:
        raise refuse("文件还有问题，没有写入任何内容", "the file has faults; nothing was written")
    kept = kept_text(reason, WHY) if reason and reason.strip() else None
    if report.raw is not None:
        must_have_room(writer.path)
    ready = report.ready or made_ready(report.plan)  # nobody has to wait for this
    with writer.transaction(laid=ready.laid) as db:
        person = NOBODY if by is None else _allowed(db, by, report.plan, action)
        write(db, report.plan, at=now(), by=person, reason=kept, source=source, ready=ready)
    return report


def _allowed(db: Database, by: str | Doer, planned: Plan, action: Entry) -> str:
    """The name it is kept under. New rows and corrections are asked for apart: not everybody who corrects may add."""
    doer = by if isinstance(by, Doer) else Doer(by)
    needed = [action] if planned.new else []
    needed += ["correct"] if planned.changed else []
    return [allowed(db, doer, one) for one in needed or [action]][0]


def source_of(content: bytes) -> str:
    """How the chain names a file: by its bytes, never by the name it had on a desk."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _report(db: Database, register: Register, checked: Checked, raw: Raw | None, update: bool) -> Report:
    planned = plan(db, register, checked, update=update)
    faults = in_order(register, raw, [*checked.faults, *planned.faults])
    rejected = {(f.sheet, f.row) for f in faults if f.row is not None}
    return Report(
        register=register,
        rows=len(checked.places),
        accepted=0 if faults else len(planned.new) + len(planned.changed),
        rejected=len(rejected.intersection(checked.places)),
        unchanged=planned.unchanged,
        ignored_columns=tuple(checked.ignored_columns),
        left_out=tuple(checked.left_out),
        faults=tuple(faults),
        raw=raw if faults or raw is None else Raw((), raw.left_out),
        plan=None if faults else planned,
    )


def report_document(report: Report, past_decisions: int | None = 0) -> dict[str, Any]:
    """The document that `import --json` prints. `past_decisions`: how many recorded ones would now be otherwise by
    it; None where that cannot be found out."""
    return {
        "register": report.register.name,
        "rows": report.rows,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "unchanged": report.unchanged,
        "ignored_columns": list(report.ignored_columns),
        "errors": [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "value": f.value, "message": f.message.zh}
            for f in report.faults
        ],
        "past_decisions": past_decisions,
    }
