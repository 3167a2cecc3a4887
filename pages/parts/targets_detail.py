"""One target: where it stands, its way to the deadline, what exactly is counted and on which words of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from office import running
from office.rulekeeping.said_of_readings import said_in_file
from office.targets.figures_shown import decimal_of
from office.targets.measuring import Standing
from office.targets.what_if import Points, back_tested
from pages.parts import address
from pages.parts.frame import page_titles
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import STATUSES, day_words
from pages.parts.targets_chart import show_ways
from pages.parts.targets_words import (
    actual_words,
    deadline_words,
    goal_words,
    method_words,
    needed_words,
    part_words,
    projected_words,
    reached_words,
    status_label,
    with_unit,
)
from rules.plan import clause
from rules.program import Citation
from rules.projecting import BackTest
from rules.slip import Said
from rules.target import Target


def show_head(points: Points, name: str) -> None:
    """Title, status and the figures that matter, in one row."""
    standing, course = points.standings[name], points.observed[name]
    colour = STATUSES[standing.status].colour
    st.html(
        f'<div style="font-size:1.15rem;font-weight:700">{say(standing.target.title)} &nbsp;'
        f'<span style="color:{colour}">{status_label(standing.status)}</span></div>'
    )
    figures = [
        (_("目前"), actual_words(standing), part_words(standing)),
        (_("目标值"), goal_words(standing), deadline_words(standing)),
        (
            _("还需每月"),
            needed_words(standing),
            _needed_note(standing),
        ),
        (
            _("期限时预计") if standing.at_deadline is None else _("期限时"),
            projected_words(course)
            if standing.at_deadline is None
            else with_unit(standing.target, standing.projected),
            reached_words(course),
        ),
        *_beside(standing),
    ]
    for column, (title, value, note) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(title, value, help=None)
        column.caption(note or "　")


def show_way(points: Points, name: str) -> None:
    """The chart, and beside it in words how the months ahead were made and how well that has worked."""
    standing, course = points.standings[name], points.observed[name]
    if standing.counted.value is None:
        no_data(standing)
        return
    show_ways({_("按现有速度"): course}, "targets_way")
    st.caption(f"{method_words(course)}{tested_words(back_tested(course.start))}")
    told = _("换一个速度会怎样：去“假设”里试")
    address.here(told, "targets_try", {"view": "what-if", "targets": [name]}, icon=":material/tune:")


def no_data(standing: Standing) -> None:
    """What to enter, and where."""
    st.info(
        _("没有数据，不等于零。请在台账里录入或导入有关登记簿：{what}").format(
            what=say(standing.target.definition)
        ),
        icon=":material/inbox:",
    )
    if "registers" in page_titles():
        address.link("registers", _("去台账"), icon=":material/table_rows:")


def tested_words(found: Sequence[BackTest]) -> str:
    """How far the method was off, tried on months known by now."""
    told = [
        _("{n} 个月前推算的误差 {error}%").format(n=one.horizon, error=decimal_of(100 * one.error))
        for one in found
        if one.error is not None
    ]
    return (
        _("用已知月份检验：{told}。").format(told=_("、").join(told))
        if told
        else _("已知月份太少，还不能检验推算的误差。")
    )


def show_years(standing: Standing) -> None:
    """同比 of every year, and 年均 since the baseline."""
    if not standing.target.is_growth:
        return
    rows = [
        {
            "year": str(one.year)
            if one.whole
            else _("{year}（{n} 个月）").format(year=one.year, n=one.months),
            "value": one.value / 1_000_000,
            "of": one.of / 1_000_000,
            "percent": _("无基期") if one.percent is None else f"{one.percent:+}%",
        }
        for one in standing.years
    ]
    st.subheader(_("各年同比"), anchor=False)
    if not rows:
        st.caption(_("还没有可以比较的两个年度。"))
        return
    config = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        column_config={
            "year": config.TextColumn(_("年度")),
            "value": config.NumberColumn(_("本年（万元）"), format="accounting"),
            "of": config.NumberColumn(_("上年同月（万元）"), format="accounting"),
            "percent": config.TextColumn(_("同比")),
        },
    )
    if standing.compound is not None and standing.target.baseline is not None:
        told = _("自 {year} 年以来年均（复合）{percent}%。").format(
            year=standing.target.baseline.year, percent=f"{standing.compound:+}"
        )
        st.caption(told)


def show_definition(standing: Standing, day: date) -> None:
    """What is counted, in words, and every part with the plan's sentence and how it is read."""
    target = standing.target
    st.markdown(say(target.definition))
    rows = [
        ("target", _("出处"), "", target.citation),
        ("goal", _("目标值"), goal_words(standing), target.goal_citation),
        ("progress", _("怎样算进度"), _progress_words(target), target.progress_citation),
    ]
    if target.deadline is not None:
        rows.append(("deadline", _("期限"), deadline_words(standing), target.deadline.citation))
    if target.counted_from is not None:
        since = day_words(target.counted_from.day, lang())
        rows.append(("counted_from", _("起算日"), since, target.counted_from.citation))
    if target.baseline is not None:
        rows.append(("baseline", _("基期"), str(target.baseline.year), target.baseline.citation))
    if target.denominator is not None:
        on = target.denominator.day
        when = _("按 {day} 的名单").format(day=day_words(on, lang())) if on else _("按当天")
        rows.append(
            (
                "denominator",
                _("分母"),
                _("{what}（{when}）").format(what=say(target.denominator.of), when=when),
                target.denominator.citation,
            )
        )
    if target.looks_back is not None:
        months = _n("最近 {n} 个月", target.looks_back.months_on(day))
        rows.append(("looks_back", _("往回看"), months, target.looks_back.citation))
    with running.reader() as db:
        said = said_in_file(db, "targets", day)
    frame = pd.DataFrame(
        [_cited(part, value, cited, said.get(_key(kind, target))) for kind, part, value, cited in rows]
    )
    st.table(frame.set_index(_("内容")))
    cited = clause(target.citation.clause)
    sentence = next((s for s in cited.sentences if target.citation.quote in s), None) if cited else None
    if sentence:
        st.caption(_("方案 {clause}：{sentence}").format(clause=target.citation.clause, sentence=sentence))


