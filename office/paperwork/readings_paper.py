"""待确认口径 on paper: every reading of a day with what its alternatives would do and room for the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count, groupby

from data import settings
from data.casework.documents import chain_mark, own_templates
from data.papers.rendering import TemplateProblem, render, template
from data.store import Database
from office.cited import KINDS, current_value, note_of
from office.days import now
from office.gathering import known_now
from office.paperwork.letterhead import letterhead
from office.paperwork.papers import context
from office.paperwork.papers_of_rules import ReadingLine, ReadingsPaper, ReadingsPart
from office.refusal import Refused
from office.rulekeeping.alternatives import Effects, effects_of
from office.rulekeeping.readings import Reading, book_on, readings_on, standing_words, status_counts

TO_DECIDE = "□按现行口径\n□改为：＿＿＿＿＿＿\n签字：＿＿＿＿＿\n日期：＿＿＿＿＿"


def print_readings(db: Database, day: date, *, pending_only: bool = False) -> tuple[str, bytes]:
    """The list as it is printed for the leading group, without a number: its name and its bytes. Raises Refused."""
    found = readings_on(db, book_on(db, day), day)
    shown = [one for one in found if not (pending_only and one.status == "confirmed")]
    chapters = list({one.file: one.chapter for one in shown}.values())
    effects = {chapter.file: effects_of(db, chapter, day) for chapter in chapters}
    counts = status_counts(found)
    number = count(1)
    paper = ReadingsPaper(
        done_on=settings.working_day(db, now()),
        letterhead=letterhead(db),
        as_of=day,
        total=len(found),
        confirmed=counts["confirmed"],
        changed=counts["changed"],
        pending=counts["pending"],
        parts=tuple(
            ReadingsPart(
                title=f"{title}、{lines[0].chapter.title.zh}",
                lines=tuple(_line(next(number), one, effects[file], day) for one in lines),
            )
            for title, (file, lines) in zip(_numerals(), _by_file(shown), strict=False)
        ),
        programs=tuple(
            f"{one.title.zh}（{one.program.source}），规则摘要 {one.program.digest[:16]}"
            for one in chapters
            if one.program is not None
        ),
    )
    on_paper = {**context(paper), "number": "", "chain": chain_mark(db, known_at=known_now(db))}
    try:
        content = render(paper.kind, on_paper, template(paper.kind, own_templates(db)))
    except TemplateProblem as problem:
        raise Refused(problem.words) from problem
    return f"{paper.title.zh}_{day.isoformat()}.docx", content


def _by_file(shown: Sequence[Reading]) -> list[tuple[str, list[Reading]]]:
    return [(file, list(lines)) for file, lines in groupby(shown, key=lambda one: one.file)]


def _numerals() -> Sequence[str]:
    return "一二三四五六七八九十"


def _line(number: int, one: Reading, effects: Effects, day: date) -> ReadingLine:
    part, cited = one.part, one.part.citation
    note = note_of(part, day)
    told = [f"{each.value.zh}（{each.why.zh}）：{each.does.zh}" for each in effects.get(part.key, ())]
    decision = TO_DECIDE if one.status == "pending" else f"{standing_words(one).zh}\n{TO_DECIDE}"
    if one.status == "confirmed":
        decision = standing_words(one).zh
    return ReadingLine(
        number=number,
        text=f"〔{KINDS[part.kind].zh}〕{part.words.zh}",
        value=current_value(part, day).zh or "—",
        cited=f"{cited.clause}：“{cited.quote}”" + (f"\n{note}" if note else ""),
        effects="\n".join(told) or "—",
        decision=decision,
    )
