"""Figures that were reported, bulletins and assessments, counted again as of their day and with what was known then.

Rules files other than programmes are not kept as texts, only by their digest: where another one counts today, that is a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.reporting.assessments import Assessed, assessments
from data.reporting.bulletins import Issued, bulletins
from data.reporting.figures import ReportedFigure, reported_figures
from data.store import Database
from data.words import Words
from office.rechecking.cases import BROKEN, CANNOT, words_of
from office.rechecking.differing import Found, differing, text_of, whole
from office.reports.assessment import Period, score
from office.reports.assessment_words import flat as flat_scores
from office.reports.bulletin_data import figures
from office.reports.bulletin_words import TARGET
from office.reports.bulletin_words import flat as flat_bulletin
from office.reports.differing import Difference, differences
from office.targets.measuring import measured_anew
from office.targets.reporting import changes, figures_of
from rules.load_assessment import assessment
from rules.load_targets import targets_digest

NO_BENEFIT = Words("", "")
TEXT = "text"  # what people wrote beside the figures


@dataclass
class Reports:
    """Counts reports of one database again; the figures of one day and instant are counted once."""

    db: Database
    _counted: dict[tuple[str, str], Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def figures(self, number: int) -> Found:
        """A reported figure."""
        found = Found()
        one = next(one for one in reported_figures(self.db) if one.id == number)
        if one.digest != targets_digest():
            _not_kept(
                found, "rules/targets.toml", f"{one.target}（{one.as_of}）", f"{one.target} ({one.as_of})"
            )
            return found
        place = f"reported_figures {one.id}"
        try:
            now = self._measured(one).get(one.target)
        except (*CANNOT, *BROKEN) as why:
            _cannot(found, place, why)
            return found
        title = str(one.figures.get("definition", {}).get("title", one.target))
        for change in changes(one.figures, now or {}):
            part = _place_words(change.place), text_of(change.was), text_of(change.now)
            found.add(differing(place, title, NO_BENEFIT, *part, "registers"))
        return found

    def _measured(self, one: ReportedFigure) -> Mapping[str, Mapping[str, Any]]:
        key = one.as_of, one.known_at
        if key not in self._counted:
            standings = measured_anew(self.db, date.fromisoformat(one.as_of), one.known_at)
            self._counted = {key: {each.target.name: figures_of(each) for each in standings}}
        return self._counted[key]

    def bulletin(self, number: int) -> Found:
        """A bulletin. Which file of targets counted then was not kept: figures of targets alone are a note."""
        found = Found()
        one = next(one for one in bulletins(self.db) if one.id == number)
        if one.context.get("digests", {}).get("assessment") != assessment().digest:
            _not_kept(found, "rules/assessment.toml", one.number, one.number)
            return found
        try:
            now = flat_bulletin(figures(self.db, one.month, one.known_at), "", "")
        except (*CANNOT, *BROKEN) as why:
            _cannot(found, f"bulletins {one.id}", why)
            return found
        changed = [each for each in differences(one.context["figures"], now) if each.place != TEXT]
        of_targets = [each for each in changed if each.place.startswith(TARGET)]
        _tell(found, f"bulletins {one.id}", one, [each for each in changed if each not in of_targets])
        if of_targets:
            _not_kept(found, "rules/targets.toml", one.number, one.number)
        return found

    def assessment(self, number: int) -> Found:
        """An assessment; where items about targets come out otherwise, another file of targets may have counted."""
        found = Found()
        one = next(one for one in assessments(self.db) if one.id == number)
        rules = assessment()
        if one.digest != rules.digest:
            _not_kept(found, "rules/assessment.toml", one.number, one.number)
            return found
        period = Period(int(one.period_to[:4]), one.period_to[:7])
        try:
            now = flat_scores(score(self.db, period, one.known_at), one.remark or "")
        except (*CANNOT, *BROKEN) as why:
            _cannot(found, f"assessments {one.id}", why)
            return found
        changed = list(differences(one.scores["flat"], now))
        targets = {f"{item.name}." for item in rules.items.values() if item.target}
        if any(each.figure.startswith(tuple(targets)) for each in changed):
            _not_kept(found, "rules/targets.toml", one.number, one.number)
        else:
            _tell(found, f"assessments {one.id}", one, changed)
        return found


def _tell(found: Found, place: str, one: Issued | Assessed, changed: list[Difference]) -> None:
    for each in changed:
        part = _place_words(f"{each.place}.{each.figure}"), text_of(each.was), text_of(each.now)
        found.add(differing(place, one.number, NO_BENEFIT, *part, "registers"))


def _place_words(place: str) -> Words:
    return Words(f"数据 {place}", f"figure {place}")


def _not_kept(found: Found, file: str, zh: str, en: str) -> None:
    found.note(
        f"{zh}：当时的 {file} 没有留存文本，不能重新计算。",
        f"{en}: the text of {file} of that time was not kept, so it cannot be counted again.",
    )


def _cannot(found: Found, place: str, why: BaseException) -> None:
    words = words_of(why)
    found.add(whole(place, f"不能重新计算：{words.zh}", f"It cannot be counted again: {words.en}"))
