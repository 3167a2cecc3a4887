"""What stands on every page: the office's name, the mark of demonstration data, the day, links, language, who."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from data.people import Person
from office import log
from pages.parts import address, anchors
from pages.parts.anchors import anchor
from pages.parts.door import role_words
from pages.parts.language import OTHER, Lang, _, lang
from pages.parts.looks import CSS, day_words

HERE = Path(__file__).resolve().parent
# Eighteen pages of a clerk, their headings and the foot fit on a screen of 1366 × 768 without scrolling.
SIDEBAR_CSS = """
<style>
.stSidebar [data-testid="stVerticalBlock"] { gap: .5rem; }
.stSidebar [data-testid="stSidebarUserContent"] { padding-bottom: .5rem; }
.stSidebar .st-key-frame_day { margin-top: .5rem; }
.stSidebar nav ul { list-style: none; margin: 0 0 .25rem; padding: 0; }
.stSidebar nav li { margin: 0; }
.stSidebar nav a[data-in-app] { display: flex; align-items: center; gap: .5rem; padding: .02rem .5rem; font-size: .95rem;
  line-height: 1.46; }
.stSidebar nav a[aria-current] { background: #dbe5f1; font-weight: 600; }
.office-section { color: #46525f; font-size: .82rem; font-weight: 600; padding: .35rem 0 .1rem .5rem; }
.stSidebar nav .office-who { padding-top: .3rem; border-top: 1px solid #d5dce5; margin-bottom: 0; }
.st-key-frame_foot { padding: 0 0 0 .5rem; gap: 1.1rem; }
.st-key-frame_foot a, .st-key-frame_foot p { font-size: .93rem; }
.office-foot { display: flex; gap: 1.1rem; }
</style>
"""


@dataclass(frozen=True)
class PageLine:
    """One line of the table of contents."""

    name: str
    title: str
    icon: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Pages that belong together, under their heading in the sidebar."""

    title: str
    lines: list[PageLine]

    def for_role(self, role: str) -> list[PageLine]:
        """The pages that a role may open."""
        return [line for line in self.lines if role in line.roles]


def dress() -> None:
    """Style and Streamlit's own texts in the language of the run; once, before anything is shown."""
    st.html(CSS + anchors.CSS + SIDEBAR_CSS + _chrome(lang()), unsafe_allow_javascript=True)


def sidebar(sections: list[Section], person: Person) -> None:
    """Name, the day, the pages under their headings, and at the foot person, language and the way out."""
    # The contents know the pages; a page that leads to others asks `page_titles`.
    st.session_state["pages"] = {s.name: s.title for one in sections for s in one.for_role(person.role)}
    with st.sidebar:
        st.html(f'<div class="office-name">{_("县电商办公室")}<br>{_("农产品帮扶资格")}</div>')
        _day_control()
        st.html(_pages(sections, person))
        with st.container(key="frame_foot", horizontal=True, vertical_alignment="center"):
            about = _to("about", escape(_("关于")))
            st.html(f'<div class="office-foot">{about}{_language_switch()}</div>', width="content")
            if st.button(_("退出登录"), key="frame_sign_out", type="tertiary"):
                st.logout()


def _pages(sections: list[Section], person: Person) -> str:
    """All links in one piece: an element each would be sent and drawn anew with every run."""
    parts = []
    for section in sections:
        if lines := section.for_role(person.role):
            links = "".join(f"<li>{_to(one.name, escape(one.title), one.icon)}</li>" for one in lines)
            parts.append(f'<div class="office-section">{escape(section.title)}</div><ul>{links}</ul>')
    words = escape(f"{person.name} · {role_words(person.role)}")
    own = _to("account", words, ":material/account_circle:")
    return f'<nav aria-label="{_("各页")}">{"".join(parts)}<ul class="office-who"><li>{own}</li></ul></nav>'


def _to(page: str, label: str, icon: str | None = None) -> str:
    return anchor(page, label, icon=icon, current=page == st.session_state[address.PAGE])


def page_titles() -> dict[str, str]:
    """The pages that this person may open, by name, with their titles."""
    found: dict[str, str] = st.session_state["pages"]
    return found


def head(line: PageLine, demonstration: bool) -> None:
    """The page's title, and beside it what it is seen under, also when the sidebar is closed."""
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.title(line.title, anchor=False)
    day = day_words(address.the_day(), lang())
    mark = f'<span class="office-mark">{_("演示数据")}</span> ' if demonstration else ""
    right.html(f'<div class="office-where">{mark}{_("工作日")} {day}</div>')


def failed(error: Exception) -> bool:
    """A page broke off: say so calmly, with a number that the log has beside the whole error."""
    number = secrets.token_hex(4)
    page = st.session_state.get(address.PAGE)
    log.event("page_failed", error=error, number=number, page=page)
    st.error(
        _(
            "这一页没能显示完。已经登记的都还在，没有做完的一步没有留下任何记录。"
            "请刷新再试；如果再次出现，请把编号 {number} 告诉管理员。"
        ).format(number=number)
    )
    return True


def _day_control() -> None:
    own = st.session_state["working_day"]
    key = address.follow("frame_day", address.the_day())
    st.date_input(
        _("工作日"),
        key=key,
        format="YYYY-MM-DD",
        min_value=address.FIRST_DAY,
        max_value=address.LAST_DAY,
        on_change=address.keep,
        args=("day", key, own),
        help=_("每一页都按这一天的情况显示。"),
    )
    if address.the_day() != own:
        st.button(
            _("回到 {day}").format(day=day_words(own, lang())),
            key="frame_own_day",
            on_click=_own_day,
            type="tertiary",
        )


def _own_day() -> None:
    address.put(day=None)


def _language_switch() -> str:
    """A whole new load: Streamlit's own texts change with it, and the cookie keeps the choice."""
    other, words = OTHER[lang()]
    return f'<a href="/language/{other}" target="_self" hreflang="{other}" lang="{other}">{words}</a>'


@cache
def _chrome(language: Lang) -> str:
    words = json.loads((HERE / "chrome.json").read_text("utf-8"))
    code = (HERE / "chrome.js").read_text("utf-8")
    code = code.replace("WORDS", json.dumps(words, ensure_ascii=False), 1)
    code = code.replace("LANG", json.dumps("zh-CN" if language == "zh" else "en"))
    code += (HERE / "links.js").read_text("utf-8")
    return f"<script>{code}</script>"