def reading_words(reading: str, said: Said | None = None) -> str:
    """Whether the plan says it or the office reads it so, and what the leading group said of that."""
    if reading == "text":
        return _("方案原文")
    return _("办公室口径，待确认") if said is None else _("办公室口径") + _("，") + say(said.words)


def _key(kind: str, target: Target) -> str:
    """What a part of the target is called in confirmations (office/cited.py)."""
    return f"{kind}:{target.name}" + ("" if kind == "target" else f".{kind}")


def _cited(part: str, value: str, citation: Citation, said: Said | None) -> dict[str, str]:
    return {
        _("内容"): part,
        _("取值"): value,
        _("口径"): reading_words(citation.reading, said),
        _("条款"): citation.clause,
        _("方案原话"): citation.quote,
        _("说明"): citation.note,
    }


def _progress_words(target: Target) -> str:
    return {
        "stock": _("看当天有多少"),
        "cumulative": _("累计"),
        "year_on_year": _("与上年同期比（同比）"),
        "compound": _("自基期年起的年均（复合）"),
    }[target.progress]


def _needed_note(standing: Standing) -> str:
    if standing.needed_per_month is None:
        return _("期限已过") if standing.at_deadline is not None else ""
    return _("到年底的各月平均") if standing.target.is_growth else _("到期限为止")


def _beside(standing: Standing) -> list[tuple[str, str, str]]:
    """年均 of a growth, the distinct persons of a training."""
    found = []
    if standing.target.is_growth:
        compound = standing.compound
        found.append(
            (
                _("年均（复合）"),
                with_unit(standing.target, compound) if compound is not None else "—",
                _("与同比并列"),
            )
        )
    persons = standing.counted.beside.get("persons")
    if persons is not None:
        found.append((_("不重复人数"), _n("{n} 人", persons), _("一人多次只算一人")))
    return found
