"""What of a reported figure is different by now, place by place, in words and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.register import register
from office.targets.reporting import Compared
from office.targets.status_words import STATUS_WORDS
from pages.parts.language import _, say
from pages.parts.targets_words import money, month_label, number, pace_words, with_unit
from rules.target import Target

ELSEWHERE = (
    "months",
    "years",
    "definition",
)  # lists are gone through one by one; the definition has its own sentence


def changed_rows(target: Target, one: Compared, places: Mapping[str, str]) -> list[dict[str, str]]:
    """A row per place that differs: what it is, as reported, and now. `places`: townships' names by code."""
    now = one.now or {}
    found = [
        (_where(parts, places), _said(target, parts, change.was), _said(target, parts, change.now))
        for change in one.changes
        if (parts := change.place.split("."))[0] not in ELSEWHERE
    ]
    for kind in (_months, _years):
        before, after = kind(target, one.reported.figures), kind(target, now)
        for name in dict.fromkeys([*before, *after]):
            found.append((name, before.get(name, "—"), after.get(name, "—")))
    return [
        {_("内容"): where, _("上报时"): was, _("现在"): is_now}
        for where, was, is_now in found
        if was != is_now
    ]


def _where(parts: Sequence[str], places: Mapping[str, str]) -> str:
    """A place in the frozen figures in words: by_township.653128100.value."""
    words = {
        "actual": _("实际"),
        "value": _("分子"),
        "of": _("分母"),
        "status": _("状态"),
        "projected": _("期限时预计"),
        "needed_per_month": _("还需每月"),
        "compound": _("年均（复合）"),
        "goal": _("目标值"),
        "by_township": _("乡镇"),
        "rows": _("行数"),
        "at_deadline": _("期限当天"),
        "beside": _("另列"),
        "persons": _("不重复人数"),
        "": _("不属任何乡镇"),
        **places,
    }
    if len(parts) > 1 and parts[-2] == "rows":
        return " · ".join([*(words.get(part, part) for part in parts[:-1]), say(register(parts[-1]).title)])
    return " · ".join(words.get(part, part) for part in parts)


def _said(target: Target, parts: Sequence[str], value: Any) -> str:
    """A frozen value as the page shows such a figure."""
    name = parts[-1]
    if value is None:
        return "—"
    if name == "status":
        return say(STATUS_WORDS[value])
    if name == "needed_per_month":
        return pace_words(target, Decimal(value))
    if name in ("actual", "compound", "projected", "goal"):
        return with_unit(target, Decimal(value))
    if name in ("value", "of"):
        return _amount(target, value)
    return number(value) if isinstance(value, int) else str(value)


def _amount(target: Target, value: int | None) -> str:
    if value is None:
        return "—"
    return money(value) if target.is_growth else number(value)


def _months(target: Target, figures: Mapping[str, Any]) -> dict[str, str]:
    months = figures.get("months") or {"first": 0, "values": ()}
    return {
        _("各月") + " · " + month_label(months["first"] + at): _monthly(target, value)
        for at, value in enumerate(months["values"])
    }


def _monthly(target: Target, value: Any) -> str:
    return _amount(target, value) if value is None or isinstance(value, int) else str(value)


def _years(target: Target, figures: Mapping[str, Any]) -> dict[str, str]:
    """This year's sum beside that of the same months of the year before."""
    return {
        _("各年") + f" · {one['year']}": _("{value} / {of}").format(
            value=_amount(target, one["value"]), of=_amount(target, one["of"])
        )
        for one in figures.get("years", ())
    }
