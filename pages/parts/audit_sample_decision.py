"""抽样检查: one recorded decision: its slip as of then, decided again, its evidence, what was done on it, what was noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from data.casework.acts import Act
from data.one_good import about_good, versions_about
from data.rulekeeping.populations import Kept
from data.rulekeeping.samples import Finding, Sample
from data.store import Database
from office.audit.again import WAYS, Again, decided_again, explained_then
from office.casework.in_force import in_force
from office.one_good import samples_of
from office.refusal import Refused
from pages.parts import address
from pages.parts.audit_sample_note import show_notes
from pages.parts.door import Person
from pages.parts.evidence import show_evidence
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words, time_words, verdict_label
from pages.parts.slip import show_slip
from pages.parts.states import kind_words, override_words, state_words
from pages.parts.tables import table_height
from rules.facts import GOOD_FACTS
from rules.program import Program
from rules.slip import value_words


def show_decision(
    db: Database,
    sample: Sample,
    kept: Kept,
    acts: Sequence[Act],
    noted: Sequence[Finding],
    person: Person,
    next_open: int | None,
) -> None:
    """Everything about one drawn decision; `next_open` is the next one that nobody has looked at."""
    st.subheader(
        _("判定 {id}：{good}，{day}").format(
            id=kept.id, good=kept.subject, day=day_words(kept.as_of, lang())
        ),
        anchor=False,
    )
    _where(kept)
    left, right = st.columns([1.15, 1], gap="medium")
    with left:
        program = _slip(db, kept)
    with right:
        _decided_again(program, decided_again(db, kept))
        _acts(acts)
        show_notes(sample, kept.id, noted, person)
        if next_open is not None:
            address.here(
                _("下一条未看的"),
                "audit_sample_next",
                {"decision": next_open},
                icon=":material/skip_next:",
                plain=False,
            )
    st.markdown(f"**{_('存档时依据的检验')}**")
    _evidence(db, kept)


def _where(kept: Kept) -> None:
    st.caption(
        _(
            "{who}于 {at} 存档（第 {run} 次，规则指纹 {rule}），截至 {known} 所知。{product}，{township}{village}。"
        ).format(
            who=kept.recorded_by,
            at=time_words(kept.recorded_at, lang()),
            run=kept.run,
            rule=kept.digest[:8],
            known=time_words(kept.known_at, lang()),
            product=kept.product_name,
            township=kept.township_name,
            village=kept.village_name,
        )
    )
    address.link(
        "good",
        _("在“一户一品”按当时看"),
        icon=":material/history:",
        subject=kept.subject,
        benefit=kept.benefit,
        day=kept.as_of,
        known=kept.known_at,
    )


def _slip(db: Database, kept: Kept) -> Program | None:
    try:
        program, explained = explained_then(db, kept)
    except Refused as refused:
        st.error(say(refused.words), icon=":material/error:")
        return None
    held = in_force(db, kept.subject, kept.benefit, kept.as_of, kept.known_at)
    show_slip(program, explained.slips[0], explained.answers.values, None, held)
    return program


def _decided_again(program: Program | None, ways: Sequence[Again]) -> None:
    """The recorded verdict beside what each way gives; the facts that differ are named."""
    st.markdown(f"**{_('再判定一次')}**")
    rows = [
        {
            "same": _("✔ 相同") if one.same else _("≠ 不同"),
            "verdict": verdict_label(one.verdict) if one.verdict else "–",
            "way": say(WAYS[one.way]),
            "why": say(one.refused) if one.refused else _differences(program, one),
        }
        for one in ways
    ]
    frame = pd.DataFrame(rows)
    st.dataframe(
        frame if frame["why"].any() else frame.drop(columns="why"),
        hide_index=True,
        height=table_height(len(ways), 3),
        key="audit_sample_decided_again",
        column_config={
            "same": st.column_config.TextColumn(_("与存档")),
            "verdict": st.column_config.TextColumn(_("判定")),
            "way": st.column_config.TextColumn(_("怎样判定")),
            "why": st.column_config.TextColumn(_("不同的事实")),
        },
    )


def _differences(program: Program | None, one: Again) -> str:
    told = []
    for name, (then, now) in one.facts.items():
        fact = GOOD_FACTS.get(name)
        latch = program.latches[name].text if program and name in program.latches else None
        title = say(fact.title) if fact and fact.title else say(latch) if latch else name
        told.append(f"{title} {say(value_words(then))} → {say(value_words(now))}")
    return _("；").join(told)


def _acts(acts: Sequence[Act]) -> None:
    st.markdown(f"**{_('依据它的处理')}**")
    if not acts:
        st.caption(_("没有处理依据这条判定。"))
        return
    for act in acts:
        mark = f" **{override_words()}**" if act.overrides else ""
        state = (
            _("，自{day}起{state}").format(
                day=day_words(date.fromisoformat(act.effective_on), lang()), state=state_words(act.state)
            )
            if act.state and act.effective_on
            else ""
        )
        st.markdown(
            f"{day_words(date.fromisoformat(act.done_on), lang())}　{kind_words(act.kind)}{state}　{act.recorded_by}{mark}"
        )
        if act.reason:
            st.text(_("理由：{reason}").format(reason=act.reason))


def _evidence(db: Database, kept: Kept) -> None:
    about = about_good(db, kept.subject, kept.known_at)
    if about is None:
        st.info(_("当时的登记里没有这个农产品。"), icon=":material/info:")
        return
    versions = versions_about(db, about["entity"], kept.known_at)
    show_evidence(samples_of(versions, set(kept.evidence), kept.subject, kept.as_of))
