"""The assessment as a paper: results, items with their clauses, and how every township came to every point."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from office.paperwork.paper_parts import reading_on_paper
from office.paperwork.papers import Letterhead
from office.paperwork.papers_of_reports import AssessmentPaper, Computation, ItemLine, TownshipPoints
from office.reports.assessment_words import (
    figure_named,
    figure_words,
    full_words,
    of_words,
    place_words,
    points_words,
    total_words,
    veto_words,
)
from office.reports.differing import on_paper
from office.reports.proportions import points
from rules.assessing import HUNDREDTHS, Item
from rules.slip import Said

if TYPE_CHECKING:
    from office.reports.assessment import Ready, Scored


def paper_of(ready: Ready, letterhead: Letterhead, day: date, said: Mapping[str, Said]) -> AssessmentPaper:
    """The paper as it is issued on a day; `said`: what the leading group said of its items, by the key of a part."""
    scored = ready.scored
    items = {item.name: {"zh": item.title.zh, "en": item.title.en} for item in scored.items}
    units = {item.name: item.unit for item in scored.items}
    return AssessmentPaper(
        done_on=day,
        letterhead=letterhead,
        period_from=scored.period.first,
        period_to=scored.period.last,
        edition=ready.edition,
        replaces=ready.previous.number if ready.previous else "",
        changes=on_paper(
            ready.changes,
            lambda place: place_words(place, scored.names),
            lambda figure: figure_named(figure, items, units),
        ),
        known_at=scored.known_at,
        items=tuple(_item(item, scored.period.last, said.get(f"item:{item.name}")) for item in scored.items),
        townships=tuple(_township(scored, code) for code in scored.names),
        computations=tuple(
            line for code in scored.names for line in computations(scored, code, scored.names[code])
        ),
        digest=scored.rules.digest,
        remark=ready.remark,
    )


def computations(scored: Scored, code: str, name: str) -> tuple[Computation, ...]:
    """How one township came to its points, item by item."""
    items = scored.rules.items
    return tuple(
        Computation(
            township=name,
            item=items[score.item].title.zh,
            figure=figure_words(items[score.item], score.figure).zh,
            of=of_words(items[score.item], score.figure).zh,
            weight=points(score.weight),
            points=points_words(score).zh,
            rows=sum(len(keys) for keys in scored.behind[score.item][code].rows.values()),
        )
        for score in scored.scores[code].scores
    )


def _item(item: Item, day: date, said: Said | None) -> ItemLine:
    return ItemLine(
        title=item.title.zh,
        text=item.text.zh,
        weight=points(item.weight_on(day) * HUNDREDTHS),
        full=full_words(item, item.full_on(day)).zh,
        clause=item.citation.clause,
        reading=reading_on_paper(item.citation.reading, said),
    )


def _township(scored: Scored, code: str) -> TownshipPoints:
    score = scored.scores[code]
    return TownshipPoints(
        township=scored.names[code],
        points=tuple("—" if one.state == "not_applicable" else points(one.points) for one in score.scores),
        total=total_words(score.total).zh,
        before_veto=total_words(score.before_veto).zh,
        veto=veto_words(scored.vetoes.get(code)).zh,
    )
