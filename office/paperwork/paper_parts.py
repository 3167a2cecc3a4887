"""Parts of papers out of what the office knows: a good, a decision's findings, evidence and values, in Chinese."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from data.evidence import EvidenceRow
from office.deciding import Answers
from office.explaining import Slip, counting, values_since
from office.latches import latch_rules
from office.paperwork.papers import DecisionSlip, Evidence, Finding, GoodOnPaper, Letterhead, ValueInForce
from rules.program import Program
from rules.slip import (
    FINDINGS,
    LATCHED,
    UNITS,
    Line,
    Said,
    change_words,
    value_words,
    verdict_words,
    zh_day,
)


def good_on_paper(subject: str, about: Mapping[str, Any]) -> GoodOnPaper:
    """A good as papers name it, from `data.one_good.about_good`."""
    return GoodOnPaper(
        subject=subject,
        household_no=about["household_no"],
        head_name=about["head_name"],
        township=about["township_name"],
        village=about["village_name"],
        product=about["product_name"],
    )


def findings_on_paper(
    program: Program, found: Iterable[Line], values: Mapping[str, int]
) -> tuple[Finding, ...]:
    """A decision's lines (`rules.slip.lines`) as a paper shows them; `values` are the parameters in force."""
    return tuple(_finding(program, line, values) for line in found)


def against(found: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that speak against the good: standings that are so, conditions that do not hold."""
    return tuple(line for line in found if line.finding == ("holds" if line.latch else "fails"))


def evidence_on_paper(rows: Iterable[EvidenceRow], counts: Collection[int]) -> tuple[Evidence, ...]:
    """The inspections that a decision looked at, first those that it rests on (`counts`: their row versions)."""
    return tuple(
        Evidence(
            sample_no=row.sample_no,
            version=row.version,
            sampled_on=date.fromisoformat(row.sampling_date),
            result_on=date.fromisoformat(row.result_date),
            conclusion=value_words(row.conclusion).zh,
            reinspection_of=row.reinspection_of or "",
            counts=row.id in counts,
        )
        for row in sorted(rows, key=lambda row: row.id not in counts)
    )


def reading_on_paper(reading: str, said: Said | None) -> str:
    """Whose reading it is as a paper keeps it: with what the leading group said, where it said anything."""
    return reading if reading == "text" or said is None else f"办公室口径，{said.words.zh}"


def values_on_paper(
    program: Program, values: Mapping[str, int], day: date, said: Mapping[str, Said]
) -> tuple[ValueInForce, ...]:
    """The programme's values in force on a day, each with its unit and since when; `said` by the key of a part."""
    since = values_since(program, day)
    found = []
    for name, value in values.items():
        parameter = program.parameters[name]
        unit = UNITS[parameter.unit].zh if parameter.unit in UNITS else ""
        found.append(
            ValueInForce(
                title=parameter.title.zh,
                value=f"{value}{unit}",
                since=since.get(name),
                reading=reading_on_paper(parameter.citation.reading, said.get(f"parameter:{name}")),
            )
        )
    return tuple(found)


def slip_on_paper(
    answers: Answers,
    slip: Slip,
    good: GoodOnPaper,
    letterhead: Letterhead,
    done_on: date,
    said: Mapping[str, Said],
    since: date | None,
) -> DecisionSlip:
    """One benefit's slip as it is printed.

    `said`: what the leading group said, by the key of a part; `since`: from which day the programme's text counts
    (None: from the beginning).
    """
    program, gathered = answers.program, answers.gathered
    title = program.benefits[slip.decision.benefit].title
    return DecisionSlip(
        done_on=done_on,
        letterhead=letterhead,
        good=good,
        benefit_title=title.zh,
        verdict=verdict_words(slip.decision.verdict).zh,
        as_of=gathered.as_of,
        known_at=gathered.known_at,
        findings=findings_on_paper(program, slip.lines, answers.values),
        evidence=evidence_on_paper(slip.evidence, counting(gathered, slip.lines)),
        parameters=values_on_paper(program, answers.values, gathered.as_of, said),
        changes=tuple(change_words(change, title).zh for change in slip.changes),
        program_title=program.title.zh,
        program_source=f"{program.source}，自{zh_day(since)}起施行" if since else program.source,
        digest=program.digest,
    )


def _finding(program: Program, line: Line, values: Mapping[str, int]) -> Finding:
    if line.latch:
        result, found = LATCHED[line.finding].zh, latch_rules(program, line.name, values).zh
        found = f"实际：{line.met.words.zh}。\n{found}" if line.met else found
    else:
        result = FINDINGS[line.finding].zh
        found = "；".join(f"{side.title.zh}：{side.value.zh}（{side.needed.zh}）" for side in line.sides)
    return Finding(
        text=line.text.zh,
        result=result,
        found=found,
        clause=line.citation.clause,
        quote=line.citation.quote,
        reading=reading_on_paper(line.citation.reading, line.said),
    )
