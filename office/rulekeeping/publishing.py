"""Publish a programme: proposed by one person, published by another, from a named day on; what was decided stays.

    propose(writer, Proposal(...), doer=…)          a text with the day it is to count from, and why
    publish(writer, number, document_no, doer=…)    another person's word; the text decides from its day on
    drop(writer, number, reason, doer=…)            not published

Nothing counts from a day gone by, and every value that was in force stays as it was: to withdraw a change, the old
values are published again from another day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data import settings
from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.decisions import keep_program
from data.rulekeeping.publications import (
    Publication,
    newest_published,
    publication,
    publications,
    published_names,
)
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed, same_person
from office.days import now
from office.programs import (
    in_force_since,
    program_from,
    program_in_force,
    program_kept,
    program_named,
    programs_on_disk,
)
from office.refusal import refuse
from office.rulekeeping.keeping_values import must_keep_values
from office.signing import kept_text
from rules.load import ProgramFaults, builtin
from rules.program import Program, Words

LONGEST_NUMBER = 60
LARGEST_NUMBER = 2**63  # what SQLite holds


@dataclass(frozen=True)
class Proposal:
    """What is to be published: a programme file's text, the first day on which it decides, and why.

    `program`: the programme that it is meant to change ("": the one that the text names).
    """

    text: str
    effective_on: date
    reason: str
    document_no: str = ""
    program: str = ""


def publish_baseline(db: Database, *, at: datetime, day: date, by: str = "init") -> tuple[str, ...]:
    """Publish what comes with the software for every programme that has nothing published yet; gives their names."""
    missing = [name for name in programs_on_disk() if name not in published_names(db)]
    for name in missing:
        program = program_named(name)
        row: dict[str, Cell] = {
            "id": next_id(db, "publications"),
            "program": name,
            "digest": program.digest,
            "kind": "baseline",
            "done_on": day.isoformat(),
            "reason": "随软件提供的规则",
        }
        _keep(db, program, row, at=at, by=by)
    return tuple(missing)


def propose(writer: Writer, wish: Proposal, *, doer: Doer) -> Publication:
    """Propose a text, on the office's day, in a transaction of its own. Raises Refused; nothing is half done."""
    program = program_from(_bytes(wish.text), "draft.toml")  # tried in a child, outside any transaction
    with writer.transaction() as db:
        at = now()
        day = settings.working_day(db, at)
        return propose_in(db, program, wish, doer=doer, at=at, day=day)


def propose_in(
    db: Database, program: Program, wish: Proposal, *, doer: Doer, at: datetime, day: date
) -> Publication:
    """The same inside the caller's transaction; `program` is the wish's text, tried and proved."""
    by = allowed(db, doer, "draft_rules")
    reason = kept_text(wish.reason, Words("理由", "the reason"))
    if wish.program not in ("", program.program):
        raise refuse(
            f"这是“{wish.program}”的草稿，文本里写的却是“{program.program}”。没有提出。",
            f'The draft is of "{wish.program}", its text is of "{program.program}". Nothing was proposed.',
        )
    _must_be_alone(db, program)
    before = _must_be_publishable(db, program, wish.effective_on, day)
    row: dict[str, Cell] = {
        "id": next_id(db, "publications"),
        "program": program.program,
        "digest": program.digest,
        "kind": "proposal",
        "effective_on": wish.effective_on.isoformat(),
        "based_on": before.digest,
        "done_on": day.isoformat(),
        "reason": reason,
        "document_no": _number(wish.document_no),
    }
    _keep(db, program, row, at=at, by=by)
    return publications(db)[0]


def publish(writer: Writer, number: int, document_no: str = "", *, doer: Doer) -> Publication:
    """Publish a proposal of somebody else's. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        day = settings.working_day(db, at)
        return publish_in(db, number, document_no, doer=doer, at=at, day=day)


def publish_in(
    db: Database, number: int, document_no: str, *, doer: Doer, at: datetime, day: date
) -> Publication:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "publish_rules")
    found = _open(db, number)
    if same_person(db, found.recorded_by, by):
        raise refuse(
            f"这项修改是您（{found.recorded_by}）提出的，须由另一位审核员公布。没有改动任何内容。",
            f"You ({found.recorded_by}) proposed this change: another reviewer must publish it. Nothing was changed.",
        )
    program = program_kept(db, found.program, found.digest)
    effective = date.fromisoformat(found.effective_on or "")
    before = _must_be_publishable(db, program, effective, day)
    if before.digest != found.based_on:
        raise refuse(
            "提出以后，现行规则又有变化，没有公布。请撤下这项修改，按现行规则重新提出。",
            "The rules in force have changed since this was proposed, so it was not published. Drop it and propose again.",
        )
    return _step(db, found, "publish", None, _number(document_no), at=at, day=day, by=by)


def drop(writer: Writer, number: int, reason: str, *, doer: Doer) -> Publication:
    """Take a proposal back, with a reason. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        by = allowed(db, doer, "draft_rules")
        why = kept_text(reason, Words("理由", "the reason"))
        return _step(db, _open(db, number), "drop", why, None, at=at, day=settings.working_day(db, at), by=by)


