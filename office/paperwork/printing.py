"""Papers get their number and are printed: now as then, for what stood on them is frozen with the number.

number, row = numbered(db, IntendedNotice(…), about=f"act:{act_id}", subject=subject)
record(db, "act", {"acts": […], "documents": [row]}, at=at, by=by)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from data import settings
from data.canonical import Cell
from data.casework.documents import (
    Document,
    chain_mark,
    document,
    document_row,
    next_number,
    number_from,
    own_templates,
    printed_with,
)
from data.casework.ledger import Row
from data.one_good import about_good
from data.papers.filters import masked
from data.papers.rendering import TemplateProblem, digest, render, template
from data.papers.workbook_pages import PAGES
from data.papers.workbooks import workbook
from data.store import Database
from office.days import now
from office.explaining import explain
from office.paperwork.letterhead import letterhead
from office.paperwork.paper_parts import good_on_paper, slip_on_paper
from office.paperwork.papers import Paper, context
from office.paperwork.papers_of_goods_and_money import kind_words
from office.programs import counts_from, program_in_force
from office.refusal import Refused, refuse
from office.rulekeeping.said_of_readings import said_of

FileKind = Literal["docx", "xlsx"]


class Filed(NamedTuple):
    """A paper's number as it is written, and its row of `documents` for `data.casework.ledger.record`."""

    number: str
    row: dict[str, Cell]


def numbered(
    db: Database,
    paper: Paper,
    *,
    about: str,
    subject: str | None = None,
    number: str | None = None,
    beside: Sequence[Row] = (),
) -> Filed:
    """Number a paper and freeze what stands on it, inside the caller's transaction; the caller records the row.

    `about` says what it belongs to (`act:12`), `number` is one given before (a settlement has its own), `beside`
    are rows of other papers that the same `record` writes before this one. Raises Refused where the office's own
    template cannot be filled in.
    """
    series = f"{paper.letterhead.prefix}{paper.series}"
    given = number_from(number) if number else next_number(db, series, paper.done_on, beside)
    if given is None:
        raise ValueError(f"{number} is no number of a paper")
    in_force = _template(db, paper.kind)
    if digest(in_force) != digest(template(paper.kind)):  # what cannot be printed gets no number
        on_paper = {**context(paper), "number": given.text, "chain": chain_mark(db)}
        _filled(paper.kind, on_paper, in_force)
    row = document_row(
        db,
        given,
        context(paper),
        kind=paper.kind,
        template=in_force,
        about=about,
        subject=subject,
        done_on=paper.done_on,
        beside=beside,
    )
    return Filed(given.text, row)


def print_document(
    db: Database, number: str, as_kind: FileKind = "docx", *, heads: bool = True
) -> tuple[str, bytes]:
    """A numbered paper as a file: its name and its bytes, the same ones every time.

    Without `heads` the names of heads of household are masked, for those who may not see them.
    Raises Refused for a number that was never given, a kind of file that the paper has none of.
    """
    kept = find(db, number)
    on_paper = {
        **_seen(kept.context, heads),
        "number": kept.number,
        "chain": chain_mark(db, seq=kept.recorded_seq),
    }
    name = f"{kind_words(kept.kind).zh}_{kept.number}.{as_kind}"
    if as_kind == "docx":
        return name, _filled(kept.kind, on_paper, printed_with(db, kept))
    if kept.kind not in PAGES:
        raise refuse(
            f"{kept.number} 只能印成 Word 文件（.docx）；结算表、收回清单和公示才有 Excel 文件。",
            f"{kept.number} is printed as a Word file (.docx) only; settlements, lists of what is to be handed "
            "back and public notices exist as Excel files too.",
        )
    return name, workbook(kept.kind, on_paper)


def find(db: Database, number: str) -> Document:
    """A paper by its number, however its brackets were typed; refused where there is none."""
    asked = number_from(number)
    kept = document(db, asked.text) if asked else None
    if kept is None:
        raise refuse(
            f"没有编号为“{number}”的文书；写法是 岳电商办告知〔2021〕1号，编号见 documents list。",
            f'there is no paper "{number}"; numbers are written 岳电商办告知〔2021〕1号, see documents list',
        )
    return kept


def print_slip(
    db: Database, subject: str, day: date, known_at: str, benefit: str, *, heads: bool = True
) -> tuple[str, bytes]:
    """The decision slip of a good for any day, without a number: its name and its bytes.

    Raises Refused for a good, a benefit or a day that there is no decision for.
    """
    program = program_in_force(db, day, known_at=known_at)
    if benefit not in program.benefits:
        names = "、".join(program.benefits)
        raise refuse(f"没有“{benefit}”；可用的有：{names}", f'no benefit "{benefit}"; there are: {names}')
    explained = explain(db, subject, program, day, known_at, benefits=(benefit,))
    good = good_on_paper(subject, about_good(db, subject, known_at) or {})
    printed_on = settings.working_day(db, now())
    said = said_of(db, program, day, known_at)
    since = counts_from(db, program)
    paper = slip_on_paper(
        explained.answers, explained.slips[0], good, letterhead(db), printed_on, said, since
    )
    mark = chain_mark(db, known_at=known_at)
    on_paper = {**_seen(context(paper), heads), "number": "", "chain": mark}
    name = f"{paper.title.zh}_{subject.replace('/', '_')}_{benefit}_{day.isoformat()}.docx"
    return name, _filled(paper.kind, on_paper, _template(db, paper.kind))


def _seen(kept: Mapping[str, Any], heads: bool) -> dict[str, Any]:
    """What stands on a paper, wherever a head of household is named masked unless `heads`."""
    names = [] if heads else sorted(_heads(kept), key=len, reverse=True)  # a name may begin with another
    return {name: _without(value, names) for name, value in kept.items()}


def _heads(value: Any) -> set[str]:
    if isinstance(value, list):
        return {name for one in value for name in _heads(one)}
    if isinstance(value, dict):
        own = {value["head_name"]} if value.get("head_name") else set()
        return own | {name for one in value.values() for name in _heads(one)}
    return set()


def _without(value: Any, names: Sequence[str]) -> Any:
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, masked(name))
        return value
    if isinstance(value, list):
        return [_without(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, names) for key, one in value.items()}
    return value


def _template(db: Database, kind: str) -> bytes:
    try:
        return template(kind, own_templates(db))
    except TemplateProblem as problem:
        raise Refused(problem.words) from problem


def _filled(kind: str, on_paper: Mapping[str, Any], with_template: bytes) -> bytes:
    try:
        return render(kind, on_paper, with_template)
    except TemplateProblem as problem:
        raise Refused(problem.words) from problem
