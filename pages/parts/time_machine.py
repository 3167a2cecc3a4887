"""The time machine of one good: above its inspections, below them what was in force, what the rules said then, what they
say now; a click on a day goes there. What of it was not known yet stands in words beneath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from data.store import Database
from office.days import known_at_from
from office.one_good import Sample
from office.then_and_now.past_words import recorded_later
from office.then_and_now.stretches import Stretch, ThenAndNow, at
from pages.parts import address
from pages.parts.audit_past_one import later_list
from pages.parts.language import _, lang
from pages.parts.looks import ACCENT, INK, OTHER, VERDICTS, day_words, show_chart, time_words, verdict_label
from pages.parts.states import STATES, state_label
from pages.parts.timeline import before, days, instant, levels, marked_day, sample_layers, width

ROW = 38  # pixels of one row of the chart; three are levels of inspections, three are bars
ROWS = 6
SHORTEST_NAMED = 0.085  # of the whole width: a shorter stretch shows its sign only
NOTHING = "–"


def row_names() -> tuple[str, str, str]:
    """What the three bars are called: in force, said then, said now."""
    return _("现行状态"), _("当时判定"), _("现在看")


def show_time_machine(
    samples: Sequence[Sample], story: ThenAndNow, day: date, in_force: date, known_at: str | None = None
) -> None:
    """The chart; a day that is clicked goes into the address. `in_force`: the first day of the rules.

    With a K (`known_at`) the story ends there, and “now” is what was known then.
    """
    key = f"good_time_{day}_{len(story.then)}_{len(story.now)}"
    st.caption(
        _(
            "上面是检验；下面三条：实际的现行状态、按当天所知当时怎样判定、按现在所知怎样判定。≠ 是两者不同的日子。点一下某一天，就看那一天。"
        )
    )
    if known_at is not None:
        when = time_words(known_at, lang())
        st.caption(_("您选了按 {when} 所知来看：图中的“现在看”也只用到那时为止的内容。").format(when=when))
    show_chart(chart(samples, story, day, in_force), key=key, on_select=lambda: _go(key), selection_mode="on")


def chart(samples: Sequence[Sample], story: ThenAndNow, day: date, in_force: date) -> Any:
    """Inspections and bars over the same days, with `day` marked."""
    margin = max((story.last - story.first) // 40, timedelta(days=5))
    span = (story.first - margin, story.last + margin)
    y, last_row = _rows_axis(), row_names()[2]
    layers = [
        width(span),
        *_bars(story, span, y),
        *_otherwise(story, y),
        *before(span[0], in_force, y, last_row),
    ]
    layers += [*sample_layers(samples, y), _each_day(story), *marked_day(day, span)]
    return alt.layer(*layers).properties(height=ROW * ROWS).configure_axis(grid=False)


def _go(key: str) -> None:
    """For `on_select`: the day that was clicked."""
    chosen = st.session_state[key]["selection"].get("on", [])
    if chosen:
        address.put(day=date.fromisoformat(chosen[0]["on"]))


def _rows_axis() -> alt.Y:
    """The rows by name: the levels of inspections, then the bars."""
    return alt.Y(
        "row:N",
        scale=alt.Scale(domain=[*levels(), *row_names()], paddingInner=0.3, paddingOuter=0.15),
        axis=alt.Axis(title=None, labelLimit=160, ticks=False, domain=False),
    )


def _bars(story: ThenAndNow, span: tuple[date, date], y: alt.Y) -> list[Any]:
    """A rectangle per stretch, its sign and words in it where there is room."""
    held, then, now = row_names()
    rows = [
        (held, one.since, one.until, state_label(one.state, overrides=one.overrides), STATES[one.state])
        for one in story.held
    ]
    rows += [
        (name, one.since, one.until, verdict_label(one.verdict), VERDICTS.get(one.verdict, OTHER))
        for name, found in ((then, story.then), (now, story.now))
        for one in found
    ]
    whole = (span[1] - span[0]).days
    frame = pd.DataFrame(
        [
            [
                name,
                instant(since),
                instant(until, 1),
                instant(since + (until - since) // 2),
                words if (until - since).days > SHORTEST_NAMED * whole else words.split(" ")[0],
                look.colour,
            ]
            for name, since, until, words, look in rows
        ],
        columns=["row", "since", "end", "middle", "words", "colour"],
    )
    colour = alt.Color("colour:N", scale=None)
    bars = alt.Chart(frame).mark_rect(opacity=0.24)
    names = alt.Chart(frame).mark_text(fontSize=12, color=INK)
    return [
        bars.encode(days("since"), alt.X2("end:T"), y, colour),
        names.encode(days("middle"), y, text="words:N"),
    ]


def _otherwise(story: ThenAndNow, y: alt.Y) -> list[Any]:
    """The sign ≠ between the two bars, with a line as long as the stretch."""
    if not story.otherwise:
        return []
    frame = pd.DataFrame(
        [
            [
                row_names()[2],
                instant(one.since),
                instant(one.until, 1),
                instant(one.since + (one.until - one.since) // 2),
                "≠",
            ]
            for one in story.otherwise
        ],
        columns=["row", "since", "end", "middle", "words"],
    )
    up = alt.ExprRef(f"-height / {2 * ROWS}")
    line = alt.Chart(frame).mark_rule(color=ACCENT, strokeWidth=2, yOffset=up)
    sign = alt.Chart(frame).mark_text(color=ACCENT, fontWeight="bold", fontSize=14, dy=up)
    return [
        line.encode(days("since"), alt.X2("end:T"), y),
        sign.encode(days("middle"), y, text="words:N"),
    ]


def _each_day(story: ThenAndNow) -> Any:
    """Nothing to see: over the bars every day can be pointed at and clicked."""
    count = (story.last - story.first).days + 1
    each = [story.first + timedelta(days=n) for n in range(count + 1)]
    starts, language = [instant(day) for day in each], lang()
    frame = pd.DataFrame(
        {
            "on": [day.isoformat() for day in each[:count]],
            "since": starts[:count],
            "end": starts[1:],
            "words": [day_words(day, language) for day in each[:count]],
            "held": _day_by_day(
                story, count, story.held, lambda one: state_label(one.state, overrides=one.overrides)
            ),
            "then": _day_by_day(story, count, story.then, lambda one: verdict_label(one.verdict)),
            "now": _day_by_day(story, count, story.now, lambda one: verdict_label(one.verdict)),
        }
    )
    titles = dict(zip(("held", "then", "now"), row_names(), strict=True))
    told = [alt.Tooltip("words:N", title=_("日期"))]
    told += [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]
    clicked = alt.selection_point(name="on", fields=["on"], on="click", toggle=False, empty=False)
    return (
        alt.Chart(frame)
        .mark_rect(opacity=0, cursor="pointer")
        .encode(
            days("since"),
            alt.X2("end:T"),
            y=alt.value(alt.ExprRef("height / 2")),
            y2=alt.value(alt.ExprRef("height")),
            tooltip=told,
        )
        .add_params(clicked)
    )


def _day_by_day(
    story: ThenAndNow, count: int, found: Sequence[Stretch], label: Callable[[Stretch], str]
) -> list[str]:
    """The label of the stretch that holds each of so many days from the story's first on."""
    labels = [NOTHING] * count
    for one in reversed(found):  # where two hold a day, the first says it
        begins, ends = (one.since - story.first).days, (one.until - story.first).days + 1
        within = slice(max(begins, 0), max(min(ends, count), 0))
        labels[within] = [label(one)] * len(labels[within])
    return labels


def not_yet_known(db: Database, subject: str, story: ThenAndNow, day: date, known_at: str | None) -> None:
    """With a K: what was recorded later. Without one: that the day was answered otherwise then, and what came later."""
    differs = at(story.otherwise, day)
    if known_at is not None:
        later = recorded_later(db, subject, known_at, date.max)
        with st.container(border=True, key="good_later"):
            later_list(later, known_at)
            st.caption(_("本页没有用到这些内容。"))
        return
    if differs is None:
        return
    ending = known_at_from(day.isoformat())
    with st.container(border=True, key="good_later"):
        st.markdown(
            _("**这一天当时判定为 {then}，按现在所知是 {now}。**").format(
                then=verdict_label(differs.then), now=verdict_label(differs.now)
            )
        )
        later_list(recorded_later(db, subject, ending, day), ending)
        address.here(
            _("按那一天所知看"), "good_known_then", {"known": day.isoformat()}, icon=":material/history:"
        )
