"""Every way to change something in office/: what it is called, which permission it asks for, and how to call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.people import Person
from data.register import register
from data.store import Database, Writer
from office import archiving, importing, recording, running
from office.accounts import limits, managing
from office.audit import findings, sampling
from office.backup import hour, job
from office.casework import acting, bulk
from office.casework.asked import KIND_WORDS, Asked, Doer
from office.casework.standing import ACTION_OF
from office.deciding import decide_all
from office.gathering import gather
from office.notices import notice_steps
from office.notices import publishing as noticing
from office.paperwork import letterhead
from office.personal import correcting, extract, showing
from office.programs import program_named, values_in_force
from office.rechecking import keeping
from office.rechecking.whole import Rechecked
from office.registry import entering
from office.reports import assessment, bulletin, vetoes
from office.rulekeeping import cases, confirming, drafting, publishing
from office.stores import packaging
from office.stores.packaging_slips import Line, Slip
from office.subsidy import settling
from office.targets import reporting, scenarios
from office.then_and_now import looking

DAY = date(2021, 9, 30)
Call = Callable[[Writer, Doer], object]
Function = tuple[str, str]


@dataclass(frozen=True)
class Act:
    """One act, the permission of `office.permissions.ACTIONS` that it takes, and a call on the small county."""

    function: Function
    action: str
    call: Call
    about: str = ""

    def __str__(self) -> str:
        return ".".join((*self.function, *filter(None, [self.about])))


def _(function: Callable[..., object], action: str, call: Call, about: str = "") -> Act:
    return Act((function.__module__, function.__name__), action, call, about)


def prepared(*, correct: bool = False) -> importing.Report:
    """A file that is ready to be written: a new township, or another name for one that is there."""
    cells = {"township_code": "T1" if correct else "T2", "township_name": "示例新镇"}
    with running.reader() as db:
        return importing.prepare_rows(db, register("townships"), [cells], update=correct)


def carried_out(writer: Writer, doer: Doer, *, correct: bool = False) -> object:
    report = prepared(correct=correct)
    reason = "示例理由" if correct else None
    return importing.carry_out(writer, report, by=doer, reason=reason)


def entered(action: entering.Action, correct: bool = False) -> Call:
    def call(_writer: Writer, doer: Doer) -> object:
        person = Person(doer.name, doer.name, doer.role or "clerk")
        return entering.write(prepared(correct=correct), person, action, reason="示例理由")

    return call


def answers(db: Database) -> Any:
    program = program_named("produce-support")
    return decide_all(gather(db, DAY, "2021-12-31T00:00:00.000000Z"), program, values_in_force(program, DAY))


def recorded(writer: Writer, doer: Doer) -> object:
    with running.reader() as db:
        found = answers(db)
    return recording.record(writer, found, by=doer.name, role=doer.role)


def archived(writer: Writer, doer: Doer) -> object:
    with running.reader() as db:
        return archiving.archive(db, writer, DAY, Person(doer.name, doer.name, doer.role or "reviewer"), DAY)


def extracted(writer: Writer, doer: Doer) -> object:
    with running.reader() as db:
        return extract.extract(db, writer, "H1", "本人要求", doer=doer)


WHY = "示例理由"
SLIP = Slip("issue", (Line("B1", 1),), place="P1", subject="H1/P1", person="示例户主")
ACTS: tuple[Act, ...] = (
    *(
        _(acting.act, ACTION_OF[kind], lambda w, d, kind=kind: acting.act(w, Asked(kind, "H1/P1", "packaging", WHY), doer=d), kind)  # type: ignore[misc]
        for kind in KIND_WORDS
    ),
    _(bulk.bulk_grant, "confirm", lambda w, d: bulk.bulk_grant(w, "packaging", None, doer=d, seen="")),
    *(
        _(packaging.move, packaging.ACTION_OF.get(kind, "hand_out"), lambda w, d, kind=kind: packaging.move(w, Slip(kind, SLIP.lines, place="P1"), doer=d), kind)  # type: ignore[misc]
        for kind in packaging.KIND_WORDS
    ),
    _(settling.draft, "draft_settlement", lambda w, d: settling.draft(w, DAY, None, doer=d)),
    _(settling.check, "settle", lambda w, d: settling.check(w, "x", doer=d)),
    _(settling.confirm, "settle", lambda w, d: settling.confirm(w, "x", doer=d)),
    _(settling.discard, "discard_settlement", lambda w, d: settling.discard(w, "x", WHY, doer=d)),
    _(noticing.post, "publish", lambda w, d: noticing.post(w, noticing.Asked("packaging"), doer=d, phone="0", place="村委会")),
    *(
        _(notice_steps.take, "publish", lambda w, d, kind=kind: notice_steps.take(w, notice_steps.Wish(kind, "x", WHY), doer=d), kind)  # type: ignore[misc]
        for kind in notice_steps.STEPS
    ),
    _(reporting.report, "report_figures", lambda w, d: reporting.report(w, reporting.Wish(), doer=d)),
    _(bulletin.issue, "report_figures", lambda w, d: bulletin.issue(w, "2021-08", doer=d)),
    _(assessment.issue, "report_figures", lambda w, d: assessment.issue(w, "2021-08", doer=d)),
    _(vetoes.act, "veto", lambda w, d: vetoes.act(w, vetoes.Wish("impose", "T1", 2021, WHY), doer=d)),
    _(scenarios.save, "save_scenario", lambda w, d: scenarios.save(w, scenarios.Wish("示例"), doer=d)),
    _(scenarios.remove, "save_scenario", lambda w, d: scenarios.remove(w, "示例", doer=d)),
    _(drafting.save, "draft_rules", lambda w, d: drafting.save(w, drafting.Wish("示例", "produce-support", "", "x"), doer=d)),
    _(drafting.remove, "draft_rules", lambda w, d: drafting.remove(w, "示例", doer=d)),
    _(cases.save, "draft_rules", lambda w, d: cases.save(w, None, doer=d)),  # type: ignore[arg-type]
    _(cases.remove, "draft_rules", lambda w, d: cases.remove(w, "produce-support", "示例", doer=d)),
    _(publishing.propose, "draft_rules", lambda w, d: publishing.propose(w, publishing.Proposal("x", DAY, WHY), doer=d)),
    _(publishing.publish, "publish_rules", lambda w, d: publishing.publish(w, 1, doer=d)),
    _(publishing.drop, "draft_rules", lambda w, d: publishing.drop(w, 1, WHY, doer=d)),
    _(confirming.enter, "confirm_reading", lambda w, d: confirming.enter(w, confirming.Wish("ask", ()), (), doer=d)),
    _(sampling.draw, "audit", lambda w, d: sampling.draw(w, sampling.Wish(), doer=d)),
    _(findings.note, "audit", lambda w, d: findings.note(w, findings.Note("x", 1, "in_order"), doer=d)),
    _(looking.look, "look_into", lambda w, d: looking.look(w, looking.Wish((), WHY), doer=d)),
    _(keeping.keep, "recheck", lambda w, d: keeping.keep(w, Rechecked(), doer=d)),
    _(letterhead.change_letterhead, "letterhead", lambda w, d: letterhead.change_letterhead(w, {"phone": "0"}, doer=d)),
    _(importing.carry_out, "import", carried_out),
    _(importing.carry_out, "correct", lambda w, d: carried_out(w, d, correct=True), "corrections"),
    _(entering.write, "import", entered("import"), "import"),
    _(entering.write, "enter", entered("enter"), "enter"),
    _(entering.write, "correct", entered("correct", correct=True), "correct"),
    _(recording.record, "record", recorded),
    _(archiving.archive, "record", archived),
    _(managing.add, "manage_accounts", lambda w, d: managing.add(w, d, "neu", "新示例", "clerk")),
    _(managing.change_role, "manage_accounts", lambda w, d: managing.change_role(w, d, "li", "auditor")),
    _(managing.disable, "manage_accounts", lambda w, d: managing.disable(w, d, "li")),
    _(managing.enable, "manage_accounts", lambda w, d: managing.enable(w, d, "gone")),
    _(managing.give_code, "manage_accounts", lambda w, d: managing.give_code(w, d, "li")),
    _(managing.sign_out_everywhere, "manage_accounts", lambda w, d: managing.sign_out_everywhere(w, d, "other")),
    _(limits.set_limits, "settings", lambda w, d: limits.set_limits(w, d, 20, 8)),
    _(hour.change_backup_hour, "settings", lambda w, d: hour.change_backup_hour(w, 20, doer=d)),
    _(job.begin_making, "back_up", lambda _w, d: job.begin_making(d)),
    _(correcting.ask, "answer_correction", lambda w, d: correcting.ask(w, "H1", "households", "H1", WHY, doer=d)),
    _(correcting.answer, "answer_correction", lambda w, d: correcting.answer(w, 1, "decline", WHY, doer=d)),
    _(extract.extract, "household_extract", extracted),
    _(showing.show, "show_personal", lambda w, d: showing.show(w, showing.Shown("households", "H1", ("head_name",)), WHY, doer=d)),
    _(showing.take_pack, "audit_pack", lambda w, d: showing.take_pack(w, 1, WHY, doer=d)),
)  # fmt: skip

# What opens a transaction and asks no role, with the reason.
NOT_BY_ROLE: Mapping[Function, str] = {
    ("office.accounts.changing", "set_own_password"): "one's own, with the old one",
    ("office.accounts.changing", "set_password_on_machine"): "the command line of the machine itself",
    ("office.accounts.counting", "wait_anew"): "counts failures of signing in",
    ("office.accounts.entering", "_answered"): "signing in: there is no role yet",
    ("office.accounts.entering", "enter_by_identity"): "signing in: there is no role yet",
    ("office.accounts.first", "add_first"): "the first administrator, with the code of the machine",
    ("office.accounts.first", "make_first"): "the first administrator, with the code of the machine",
    ("office.backup.making", "_forget"): "the daily turn, or job.begin_making that asks",
    ("office.backup.making", "_record"): "the daily turn, or job.begin_making that asks",
    ("office.backup.trying", "record_try"): "job.begin_trying asks",
    ("office.commands.accounts", "password"): "the command line of the machine itself",
    ("office.sessions", "_write_seen"): "a sign of life of one's own session",
    ("office.sessions", "begin"): "signing in: there is no role yet",
    ("office.sessions", "end"): "signing out of one's own session",
    ("office.sessions", "end_all"): "called where an account was changed by who may",
    ("office.starting", "_fill"): "`init` on the machine itself",
    ("office.starting", "start"): "`init` on the machine itself",
}
# Commands that open the transaction for a function of the table, or only read the day in it.
THROUGH_OTHERS = frozenset(
    {
        ("office.commands.accounts", "added"),
        ("office.commands.drafting", "cases_add"),
        ("office.commands.readings", "enter_reading"),
        ("office.commands.reports", "issue_assessment"),
        ("office.commands.reports", "issue_bulletin"),
    }
)
