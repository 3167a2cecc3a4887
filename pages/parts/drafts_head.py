"""The head of an opened draft: what it is, saving, taking along, closing; nothing typed is lost on a refused save."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.refusal import Refused
from office.rulekeeping.drafting import LONGEST_NAME, LONGEST_NOTE, Meanwhile, Wish, remove, save
from pages.parts import address
from pages.parts.drafts_lines import show_lines
from pages.parts.drafts_working import Working, give_up, renamed, working_on
from pages.parts.language import _, say

NOTE = "drafts_note"
TOML = "application/toml"


def show_head(working: Working, title: str, person: Person, *, locked: bool) -> None:
    """Name, version and whether anything is unsaved; the buttons; after a refused save, both texts."""
    if told := st.session_state.pop(NOTE, None):
        st.success(told, icon=":material/check:")
    changed = _("● 有未保存的修改") if working.changed else _("已保存")
    what, *places = st.columns([5, 1.2, 1.2, 1.2], vertical_alignment="center")
    what.markdown(
        _("**{name}**　{program}　第 {version} 版　{changed}").format(
            name=working.name, program=title, version=working.seen, changed=changed
        )
    )
    places[0].download_button(
        _("下载文件"),
        data=working.text.encode("utf-8"),
        file_name=f"{working.program}_{working.name}.toml",
        mime=TOML,
        key="drafts_download",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    if not locked:
        _removing(working, person, places[1])
    if places[2].button(_("返回列表"), key="drafts_close", icon=":material/list:", width="stretch"):
        address.put(draft=None, part=None)
        st.rerun()
    if not locked:
        _saving(working, person)
    if working.theirs is not None and not locked:
        _both(working)


def _saving(working: Working, person: Person) -> None:
    with st.form("drafts_save_form", border=False):
        name, note, button = st.columns([2, 4, 1.2], vertical_alignment="bottom")
        called = name.text_input(
            _("保存为"), value=working.name, max_chars=LONGEST_NAME, key=f"drafts_name_{working.name}"
        )
        said = note.text_input(
            _("说明（可不填）"), value=working.note, max_chars=LONGEST_NOTE, key=f"drafts_note_{working.name}"
        )
        kind: Literal["primary", "secondary"] = "primary" if working.changed else "secondary"
        pressed = button.form_submit_button(_("保存"), key="drafts_save", type=kind, width="stretch")
    if pressed:
        _save(working, called, said, person)


def _save(working: Working, called: str, said: str, person: Person) -> None:
    """A name that is opened is saved as its next version; another must be new."""
    before, same = working.name, " ".join(called.split()) == working.name
    wish = Wish(
        *(called, working.program, working.based_on, working.text, said), seen=working.seen if same else 0
    )
    try:
        saved = save(running.writer(), wish, doer=Doer(person.name, person.role))
    except Meanwhile as meanwhile:
        working.theirs = meanwhile.theirs if same else None
        st.warning(say(meanwhile.words), icon=":material/sync_problem:")
        return
    except (Refused, StoreProblem) as refused:
        st.warning(say(refused.words), icon=":material/info:")
        return
    working.go_on_from(saved)
    renamed(before, working)
    st.session_state[NOTE] = _("已保存“{name}”第 {version} 版。").format(
        name=saved.name, version=saved.version
    )
    address.put(draft=saved.name)
    st.rerun()


def _both(working: Working) -> None:
    """What somebody else saved beside what is being worked on, and the two ways out."""
    theirs = working.theirs
    assert theirs is not None
    with st.container(border=True):
        st.markdown(
            _(
                "**{who}保存的第 {version} 版与您的不同。** 上面换一个名称保存，两份都在；或者放弃您的修改。"
            ).format(who=theirs.recorded_by, version=theirs.version)
        )
        show_lines(theirs.text, working.text, _("− 是对方的，＋ 是您的"), height=240)
        if st.button(_("放弃我的修改，打开对方的"), key="drafts_give_up", icon=":material/undo:"):
            give_up(working.name)
            working_on(theirs)
            st.rerun()


def _removing(working: Working, person: Person, place: st.delta_generator.DeltaGenerator) -> None:
    with place.popover(_("删除"), icon=":material/delete:", width="stretch"):
        st.write(_("草稿不再列出；已保存的各版留在记录里。"))
        if not st.button(_("确认删除"), key="drafts_remove"):
            return
        try:
            remove(running.writer(), working.name, doer=Doer(person.name, person.role), seen=working.seen)
        except Meanwhile as meanwhile:
            working.theirs = meanwhile.theirs
            st.warning(say(meanwhile.words), icon=":material/sync_problem:")
            return
        except (Refused, StoreProblem) as refused:
            st.warning(say(refused.words), icon=":material/info:")
            return
        give_up(working.name)
        address.put(draft=None, part=None)
        st.rerun()
