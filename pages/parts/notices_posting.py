"""Posting a notice: what it is about, exactly what will hang on the wall, and only then the button."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.casework import public_notices
from data.people import Person
from data.problems import StoreProblem
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.notices.publishing import KINDS, MOST_DAYS, Asked, Preview, post, preview, said
from office.paperwork.letterhead import letterhead
from office.refusal import Refused
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.language import _, _n, lang, say
from pages.parts.letterhead import say_missing
from pages.parts.looks import day_words
from pages.parts.notices_lines import period_words, wall_table
from pages.parts.notices_steps import DONE
from rules.procedure import procedure

PRESSED = "notices_post_pressed"


def posting(db: Database, person: Person) -> None:
    """The whole panel. It is posted on the office's own day, whatever day the page is seen on."""
    day = running.working_day()
    if address.the_day() != day:
        st.caption(_("公示总是从办公室的工作日 {day} 起发布。").format(day=day_words(day, lang())))
    kind = one_of_few("kind", "notices_kind", _("公示什么"), _kinds(), "packaging")
    asked = _asked(db, kind, day)
    try:
        ready = preview(db, asked, day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/campaign:")
        return
    st.markdown(_sentence(ready))
    wall_table(ready.kind, [said(line.published) for line in ready.lines], "notices_preview")
    st.caption(_("只写这些：姓名只留首字，户编号只留后四位；不写检验情况，也不写谁失去了什么。"))
    _post(db, person, asked, ready)


def _kinds() -> dict[str, str]:
    return {kind: say(words) for kind, words in KINDS.items()}


def _asked(db: Database, kind: str, day: date) -> Asked:
    left, right, _rest = st.columns([2, 2, 3], vertical_alignment="bottom")
    days = left.number_input(
        _("公示天数"),
        min_value=1,
        max_value=MOST_DAYS,
        value=procedure(day)["public_notice_days"],
        key="notices_days",
        help=_("日历天，发布当天算第一天。默认值是办公室口径，见“规则”页。"),
    )
    if kind == "packaging":
        since = right.date_input(
            _("自哪天起给予的"),
            value=None,
            key="notices_since",
            format="YYYY-MM-DD",
            max_value=day,
            help=_("留空：所有还没有公示过的。"),
        )
        return Asked(kind, since=since, days=int(days))
    numbers = [number for _id, number in public_notices.settlements_unpublished(db)]
    chosen = right.selectbox(
        _("哪一次结算"), numbers, key="notices_settlement", placeholder=_("没有待公示的结算")
    )
    return Asked(kind, settlement=chosen, days=int(days))


def _sentence(ready: Preview) -> str:
    return _("将公示 **{period}** 的内容，从 **{first}** 到 **{last}**，共 **{days}** 天：").format(
        period=period_words(ready.kind, ready.period_from, ready.period_to),
        first=day_words(ready.posted_on, lang()),
        last=day_words(ready.ends_on, lang()),
        days=ready.days,
    )


def _post(db: Database, person: Person, asked: Asked, ready: Preview) -> None:
    """Where it hangs and the office's telephone, and the button; `PRESSED` is what was on screen when it was pressed."""
    say_missing(asked_here=("phone",))
    place, phone = st.columns(2)
    last = next(iter(public_notices.notices(db)), None)
    where = place.text_input(
        _("张贴地点 *"), value=last.place if last else "", key="notices_place", max_chars=100
    )
    number = phone.text_input(
        _("办公室电话 *"),
        value=letterhead(db).phone or (last.phone if last else ""),
        key="notices_phone",
        max_chars=100,
        help=_("写办公室的座机，不要写个人手机号。"),
    )
    st.button(
        _n("发布公示（{n} 户）", len(ready.lines)),
        key="notices_post",
        type="primary",
        icon=":material/campaign:",
        on_click=_pressed,
        args=(ready.digest,),
    )
    if seen := st.session_state.pop(PRESSED, None):
        _do(person, asked, where, number, seen)


def _pressed(digest: str) -> None:
    st.session_state[PRESSED] = digest


def _do(person: Person, asked: Asked, place: str, phone: str, seen: str) -> None:
    try:
        posted = post(
            running.writer(),
            asked,
            doer=Doer(person.name, person.role),
            phone=phone,
            place=place,
            seen=seen,
        )
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = _("公示 {number} 已发布，到 {until} 为止。").format(
        number=posted.number, until=day_words(posted.ends_on, lang())
    )
    address.go("notices")
