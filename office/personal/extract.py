"""A household is given everything kept of it (个人信息保护法 art. 45): as a paper in plain words, as a list, as data.

extract(db, writer, "H0001", reason, doer=…) → Extract   (written down in the log before anything is handed out)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data import settings
from data.casework.documents import chain_mark, own_templates
from data.lists import ListColumn, list_xlsx
from data.papers.rendering import TemplateProblem, render, template
from data.protection.personal_rows import Kept, kept_of
from data.register import register
from data.store import Database, Writer
from data.versions import current
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.paperwork.letterhead import letterhead
from office.paperwork.papers import context
from office.paperwork.papers_of_personal import ExtractLine, ExtractPart, HouseholdExtract
from office.personal.extract_words import Part, parts_of
from office.personal.keeping import periods
from office.personal.noting import LONGEST_REASON, REASON, Noted, note_in
from office.refusal import Refused, refuse
from office.signing import kept_text

FORMAT = "office-household-extract-v1"
LEFT_OUT = ("recorded_seq",)  # numbers of the chain that tell nothing of the household


@dataclass(frozen=True)
class Extract:
    """The three files, how many rows they tell, and the number under which it stands in the log."""

    household_no: str
    docx: bytes
    xlsx: bytes
    json: bytes
    rows: int
    step: int


def extract(db: Database, writer: Writer, household_no: str, reason: str, *, doer: Doer) -> Extract:
    """Make the files from what `db` reads and write down that they were made. Raises Refused; then there is neither.

    The files are made before the writer is asked for: others need not wait for a paper.
    """
    at = now()
    by = allowed(db, doer, "household_extract")
    kept_text(reason, REASON, LONGEST_REASON)
    kept = _found(db, household_no)
    parts = parts_of(db, kept)
    paper = _paper(db, kept, parts, settings.day_of_entry(db, at), by)
    docx, xlsx = _printed(db, paper), _sheet(paper, parts, by)
    fields = ",".join([*kept.registers, *kept.casework])
    noted = Noted("extract", "households", fields, kept.rows, reason, household_no)
    with writer.transaction() as own:
        step = note_in(own, noted, doer=doer, at=at)
    return Extract(household_no, docx, xlsx, _data(kept, at, by), kept.rows, step.id)


def overview(db: Database, household_no: str) -> dict[str, int] | None:
    """How many rows of each part an extract would tell now, by the part's title; None for no such household."""
    kept = kept_of(db, household_no)
    if kept is None:
        return None
    return {part.title: len(part.lines) for part in parts_of(db, kept)}


def _found(db: Database, household_no: str) -> Kept:
    kept = kept_of(db, household_no)
    if kept is None:
        shown = household_no[:40]
        raise refuse(
            f"“贫困户”台账里没有户编号 {shown}，没有提供任何内容。请核对户编号。",
            f'there is no household {shown} in the register "Households"; nothing was handed out. Check the number.',
        )
    return kept


def _paper(db: Database, kept: Kept, parts: list[Part], day: date, by: str) -> HouseholdExtract:
    household = kept.registers["households"][-1]
    village = current(db, register("villages"), household["village_code"]) or {}
    township = current(db, register("townships"), village.get("township_code", "")) or {}
    return HouseholdExtract(
        done_on=day,
        letterhead=letterhead(db),
        household_no=kept.household_no,
        head_name=household["head_name"],
        township=township.get("township_name", ""),
        village=village.get("village_name", ""),
        rows=kept.rows,
        parts=tuple(
            ExtractPart(
                title=part.title,
                lines=tuple(
                    ExtractLine(about=line.about, text=line.text, recorded=line.recorded)
                    for line in part.lines
                ),
            )
            for part in parts
        ),
        kept_for=tuple(words.zh for words in periods(day)),
        handed_out_by=by,
    )


def _printed(db: Database, paper: HouseholdExtract) -> bytes:
    on_paper: dict[str, Any] = {**context(paper), "number": "", "chain": chain_mark(db)}
    try:
        return render(paper.kind, on_paper, template(paper.kind, own_templates(db)))
    except TemplateProblem as problem:
        raise Refused(problem.words) from problem


def _sheet(paper: HouseholdExtract, parts: list[Part], by: str) -> bytes:
    columns = [
        ListColumn("类别", 16),
        ListColumn("编号", 24),
        ListColumn("内容", 90),
        ListColumn("登记时间和登记人", 40),
    ]
    rows = [[part.title, line.about, line.text, line.recorded] for part in parts for line in part.lines]
    about = [
        ("户", f"{paper.household_no} {paper.head_name}"),
        ("含个人信息", "本户的全部内容，只交给本户"),
        ("依据", "《个人信息保护法》第四十五条"),
        ("提供", f"{by}，{paper.done_on.isoformat()}"),
        *(("保存多久", text) for text in paper.kept_for),
    ]
    return list_xlsx("本户信息", columns, rows, about)


def _data(kept: Kept, at: datetime, by: str) -> bytes:
    """Every row as it is stored."""
    document = {
        "format": FORMAT,
        "household_no": kept.household_no,
        "made_at": at.isoformat(),
        "made_by": by,
        "registers": _stored(kept.registers),
        "casework": _stored(kept.casework),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def _stored(rows_of: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [{key: value for key, value in row.items() if key not in LEFT_OUT} for row in rows]
        for name, rows in rows_of.items()
    }
