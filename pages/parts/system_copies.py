"""备份与体检 → 备份: how it stands, make one now, the copies that lie there, and trying one."""

from __future__ import annotations

import streamlit as st

from data import settings
from data.people import Person
from data.problems import StoreProblem
from data.store import Database
from office import running
from office.backup import job
from office.backup.folders import folders_of
from office.backup.hour import backup_hour
from office.backup.standing import Lying, lying, warnings
from office.casework.asked import Doer
from office.days import now
from office.refusal import Refused
from pages.parts.language import _, _n, say
from pages.parts.looks import number_words
from pages.parts.standing_place import standing_place
from pages.parts.system_copies_table import show_steps, show_table

EVERY = 1.0  # seconds between two looks at how far it is
SAID = "system_said"


def panel(person: Person) -> None:
    """Where and when, what is amiss, the button, the copies, and what was done before."""
    with running.reader() as db:
        _where(db)
        with standing_place("system_above"):
            _amiss(db)
            _came_of_it()
        latest = job.latest()
        if latest is not None and latest.running:
            _progress()
        else:
            st.button(
                _("现在备份"),
                key="system_make",
                type="primary",
                icon=":material/save:",
                on_click=_make,
                args=(person.name, person.role),
            )
        copies = lying(db, running.database_path())
        st.subheader(_n("现有的备份（{n} 份）", len(copies)), anchor=False)
        if not copies:
            st.info(_("还没有备份。按“现在备份”做第一份。"), icon=":material/save:")
        else:
            _try(show_table(copies), person)
        show_steps(db)


def _where(db: Database) -> None:
    folders = folders_of(running.database_path())
    second = str(folders.second) if folders.second else _("没有设（OFFICE_BACKUP_SECOND）")
    if settings.is_demonstration(db):
        st.caption(_("演示数据不自动备份；可以在这里试做、试恢复。"))
    else:
        st.caption(
            _(
                "每天 {hour} 点自动备份，做完就检查；当时没有开机的，开机后补做。"
                "保留最近 7 天、5 周、12 个月各一份，手工做的另留 7 天。"
            ).format(hour=backup_hour(db))
        )
    st.caption(_("文件夹：{first}　第二份：{second}").format(first=folders.first, second=second))


def _amiss(db: Database) -> None:
    for words in warnings(db, running.database_path(), now()):
        st.warning(say(words), icon=":material/warning:")
    if (refused := st.session_state.pop(SAID, None)) is not None:
        st.warning(refused, icon=":material/sync_problem:")


def _came_of_it() -> None:
    """What the last thing done here came to."""
    latest = job.latest()
    if latest is None or latest.running:
        return
    if latest.refused is not None:
        st.error(say(latest.refused), icon=":material/error:")
    elif latest.made is not None:
        made = latest.made
        words = _("已备份并检查：{file}，{size} MB，到第 {seq} 条，{copies}。").format(
            file=made.file.name,
            size=number_words(made.bytes / 1e6, 1),
            seq=number_words(made.contents.head.seq),
            copies=_n("共 {n} 份", made.copies),
        )
        st.success(words, icon=":material/check_circle:")
        for note in made.notes:
            st.warning(say(note), icon=":material/warning:")
    elif latest.tried is not None:
        _tried(latest)


def _tried(latest: job.Job) -> None:
    assert latest.tried is not None
    tried, name = latest.tried, latest.tried.file.name
    if tried.ok and tried.found is not None:
        words = _(
            "{file} 可以恢复：{entries} 条记录相符，重新判定 {decisions} 条判定，结果相同，用时 {seconds} 秒。"
        ).format(
            file=name,
            entries=number_words(tried.found.entries),
            decisions=number_words(tried.found.rechecked),
            seconds=number_words(tried.seconds),
        )
        st.success(words, icon=":material/check_circle:")
        return
    first = tried.faults[0]
    st.error(
        _("{file} 不能用：{place}，{fault}").format(file=name, place=first.place, fault=say(first.message)),
        icon=":material/error:",
    )


def _try(chosen: Lying | None, person: Person) -> None:
    """Try the copy that is chosen; how one is put back."""
    latest = job.latest()
    busy = latest is not None and latest.running
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.button(
        _("试恢复选中的这份"),
        key="system_try",
        icon=":material/science:",
        disabled=chosen is None or busy,
        on_click=_begin_try,
        args=(person.name, person.role, chosen.anchor.file if chosen else ""),
    )
    right.caption(
        _("试恢复在另一个地方打开选中的一份，全部核对、重新判定一遍，再删掉；现在的数据库不动。")
        if chosen is not None
        else _("先在表里选一份，再试恢复：在另一个地方打开，全部核对一遍，再删掉。")
    )
    if chosen is not None:
        st.caption(
            _(
                "要真正恢复：在服务器上关闭应用，在软件的文件夹里运行下面一行。现在的数据库会移到旁边，不会删除。"
            )
        )
        st.code(_command(chosen), language=None)


def _command(chosen: Lying) -> str:
    """What puts the copy back, from the folder in which it lies."""
    folders, path = folders_of(running.database_path()), running.database_path()
    folder = folders.first if chosen.first or folders.second is None else folders.second
    named = [f'"{one}"' if " " in str(one) else str(one) for one in (path, folder / chosen.anchor.file)]
    return f"python -m office --db {named[0]} restore {named[1]}"


def _make(name: str, role: str) -> None:
    try:
        job.begin_making(Doer(name, role))
    except (Refused, StoreProblem) as problem:
        st.session_state[SAID] = say(problem.words)


def _begin_try(name: str, role: str, file: str) -> None:
    try:
        job.begin_trying(Doer(name, role), file)
    except (Refused, StoreProblem) as problem:
        st.session_state[SAID] = say(problem.words)


@st.fragment(run_every=EVERY)
def _progress() -> None:
    """Looks again every second; once it is done the whole page is drawn anew."""
    latest = job.latest()
    if latest is None or not latest.running:
        st.rerun()
    told = say(latest.what)
    if latest.total:
        told = _("{what}：{done} / {total}").format(
            what=told, done=number_words(latest.done), total=number_words(latest.total)
        )
    share = latest.done / latest.total if latest.total else 0.0
    st.progress(min(share, 1.0), text=told)
    st.caption(_("由{by}开始。可以离开这一页，结果会留在这里。").format(by=latest.by))
