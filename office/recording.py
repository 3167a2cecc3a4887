"""Record: freeze the decisions of a day with their reasons, evidence, digests and engine versions."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import version

from data.canonical import instant_text, json_text
from data.chain import evidence_seq, head
from data.decisions import Decision, RunHeader, decision_number, find_run, record_run
from data.store import SQLITE_VERSION, Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.deciding import Answers, decide_all
from office.explaining import evidence_of
from office.gathering import gather, known_now
from office.programs import program_in_force, values_in_force
from office.refusal import refuse


def engines() -> dict[str, str]:
    """What decided: both evaluators are of the programme's own digest, the rest are libraries."""
    return {
        "durable_rules": version("durable_rules"),
        "numpy": version("numpy"),
        "python": platform.python_version(),
        "sqlite": SQLITE_VERSION,
    }


def header_of(answers: Answers, scope: str = "") -> RunHeader:
    """What the answers were asked with; `scope` is the one good that they are about, "" every good."""
    gathered, program = answers.gathered, answers.program
    return RunHeader(
        program.program,
        program.digest,
        gathered.as_of,
        gathered.known_at,
        dict(answers.values),
        engines(),
        scope,
    )


def record(writer: Writer, answers: Answers, *, by: str, role: str | None = None) -> int:
    """Keep all decisions in one transaction with their chain entry; gives the run's id.

    Recording the same inputs again adds nothing and gives the run already there. Raises Refused for whoever may not;
    `role` is what the caller takes theirs for.
    """
    with writer.transaction() as db:
        person = allowed(db, Doer(by, role), "record")
        ready = not_ahead(answers, known_now(db))
        _must_have_seen_all(db, ready)
        return record_in(db, ready, by=person)


def _must_have_seen_all(db: Database, answers: Answers) -> None:
    """An import takes its instant before it is committed: whoever read meanwhile did not see it and must decide again."""
    gathered = answers.gathered
    if gathered.known_seq not in (-1, evidence_seq(db, gathered.known_at)):
        raise refuse(
            "判定之后台账又有变动，没有存档。请重新判定，再存档。",
            "The registers have changed since this was decided, so nothing was recorded. Decide again, then record.",
        )


def not_ahead(answers: Answers, latest: str) -> Answers:
    """A decision is kept with what was known by now, never by an instant still to come."""
    gathered = answers.gathered
    if gathered.known_at <= latest:
        return answers
    return replace(answers, gathered=replace(gathered, known_at=latest))


def record_in(db: Database, answers: Answers, *, by: str, at: datetime | None = None, scope: str = "") -> int:
    """The same inside the caller's transaction; `at` only where another instant than now is told."""
    header = header_of(answers, scope)
    if (found := find_run(db, header)) is not None:
        return found
    return record_run(db, header, _rows(answers), answers.program.text, at=at or now(), by=by)


def decided_at(db: Database, day: date, at: datetime, subject: str | None = None) -> Answers:
    """Every good (or the one asked) decided on a day with everything recorded so far; `at` is the instant now.

    Raises Refused for a good that is not there and before the programme is in force.
    """
    program = program_in_force(db, day)
    values = values_in_force(program, day)
    known_at = max(instant_text(at), head(db).at)
    return decide_all(gather(db, day, known_at, subject), program, values)


def kept_decision(db: Database, answers: Answers, benefit: str, *, by: str, at: datetime) -> int:
    """The id of the recorded decision about the one good of the answers, inside the caller's transaction.

    Where the same inputs were recorded for all goods or for this one it is that decision, else it is recorded now.
    """
    subject = str(answers.subjects[0])
    run = find_run(db, header_of(answers)) or record_in(db, answers, by=by, at=at, scope=subject)
    return decision_number(db, run, subject, benefit)


def _rows(answers: Answers) -> Iterator[Decision]:
    evidence = evidence_of(answers.gathered)
    entities = answers.gathered.goods.entity.tolist()
    for at, entity in enumerate(entities):
        facts = json_text(answers.facts_of(at))
        findings = json_text(answers.findings_of(at))
        rests_on = json_text(list(evidence[at]))
        for benefit in answers.program.benefits:
            number, row = answers.judged.verdicts[benefit][at], int(answers.judged.rows[benefit][at]) + 1
            yield Decision(
                entity,
                answers.subjects[at],
                benefit,
                answers.program.better[number],
                row,
                findings,
                facts,
                rests_on,
            )
