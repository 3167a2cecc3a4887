"""改规则 → 草稿: the drafts there are, a new one, or the one that is opened, with what is wrong with it at once."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.store import Database
from office import running
from office.permissions import may
from office.programs import program_in_force
from office.rulekeeping.cases import tried_all
from office.rulekeeping.checking_drafts import Checked, check_draft
from office.rulekeeping.drafting import LONGEST_NAME, drafts
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import Person
from pages.parts.drafts_cases import show_cases
from pages.parts.drafts_checks import show_checks
from pages.parts.drafts_differences import show_differences
from pages.parts.drafts_editor import editor
from pages.parts.drafts_head import show_head
from pages.parts.drafts_list import show_drafts
from pages.parts.drafts_status import faults_list, status
from pages.parts.drafts_values import show_values
from pages.parts.drafts_versions import show_versions
from pages.parts.drafts_working import Working, unsaved, working_on
from pages.parts.language import _, say


def panel(day: date, person: Person) -> None:
    """The list of drafts, or the draft that the address names."""
    with running.reader() as db:
        name = address.text("draft", longest=LONGEST_NAME)
        standing = {one.name: one for one in drafts(db)}
        saved = standing.get(name)
        working = working_on(saved) if saved else unsaved(name)
        if working is None:
            if name:
                st.info(_("没有名为“{name}”的草稿，可能已被删除。").format(name=name), icon=":material/info:")
            show_drafts(db, list(standing.values()), day, person)
            return
        _opened(db, working, day, person)


def _opened(db: Database, working: Working, day: date, person: Person) -> None:
    locked = not may(person.role, "draft_rules")
    before = program_in_force(db, day, working.program)
    show_head(working, say(before.title), person, locked=locked)
    with st.spinner(_("正在检查…")):
        checked = check_draft(working.text)
    cases = tried_all(db, checked.program, working.program) if checked.program else ()
    status(checked, cases, working)
    parts = {
        "values": _("取值"),
        "text": _("文件文本"),
        "checks": _("检查结果"),
        "cases": _("测试案例"),
        "differences": _("与现行的不同"),
        "versions": _("历次版本"),
    }
    part = one_of_few("part", "drafts_part", _("草稿的哪一部分"), parts, "values")
    if part == "values":
        show_values(working, checked, before, day, locked=locked)
    elif part == "text":
        _text(working, checked, locked=locked)
    elif part == "checks":
        show_checks(working, checked, person, day, locked=locked)
    elif part == "cases":
        show_cases(working, cases, checked, person, locked=locked)
    elif part == "differences":
        show_differences(before, working, checked, day)
    else:
        show_versions(db, working, locked=locked)


def _text(working: Working, checked: Checked, *, locked: bool) -> None:
    lines = [line for line in (*(f.line for f in checked.faults), *(f.line for f in checked.found)) if line]
    editor(working, lines, locked=locked)
    faults_list(checked)