def proposals(db: Database) -> tuple[Publication, ...]:
    """What waits for a second person, the newest first."""
    return tuple(one for one in publications(db) if one.state == "proposed")


def differing_on_disk(db: Database) -> tuple[str, ...]:
    """The programmes whose file beside the software is not the text published last: the file decides nothing."""
    found = []
    for name in programs_on_disk():
        try:
            digest = builtin(name).digest
        except ProgramFaults:  # a file with a fault differs too
            digest = ""
        if newest_published(db, name) not in (None, digest):
            found.append(name)
    return tuple(found)


def _must_be_publishable(db: Database, program: Program, effective: date, day: date) -> Program:
    """What is in force where the change begins. Raises Refused for what may not be published."""
    if program.program not in published_names(db):
        raise refuse(
            f"没有名为“{program.program}”的规则在施行，不能修改",
            f'no programme "{program.program}" is in force',
        )
    if effective < day:
        raise refuse(
            f"施行日 {effective} 已经过去。规则只能自今天（{day}）或以后施行，以前的判定不受影响。",
            f"The day {effective} has gone by. A rule counts from today ({day}) or later; what was decided stays.",
        )
    last = max(
        (one.effective_on or "" for one in publications(db, program.program) if one.state == "published"),
        default="",
    )
    if effective.isoformat() < last:
        raise refuse(
            f"已公布的修改自 {last} 起施行，新的修改不能更早施行。",
            f"The change published last counts from {last}; a new one cannot count from an earlier day.",
        )
    before = program_in_force(db, effective, program.program)
    _must_be_of_one_kind(before, program)
    if before.digest == program.digest:
        raise refuse(
            "与这一天施行的规则完全相同，没有可公布的修改。",
            "This is word for word what is in force on that day: there is nothing to publish.",
        )
    must_keep_values(before, program, effective)
    if in_force_since(program) > effective:
        raise refuse(
            f"有的取值在 {effective} 还没有开始，规则到 {in_force_since(program)} 才能判定。请把取值的起始日改为施行日。",
            f"Some values begin after {effective}: it could decide only from {in_force_since(program)}. "
            "Let the values begin on the day the change counts from.",
        )
    return before


def _must_be_alone(db: Database, program: Program) -> None:
    for one in proposals(db):
        if one.program == program.program:
            raise refuse(
                f"{one.recorded_by}已于 {one.done_on} 对这套规则提出修改（第 {one.id} 号），还在等第二人公布。"
                "请先公布或撤下那一项。",
                f"A change of these rules (no. {one.id}), proposed by {one.recorded_by} on {one.done_on}, still waits"
                " for a second person. Publish or drop it first.",
            )


def _must_be_of_one_kind(before: Program, after: Program) -> None:
    """What the office's other work rests on stays: the subject, the benefits and the verdicts."""
    same = (before.subject, tuple(before.benefits), before.better) == (
        after.subject,
        tuple(after.benefits),
        after.better,
    )
    if not same:
        raise refuse(
            "对象、事项和结论的名称不能改：办理、包装物资和补贴都按这些名称。没有改动任何内容。",
            "Subject, benefits and verdicts keep their names: casework, packaging and subsidy go by them. "
            "Nothing was changed.",
        )


def _open(db: Database, number: int) -> Publication:
    found = publication(db, number) if 0 < number < LARGEST_NUMBER else None
    if found is None or found.kind != "proposal":
        raise refuse(f"没有第 {number} 号修改", f"there is no proposal {number}")
    if found.step is not None:
        done = "公布" if found.step.kind == "publish" else "撤下"
        raise refuse(
            f"{found.step.recorded_by}已于 {found.step.done_on} {done}这项修改。没有改动任何内容。",
            f"{found.step.recorded_by} {'published' if found.step.kind == 'publish' else 'dropped'} it on"
            f" {found.step.done_on}. Nothing was changed.",
        )
    return found


def _keep(db: Database, program: Program, row: dict[str, Cell], *, at: datetime, by: str) -> None:
    """A publication with its text, in one entry."""
    seq = record(db, "publication", {"publications": [row]}, at=at, by=by)
    keep_program(db, program.digest, program.program, program.text, seq)


def _step(
    db: Database,
    found: Publication,
    kind: str,
    reason: str | None,
    document_no: str | None,
    *,
    at: datetime,
    day: date,
    by: str,
) -> Publication:
    row: dict[str, Cell] = {
        "id": next_id(db, "publication_steps"),
        "publication_id": found.id,
        "kind": kind,
        "done_on": day.isoformat(),
        "document_no": document_no,
        "reason": reason,
    }
    record(db, "publication", {"publication_steps": [row]}, at=at, by=by)
    done = publication(db, found.id)
    assert done is not None
    return done


def _bytes(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise refuse(
            "规则文件里有不能保存的字符（半个代理字符），没有提出。",
            "The text holds half a character, which no file can keep. Nothing was proposed.",
        ) from None


def _number(text: str) -> str | None:
    return kept_text(text, Words("文号", "the document's number"), LONGEST_NUMBER) if text.strip() else None
