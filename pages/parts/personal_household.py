"""个人信息 → 本户信息: a household is found, everything kept of it counted, handed out as files, and its wish noted."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.register import register
from data.register_lists import RowsAsked
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.personal.extract import Extract, extract, overview
from office.personal.noting import LONGEST_REASON
from office.refusal import Refused
from office.registry.listing import listed
from office.registry.rows import look_at_row
from pages.parts import address
from pages.parts.files import DOCX, XLSX
from pages.parts.language import _, _n, say
from pages.parts.personal_mark import file_marked
from pages.parts.personal_wish_form import wish_form
from pages.parts.registers_table import as_plain
from pages.parts.standing_place import standing_place
from pages.parts.tables import row_hint, table_height

MOST_FOUND = 50
MADE = "personal_made"  # the files of the household that is open, until another is


def show_household(db: Database, person: Person, day: date) -> None:
    """The household of the address, or the way to find one."""
    number = address.text("household", longest=64)
    if number and (found := overview(db, number)) is not None:
        _one(db, number, found, person)
        return
    if number:
        words = _("“贫困户”台账里没有户编号 {number}，请核对，或按姓名、村查找。").format(number=number)
        st.info(words, icon=":material/search_off:")
    _choose(db, person)


def _choose(db: Database, person: Person) -> None:
    """A search over the households; a chosen row opens it."""
    st.caption(
        _(
            "户主来要本户的信息，或者要求更正，在这里找到这一户。查看和更正本户信息是《个人信息保护法》第四十五、四十六条的权利。"
        )
    )
    words = st.text_input(  # may be somebody's name: it is not kept in the address
        _("查找户"), key="personal_search", placeholder=_("户编号、户主姓名或村")
    )
    found = listed(db, RowsAsked("households", search=words), person.role)
    if not found.total:
        told = _("没有找到这样的户。") if words else _("还没有登记贫困户。先在“台账”里导入或登记。")
        st.info(told, icon=":material/search_off:")
        return
    rows = found.rows[:MOST_FOUND]
    st.caption(_n("共 {n} 户", found.total) + "　" + row_hint(_("打开这一户")))
    villages = found.called.get("village_code", {})
    st.dataframe(
        pd.DataFrame(
            {
                _("户编号"): [row["household_no"] for row in rows],
                _("户主"): [row["head_name"] for row in rows],
                _("村"): [villages.get(row["village_code"], row["village_code"]) for row in rows],
                _("建档日期"): [date.fromisoformat(row["registered_on"]) for row in rows],
            }
        ),
        hide_index=True,
        height=table_height(len(rows), 12),
        key="personal_found",
        on_select=lambda: _open([row["household_no"] for row in rows]),
        selection_mode="single-row",
    )


def _open(numbers: list[str]) -> None:
    if chosen := st.session_state["personal_found"]["selection"]["rows"]:
        st.session_state.pop(MADE, None)
        address.put(household=numbers[chosen[0]])


def _other() -> None:
    st.session_state.pop(MADE, None)
    address.put(household=None)


def _one(db: Database, number: str, found: dict[str, int], person: Person) -> None:
    seen = look_at_row(db, register("households"), (number,), person.role)
    st.button(
        _("换一户"), key="personal_other", on_click=_other, type="tertiary", icon=":material/arrow_back:"
    )
    st.subheader(as_plain(f"{number}　{seen.name if seen else ''}"), anchor=False)
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.caption(_n("保存有 {n} 行，更正以前的也在内", sum(found.values())))
        st.dataframe(
            pd.DataFrame({_("类别"): list(found), _("行数"): list(found.values())}),
            hide_index=True,
            height=table_height(len(found), 14),
            key="personal_parts",
        )
    with right:
        with standing_place("personal_told"):
            _told()
        _hand_out(number, person)
        wish_form(db, number, person)


def _told() -> None:
    """What came of a form, once."""
    if said := st.session_state.pop("personal_done", None):
        st.success(said, icon=":material/check_circle:")
    if said := st.session_state.pop("personal_refused", None):
        st.warning(said, icon=":material/sync_problem:")


def _hand_out(number: str, person: Person) -> None:
    """The reason and the button; then the files, as long as the household is open."""
    st.markdown(f"**{_('把本户的全部信息交给本户')}**")
    with st.form("personal_extract", border=True):
        reason = st.text_input(
            _("为什么提供 *"),
            key="personal_reason",
            max_chars=LONGEST_REASON,
            placeholder=_("例如：户主本人到办公室要求，已核对身份"),
        )
        pressed = st.form_submit_button(_("生成文件并写入记录"), icon=":material/description:")
    if pressed:
        with st.spinner(_("正在汇总本户的全部信息…")):
            _make(number, reason, person)
    made: Extract | None = st.session_state.get(MADE)
    if made is not None and made.household_no == number:
        _files(made)


def _make(number: str, reason: str, person: Person) -> None:
    try:
        with running.reader() as db:
            doer = Doer(person.name, person.role)
            st.session_state[MADE] = extract(db, running.writer(), number, reason, doer=doer)
    except (Refused, StoreProblem) as problem:
        st.session_state.pop(MADE, None)
        st.warning(say(problem.words), icon=":material/sync_problem:")


def _files(made: Extract) -> None:
    st.success(
        _("已汇总 {n} 行，记录第 {number} 号。请当面交给本户，不要用公共聊天工具发送。").format(
            n=f"{made.rows:,}", number=made.step
        ),
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True):
        for kind, label, mime, content in (
            ("docx", _("Word（打印交给本户）"), DOCX, made.docx),
            ("xlsx", "Excel", XLSX, made.xlsx),
            ("json", "JSON", "application/json", made.json),
        ):
            st.download_button(
                label,
                data=content,
                file_name=file_marked(
                    _("本户信息_{number}.{kind}").format(number=made.household_no, kind=kind), personal=True
                ),
                mime=mime,
                key=f"personal_file_{kind}",
                on_click="ignore",
                icon=":material/download:",
            )
