"""关于: the facts as plain tables, which a browser prints whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from data.canonical import instant_text
from data.people import Person
from office.about import Copy, Installation
from office.installed import Part
from pages.parts.language import _, lang
from pages.parts.looks import day_words, number_words, time_words

# On paper: the sheet alone, whole, without sidebar, buttons and scrolling.
STYLE = """
<style>
.about { border-collapse: collapse; font-size: .93rem; }
.about th { text-align: left; font-weight: 600; color: #46525f; padding: .3rem 1.2rem .3rem 0; vertical-align: top;
  white-space: nowrap; }
.about td { padding: .3rem 1.2rem .3rem 0; overflow-wrap: anywhere; vertical-align: top; }
.about tr { border-bottom: 1px solid #d5dce5; }
.about code { font-size: .88rem; color: #1f2933; background: none; padding: 0; overflow-wrap: anywhere; }
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-about_hint { display: none !important; }
  .stApp, .stMain, [data-testid="stAppViewContainer"], [data-testid="stMainBlockContainer"] {
    position: static !important; height: auto !important; overflow: visible !important; display: block !important; }
  .about tr { break-inside: avoid; }
}
</style>
"""


def to_be_printed() -> None:
    """How it is printed, and what for."""
    st.html(STYLE)
    with st.container(key="about_hint"):
        st.caption(
            _(
                "用浏览器的打印（Ctrl+P）可以印出这一页。印出、写上日期签字存档，就留下了数据库以外的凭据："
                "以后核对时，第 N 条记录的链首必须和纸上一样。"
            )
        )


def show_installation(there: Installation, person: Person) -> None:
    """The database: its number, chain head, day."""
    kind = _("演示数据，内容都是虚构的") if there.demonstration else _("办公室的正式数据")
    st.subheader(_("这个数据库"), anchor=False)
    _table(
        [
            (_("安装编号"), _code(there.number)),
            (_("链首"), f"{_entry(there.head_seq)}<br>{_code(there.head_hash)}"),
            (_("最近一条记录"), escape(time_words(instant_text(there.head_at), lang()))),
            (_("工作日"), escape(day_words(there.working_day, lang()))),
            (_("数据"), escape(kind)),
            (_("查看时间"), escape(f"{time_words(instant_text(there.asked_at), lang())}　{person.name}")),
        ]
    )


def show_copy(copy: Copy) -> None:
    """The software."""
    st.subheader(_("这个软件"), anchor=False)
    _table(
        [
            (_("名称"), escape(_("县电商办公室 · 农产品帮扶资格"))),
            (_("软件版本"), escape(copy.version)),
            (_("程序摘要"), _code(copy.digest)),
            (_("数据库结构"), escape(_("第 {n} 步").format(n=copy.schema))),
            (_("许可"), escape(_("MIT 许可，可以自由使用和修改"))),
        ]
    )
    st.caption(
        _(
            "程序摘要由全部程序文件算出，一个字不同摘要就不同。两台机器的摘要相同，装的就是同一个程序；"
            "命令 `python -m office version` 显示同样的内容。"
        )
    )


def show_parts(found: Sequence[Part]) -> None:
    """Python, SQLite and the libraries, with their licences."""
    st.subheader(_("所用的部件和许可"), anchor=False)
    others = [part for part in found if not part.as_pinned]
    if others:
        st.warning(
            _("有 {n} 个部件不是测试过的版本，请管理员按安装说明重装。").format(n=len(others)),
            icon=":material/warning:",
        )
    head = (_("部件"), _("部件版本"), _("许可"))
    _table([_cells(part) for part in found if part.direct], head=head)
    with st.expander(_("部件自己用到的其他部件")):
        _table([_cells(part) for part in found if not part.direct], head=head)


def _cells(part: Part) -> tuple[str, ...]:
    told = part.installed or _("没有安装")
    if not part.as_pinned:
        told += _("（应为 {version}）").format(version=part.pinned)
    return escape(part.name), escape(told), escape(part.licence)


def _entry(number: int) -> str:
    return escape(_("第 {n} 条").format(n=number_words(number)))


def _code(words: str) -> str:
    return f"<code>{escape(words)}</code>"


def _table(rows: Iterable[tuple[str, ...]], head: tuple[str, ...] = ()) -> None:
    """Rows of HTML cells, the first of each as its heading."""
    columns = "".join(f'<th scope="col">{escape(words)}</th>' for words in head)
    top = f"<tr>{columns}</tr>" if head else ""
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    st.html(f'<table class="about">{top}{body}</table>')
