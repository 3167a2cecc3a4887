"""抽样检查: one sample: how it was drawn, how far it is, its decisions, and the one that is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from data.casework.acts import Act
from data.rulekeeping.populations import Kept, kept_decisions
from data.rulekeeping.samples import Finding, Sample, acts_resting_on, findings_of
from data.store import Database
from office import running
from office.audit.findings import OPEN, STATES, latest, state
from office.audit.sample_sheet import sample_xlsx
from office.audit.sampling import drawn_again, frame_of
from office.audit.sampling_words import HOW, benefit_titles, sample_words, size_words
from pages.parts import address
from pages.parts.audit_sample_decision import show_decision
from pages.parts.audit_sample_words import state_label
from pages.parts.choices import one_of_few
from pages.parts.door import Person
from pages.parts.files import XLSX
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words, time_words, verdict_label
from pages.parts.states import OVERRIDE, kind_words, override_words
from pages.parts.tables import row_hint, table_height

MOST_ROWS, FEW_ROWS = 12, 5  # a decision that is looked at stands below the table
ALL = "all"


def show_sample(db: Database, sample: Sample, person: Person) -> None:
    """Head, progress, table, and the decision that the address names."""
    found = findings_of(db, sample.id)
    newest = latest(found)
    _head(db, sample)
    kept = kept_decisions(db, sample.drawn, frame_of(sample).known_at)
    shown = _shown(sample, newest)
    resting = acts_resting_on(db, sample.drawn)
    numbers = [str(number) for number in sample.drawn]
    chosen = address.one_of("decision", numbers, None)
    if shown:
        rows = MOST_ROWS if chosen is None else FEW_ROWS
        _table(db, [kept[number] for number in shown], newest, resting, rows)
    else:
        st.info(_("没有这样的判定。"), icon=":material/filter_alt_off:")
    if chosen is None:
        return
    one = kept[int(chosen)]
    noted = [each for each in found if each.decision_id == one.id]
    show_decision(db, sample, one, resting.get(one.id, []), noted, person, _next_open(sample, newest, one.id))


def _head(db: Database, sample: Sample) -> None:
    """What it was drawn from and how; the ways back and out."""
    left, back, export = st.columns([6, 1.3, 1.3], vertical_alignment="center")
    when = day_words(date.fromisoformat(sample.done_on), lang())
    left.html(
        f"<b>{escape(sample.number)}</b>　{when}　{escape(sample.recorded_by)}<br>"
        f"{_('抽自')}{_('：')}{escape(say(sample_words(db, sample)))}　{escape(say(size_words(sample)))}"
    )
    with back:
        address.here(_("全部抽样"), "audit_sample_back", {}, icon=":material/arrow_back:", keeping=("view",))
    export.download_button(
        _("导出 Excel"),
        data=lambda: _file(sample),
        file_name=f"{sample.number}.xlsx",
        mime=XLSX,
        key="audit_sample_export",
        on_click="ignore",
        icon=":material/download:",
    )
    with st.expander(_("怎样抽的，怎样重抽"), key="audit_sample_how"):
        _how(db, sample)


def _how(db: Database, sample: Sample) -> None:
    lines = {
        _("种子"): sample.seed,
        _("总体"): _("{n} 条判定，编号不大于 {last}，截至 {at} 所知").format(
            n=f"{sample.population:,}",
            last=sample.asked["last"],
            at=time_words(str(sample.asked["known_at"]), lang()),
        ),
        _("总体摘要"): sample.population_digest,
        _("链号"): str(sample.recorded_seq),
        _("备注"): sample.remark or "",
    }
    rows = "".join(
        f'<span style="color:#46525f">{escape(name)}</span><span style="overflow-wrap:anywhere">{escape(value)}</span>'
        for name, value in lines.items()
        if value
    )
    st.html(f'<div style="display:grid;grid-template-columns:auto 1fr;gap:.1rem .75rem">{rows}</div>')
    st.caption(say(HOW))
    if st.button(_("现在重抽一遍，对照"), key="audit_sample_again", icon=":material/replay:"):
        population, drawn = drawn_again(db, sample)
        if population and drawn:
            st.success(_("重抽一致：总体相同，抽到的判定相同。"), icon=":material/check_circle:")
        else:
            st.error(
                _("重抽不一致：{what}。请运行全部复核。").format(
                    what=_("抽到的判定不同") if population else _("总体不同")
                ),
                icon=":material/error:",
            )


def _file(sample: Sample) -> bytes:
    with running.reader() as db:
        return sample_xlsx(db, sample)


def _shown(sample: Sample, newest: Mapping[int, Finding]) -> list[int]:
    """Progress, and which decisions to show by how they stand."""
    states = {number: state(newest.get(number)) for number in sample.drawn}
    counts = {kind: list(states.values()).count(kind) for kind in STATES}
    looked_at = len(sample.drawn) - counts[OPEN]
    st.progress(
        looked_at / len(sample.drawn),
        text=_("已看 {n} 条，共 {all} 条；发现问题 {problems} 条").format(
            n=looked_at, all=len(sample.drawn), problems=counts["finding"]
        ),
    )
    words = {ALL: f"{_('全部')} {len(sample.drawn)}"} | {
        kind: f"{state_label(kind)} {counts[kind]}" for kind in STATES
    }
    chosen = one_of_few("state", "audit_sample_state", _("哪些"), words, ALL)
    return [number for number, kind in states.items() if chosen in (ALL, kind)]


def _table(
    db: Database,
    shown: Sequence[Kept],
    newest: Mapping[int, Finding],
    resting: Mapping[int, Sequence[Act]],
    rows: int,
) -> None:
    titles = benefit_titles(db)
    st.session_state["audit_sample_shown"] = [one.id for one in shown]
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "state": state_label(state(newest.get(one.id))),
                    "day": one.as_of.isoformat(),
                    "good": one.subject,
                    "product": one.product_name,
                    "township": one.township_name,
                    "benefit": say(titles[one.benefit]),
                    "verdict": verdict_label(one.verdict),
                    "acts": _("、").join(map(_act, resting.get(one.id, []))),
                    "by": one.recorded_by,
                    "id": one.id,
                }
                for one in shown
            ]
        ),
        hide_index=True,
        height=table_height(len(shown), rows),
        key="audit_sample_rows",
        on_select=_choose,
        selection_mode="single-row",
        column_config={
            "state": st.column_config.TextColumn(_("检查结果")),
            "day": st.column_config.TextColumn(_("判定日")),
            "good": st.column_config.TextColumn(_("农产品")),
            "product": st.column_config.TextColumn(_("产品")),
            "township": st.column_config.TextColumn(_("乡镇")),
            "benefit": st.column_config.TextColumn(_("帮扶")),
            "verdict": st.column_config.TextColumn(_("判定")),
            "acts": st.column_config.TextColumn(_("依据它的处理"), help=override_words()),
            "by": st.column_config.TextColumn(_("存档人")),
            "id": st.column_config.NumberColumn(_("判定编号"), format="%d"),
        },
    )
    st.caption(row_hint(_("看这一条判定")))


def _act(act: Act) -> str:
    return f"{kind_words(act.kind)}{' ' + OVERRIDE if act.overrides else ''}"


def _choose() -> None:
    rows = st.session_state["audit_sample_rows"]["selection"]["rows"]
    if rows:
        address.put(decision=st.session_state["audit_sample_shown"][rows[0]])


def _next_open(sample: Sample, newest: Mapping[int, Finding], after: int) -> int | None:
    """The next decision in the order of drawing that nobody has looked at yet, from the beginning again at the end."""
    at = sample.drawn.index(after)
    rest = (*sample.drawn[at + 1 :], *sample.drawn[:at])
    return next((number for number in rest if number not in newest), None)
