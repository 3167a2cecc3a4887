"""Figures that were reported, bulletins and assessments, counted again as of their day and with what was known then.

Each is counted by the texts of targets.toml and assessment.toml that it names. Reports of before these were kept name what
may be gone: that is a note.
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
from office.reports.texts_kept import counting_by, not_kept
from office.targets.measuring import measured_anew
from office.targets.reporting import changes, figures_of
from rules.load_assessment import assessment

NO_BENEFIT = Words("", "")
TEXT = "text"  # what people wrote beside the figures


@dataclass
class Reports:
    """Counts reports of one database again; the figures of one day and instant are counted once."""

    db: Database
    _counted: dict[tuple[str, str, str], Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def figures(self, number: int) -> Found:
        """A reported figure."""
        found = Found()
        one = next(one for one in reported_figures(self.db) if one.id == number)
        told = {"targets": one.digest}
        if missing := not_kept(self.db, told):
            _not_kept(found, missing, f"{one.target}（{one.as_of}）", f"{one.target} ({one.as_of})")
            return found
        place = f"reported_figures {one.id}"
        try:
            with counting_by(self.db, told):
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
        key = one.as_of, one.known_at, one.digest
        if key not in self._counted:
            standings = measured_anew(self.db, date.fromisoformat(one.as_of), one.known_at)
            self._counted = {key: {each.target.name: figures_of(each) for each in standings}}
        return self._counted[key]

    def bulletin(self, number: int) -> Found:
        """A bulletin. One that does not name its file of targets is counted by today's; a difference there is a note."""
        found = Found()
        one = next(one for one in bulletins(self.db) if one.id == number)
        named = dict(one.context.get("digests", {}))
        told = {"assessment": named.get("assessment"), **named}
        if missing := not_kept(self.db, told):
            _not_kept(found, missing, one.number, one.number)
            return found
        try:
            with counting_by(self.db, told):
                now = flat_bulletin(figures(self.db, one.month, one.known_at), "", "")
        except (*CANNOT, *BROKEN) as why:
            _cannot(found, f"bulletins {one.id}", why)
            return found
        changed = [each for each in differences(one.context["figures"], now) if each.place != TEXT]
        unnamed = "targets" not in told
        of_targets = [each for each in changed if unnamed and each.place.startswith(TARGET)]
        _tell(found, f"bulletins {one.id}", one, [each for each in changed if each not in of_targets])
        if of_targets:
            _not_kept(found, ("targets",), one.number, one.number)
        return found

    def assessment(self, number: int) -> Found:
        """An assessment. One that does not name its file of targets is counted by today's; see `bulletin`."""
        found = Found()
        one = next(one for one in assessments(self.db) if one.id == number)
        kept = one.scores.get("digests", {}) if isinstance(one.scores, dict) else {}
        told = {"assessment": one.digest, **kept}
        if missing := not_kept(self.db, told):
            _not_kept(found, missing, one.number, one.number)
            return found
        period = Period(int(one.period_to[:4]), one.period_to[:7])
        try:
            with counting_by(self.db, told):
                now = flat_scores(score(self.db, period, one.known_at), one.remark or "")
                items = assessment().items.values()
        except (*CANNOT, *BROKEN) as why:
            _cannot(found, f"assessments {one.id}", why)
            return found
        changed = list(differences(one.scores["flat"], now))
        targets = {f"{item.name}." for item in items if item.target}
        if "targets" not in told and any(each.figure.startswith(tuple(targets)) for each in changed):
            _not_kept(found, ("targets",), one.number, one.number)
        else:
            _tell(found, f"assessments {one.id}", one, changed)
        return found


def _tell(found: Found, place: str, one: Issued | Assessed, changed: list[Difference]) -> None:
    for each in changed:
        part = _place_words(f"{each.place}.{each.figure}"), text_of(each.was), text_of(each.now)
        found.add(differing(place, one.number, NO_BENEFIT, *part, "registers"))


def _place_words(place: str) -> Words:
    return Words(f"数据 {place}", f"figure {place}")


def _not_kept(found: Found, names: tuple[str, ...], zh: str, en: str) -> None:
    files = [f"rules/{name}.toml" for name in names]
    found.note(
        f"{zh}：当时的 {'、'.join(files)} 没有留存文本，不能重新计算。",
        f"{en}: the text of {', '.join(files)} of that time was not kept, so it cannot be counted again.",
    )


def _cannot(found: Found, place: str, why: BaseException) -> None:
    words = words_of(why)
    found.add(whole(place, f"不能重新计算：{words.zh}", f"It cannot be counted again: {words.en}"))
