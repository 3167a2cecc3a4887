"""The answers of the day in the address, or a calm panel that says why there are none and what to do next."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

import streamlit as st

from data.store import Database
from office.answering import answers_on, names_of_goods
from office.deciding import Answers
from office.refusal import Refused
from pages.parts import address
from pages.parts.door import Person
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words


def answers_or_stop(db: Database, day: date, person: Person) -> Answers:
    """Every good's answer on the day; where there is none to show the page ends with the way out."""
    try:
        answers = answers_on(db, day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/event_busy:")
        _back_to_own_day(day)
    if answers.subjects.size:
        return answers
    if len(names_of_goods(db)):
        shown = day_words(day, lang())
        st.info(
            _("到{day}还没有登记任何农产品，这一天没有判定。").format(day=shown), icon=":material/event_busy:"
        )
        _back_to_own_day(day)
    _nothing_registered(person)


def _back_to_own_day(day: date) -> NoReturn:
    own = st.session_state["working_day"]
    if day != own and st.button(_("看{day}").format(day=day_words(own, lang())), key="day_answers_own"):
        address.put(day=None)
        st.rerun()
    st.stop()


def _first_steps_of_an_administrator() -> None:
    """Who registers nothing is told how the others come in."""
    st.markdown(
        _(
            "1. 在“人员与账号”新增录入员、审核员，再设一位管理员；每人得到一个一次性代码，用它登录并自己设密码。\n"
            "2. 在“备份与体检”做第一次备份，照“体检”里写的办完。\n"
            "3. 台账由录入员、审核员导入；导入以后“目标”里就有数。"
        )
    )
    address.link("people", _("去新增人员"), icon=":material/person_add:", view="add")
    address.link("system", _("去备份"), icon=":material/save:")


def _nothing_registered(person: Person) -> NoReturn:
    """The first steps of an empty office."""
    st.info(_("还没有登记任何农产品，所以今天没有要办的事。"), icon=":material/inbox:")
    if person.role == "administrator":
        _first_steps_of_an_administrator()
        st.stop()
    st.markdown(
        _(
            "1. 在“检验”页下载各登记簿的空表：村、产品、贫困户、帮扶农产品、检验。乡镇已经备好。\n"
            "2. 按这个顺序填好并导入。有错的行会逐一指出位置，改好再导入即可。\n"
            "3. 导入以后，这里就列出要办的事，“资格清单”里就有每个农产品的判定。"
        )
    )
    if person.role in ("clerk", "reviewer", "auditor"):
        address.link("inspections", _("去“检验”页下载空表、导入"), icon=":material/upload_file:")
    st.stop()
