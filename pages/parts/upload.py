"""Bringing a file into a register: template, upload, the report row by row, a look, and only then the writing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import streamlit as st

from data.exports import export_xlsx
from data.inspection_lists import register_size
from data.people import Person
from data.problems import StoreProblem
from data.register import REGISTERS, Register
from data.store import Database
from data.templates import template
from data.versions import as_known
from office import running
from office.importing import Report, source_of
from office.importing_again import write_checked
from office.importing_apart import prepare_beside
from office.refusal import Refused
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.files import XLSX, as_typed, plain_name
from pages.parts.language import _, _n, say
from pages.parts.past_note import note_otherwise, say_otherwise
from pages.parts.upload_report import show_report, titled

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_status_container import StatusContainer

OF_GOODS = (
    "townships",
    "villages",
    "households",
    "products",
    "goods",
    "inspections",
)  # what decisions rest on
CHECKED, DONE, NOTE, ROUND = "upload_checked", "upload_done", "upload_note", "upload_round"


@dataclass(frozen=True)
class File:
    """What is brought in, into which register, and whether corrections are meant."""

    register: Register
    name: str
    content: bytes
    update: bool

    @property
    def of(self) -> tuple[str, str, bool]:
        """What a report of it depends on, besides what is registered."""
        return source_of(self.content), self.register.name, self.update

    def check(self, doing: str, told: StatusContainer) -> Report:
        """Compared with the register as it stands now; `told` says how long it has been."""
        began = time.monotonic()

        def meanwhile() -> None:  # whoever has left the page ends the check here
            told.update(label=doing + " " + _n("{n} 秒", int(time.monotonic() - began)))

        path = running.database_path()
        with running.reader() as db:
            return prepare_beside(
                db, path, self.register, self.name, self.content, update=self.update, meanwhile=meanwhile
            )


@dataclass(frozen=True)
class Checked:
    """A report and the file that it was made of (`File.of`)."""

    of: tuple[str, str, bool]
    report: Report


def upload_panel(db: Database, person: Person, names: Sequence[str] = OF_GOODS) -> None:
    """The whole panel for these registers; the one chosen is in the address (`register`, the last by default)."""
    chosen = _register_choice(names)
    _forms(chosen, register_size(db, chosen.name))
    if done := st.session_state.pop(DONE, None):
        st.success(done, icon=":material/check:")
        if chosen.name == "inspections":
            address.link("inspections", _("看检验列表"), icon=":material/list_alt:")
        say_otherwise()
    if note := st.session_state.pop(NOTE, None):
        st.warning(note, icon=":material/sync_problem:")
    file = st.file_uploader(
        _("选择要导入的文件（.xlsx、.xls 或 .csv，最大 50 MB）"),
        type=["xlsx", "xls", "csv"],
        key=f"upload_file_{chosen.name}_{st.session_state.get(ROUND, 0)}",
    )
    if file is None:
        st.session_state.pop(CHECKED, None)
        st.caption(_("文件先核对、再预览，您确认后才写入；有一处问题，就一行也不写入。"))
        return
    update = st.toggle(
        _("按更正导入：与登记簿不同的行写成新版本，原来的保留"), key=f"upload_update_{chosen.name}"
    )
    brought = File(chosen, file.name, file.getvalue(), update)
    try:
        report = _checked(brought)
    except Refused as problem:
        st.error(say(problem.words), icon=":material/error:")
        st.button(_("再核对一次"), key="upload_again", icon=":material/refresh:")
        return
    show_report(report, file.name, update=update)
    if report.good:
        _write(person, report, brought)


def _register_choice(names: Sequence[str]) -> Register:
    if len(names) == 1:
        return REGISTERS[names[0]]
    titles = {name: say(REGISTERS[name].title) for name in names}
    label = _("登记簿（空库请从左到右依次导入）")
    chosen = one_of_few("register", "upload_register", label, titles, names[-1], hide_label=False)
    return REGISTERS[chosen]


def _forms(chosen: Register, size: int) -> None:
    """What to fill in, and the register as it stands."""
    title = say(chosen.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("下载空表"),
            data=lambda: template(chosen),
            file_name=_("{title}-空表.xlsx").format(title=title),
            mime=XLSX,
            on_click="ignore",
            key="upload_template",
            icon=":material/description:",
        )
        st.download_button(
            _("导出现有登记"),
            data=lambda: _register_file(chosen),
            file_name=f"{title}.xlsx",
            mime=XLSX,
            on_click="ignore",
            key="upload_export",
            icon=":material/download:",
            disabled=not size,
        )
        rows = _n("现有 {n} 行", size) if size else _("还没有登记")
        needed = _("、").join(titled(c) for c in chosen.columns if c.required)
        st.caption(_("{title}：{rows}。必填的列：{needed}。").format(title=title, rows=rows, needed=needed))


def _register_file(chosen: Register) -> bytes:
    with running.reader() as db:
        return export_xlsx(chosen, as_known(db, chosen))


def _checked(file: File) -> Report:
    """The report of this file; made once, and again only for another file or another wish."""
    kept: Checked | None = st.session_state.get(CHECKED)
    if kept is not None and kept.of == file.of:
        return kept.report
    name, size = as_typed(plain_name(file.name)), f"{len(file.content) // 1024:,}"
    doing = _("正在核对 {name}（{size} KB）…").format(name=name, size=size)
    with st.status(doing) as told:
        st.write(_("第 1 步：读取文件，核对每一格，再与登记簿比较。大文件需要几十秒，别人可以照常使用。"))
        try:
            report = file.check(doing, told)
        except Refused:
            told.update(label=_("没有核对完"), state="error", expanded=False)
            raise
        state: Literal["complete", "error"] = "complete" if report.good else "error"
        told.update(label=_n("已核对 {n} 行", report.rows), state=state, expanded=False)
    st.session_state[CHECKED] = Checked(file.of, report)
    return report


def _write(person: Person, report: Report, file: File) -> None:
    """The second step: a reason for corrections, and the button."""
    if report.plan is None or not report.accepted:
        return
    changed = len(report.plan.changed)
    reason = ""
    if changed:
        reason = st.text_input(_("更正理由 *"), key="upload_reason", placeholder=_("例如：按纸质台账更正"))
    words = _n("写入 {n} 行", report.accepted)
    if not st.button(words, key="upload_write", type="primary", icon=":material/save:"):
        return
    if changed and not reason.strip():
        st.error(_("请写明更正的理由。没有写入任何内容。"), icon=":material/error:")
        return
    _carried_out(person, report, file, reason)


def _carried_out(person: Person, report: Report, file: File, reason: str) -> None:
    """Write, say so, and make room for the next file; where the file would now do something else, show it again."""
    doing = _("正在写入…")
    try:
        with st.status(doing, expanded=True) as told:
            st.write(_n("第 2 步：写入 {n} 行，全部成功或一行不写。", report.accepted))
            write_checked(
                report,
                lambda: file.check(doing, told),
                person,
                reason=reason,
                source=source_of(file.content),
            )
            note_otherwise(report.register.name)
            told.update(label=_("已写入"), state="complete")
    except (Refused, StoreProblem) as problem:
        st.session_state[NOTE] = say(problem.words)
        st.session_state.pop(CHECKED, None)
        st.rerun()
    new, changed = (len(report.plan.new), len(report.plan.changed)) if report.plan else (0, 0)
    st.session_state[DONE] = _(
        "已写入“{title}”：新增 {new} 行，更正 {changed} 行，{same} 行没有变化。"
    ).format(
        title=say(report.register.title), new=f"{new:,}", changed=f"{changed:,}", same=f"{report.unchanged:,}"
    )
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(CHECKED, None)
    st.rerun()
