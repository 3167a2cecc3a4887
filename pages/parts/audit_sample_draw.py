"""抽样检查: from which recorded decisions to draw (kept in the address), how many of them there are, and the drawing."""

from __future__ import annotations

import streamlit as st

from data.problems import StoreProblem
from data.rulekeeping.populations import (
    RESTS,
    Frame,
    people_of_decisions,
    townships_named,
)
from data.store import Database
from office import running
from office.audit import sampling
from office.audit.drawing import STRATA
from office.audit.sampling import LARGEST, LONGEST_SEED, RESTS_WORDS, STRATA_WORDS, Population, Wish
from office.audit.sampling_words import HOW, benefit_titles
from office.casework.asked import Doer
from office.refusal import Refused
from office.signing import LONGEST_TEXT
from pages.parts import address
from pages.parts.audit_sample_words import DONE
from pages.parts.choices import day_or_none, one_or_all
from pages.parts.door import Person
from pages.parts.language import _, _n, say
from pages.parts.looks import verdict_label

PAGE = "audit_sample"
USUAL = 20


def draw_form(db: Database, person: Person) -> None:
    """The filters, what is there to draw from, and the button."""
    st.subheader(_("抽一次样"), anchor=False)
    frame, strata = _asked(db)
    try:
        found = sampling.population(db, frame, strata)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")
        return
    if not found.size:
        st.info(
            _("按这些条件没有存档的判定。请放宽条件，或先在“资格清单”判定并存档。"),
            icon=":material/inventory_2:",
        )
        return
    _there(db, found, strata)
    _form(person, frame, strata)


def _asked(db: Database) -> tuple[Frame, str]:
    benefits, verdicts = sampling.there_are(db)
    titles = benefit_titles(db)
    first, second = st.columns(4), st.columns(4)
    with first[0]:
        since = day_or_none(PAGE, "since", _("判定日自"))
    with first[1]:
        until = day_or_none(PAGE, "until", _("判定日至"))
    with first[2]:
        township = one_or_all(PAGE, "township", _("乡镇"), townships_named(db))
    with first[3]:
        benefit = one_or_all(PAGE, "benefit", _("帮扶"), {name: say(titles[name]) for name in benefits})
    with second[0]:
        verdict = one_or_all(PAGE, "verdict", _("判定"), {name: verdict_label(name) for name in verdicts})
    with second[1]:
        rests = one_or_all(PAGE, "rests", _("依据它的处理"), {name: say(RESTS_WORDS[name]) for name in RESTS})
    with second[2]:
        names = people_of_decisions(db)
        whose = one_or_all(PAGE, "person", _("存档或办理人"), dict(zip(names, names, strict=True)))
    with second[3]:
        strata = one_or_all(
            PAGE,
            "strata",
            _("分层"),
            {name: say(STRATA_WORDS[name]) for name in STRATA},
            every=say(STRATA_WORDS[""]),
        )
    frame = Frame(
        since.isoformat() if since else "",
        until.isoformat() if until else "",
        benefit=benefit,
        township=township,
        verdict=verdict,
        rests=rests,
        person=whose,
    )
    return frame, strata


def _there(db: Database, found: Population, strata: str) -> None:
    """How many decisions there are, in all and in each stratum; never which would be drawn."""
    told = _n("符合条件的存档判定 {n} 条。", found.size)
    if strata:
        names = townships_named(db)
        parts = [
            f"{names.get(name, name) if strata == 'township' else verdict_label(name)} {count:,}"
            for name, count in found.strata.items()
        ]
        told = f"{told}{_('其中：')}{_('，').join(parts)}{_('。')}"
    st.caption(told)


def _form(person: Person, frame: Frame, strata: str) -> None:
    drawn = st.session_state.get("audit_sample_drawn", 0)  # after each drawing the fields begin blank
    with st.form("audit_sample_form", border=True):
        left, middle, right = st.columns([1, 1.4, 2.6])
        size = left.number_input(
            _("每层抽几条") if strata else _("抽几条"),
            1,
            LARGEST,
            USUAL,
            key="audit_sample_size",
        )
        seed = middle.text_input(
            _("种子（空白则随机生成）"),
            key=f"audit_sample_seed_{drawn}",
            max_chars=LONGEST_SEED,
            help=say(HOW),
        )
        remark = right.text_input(
            _("备注（可以空白）"), key=f"audit_sample_remark_{drawn}", max_chars=LONGEST_TEXT
        )
        pressed = st.form_submit_button(_("抽取"), icon=":material/casino:")
        st.caption(_("抽到哪些，抽取以后才知道；每一次抽取都编号留存，不能改、不能删。"))
    if pressed:
        _draw(person, Wish(frame, int(size), strata, seed, remark))


def _draw(person: Person, wish: Wish) -> None:
    try:
        done = sampling.draw(running.writer(), wish, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state["audit_sample_drawn"] = done.id
    st.session_state[DONE] = _("{number}：已抽取 {n} 条，种子 {seed}。").format(
        number=done.number, n=len(done.drawn), seed=done.seed
    )
    address.go("audit", view="sample", sample=done.number)
