"""备份与体检: the copies that lie in the folders, as a table, and what was done with copies before."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.protection.backups import BackupStep, backup_steps
from data.store import Database
from office.backup.standing import Lying
from pages.parts.door import who_words
from pages.parts.language import _, lang, say
from pages.parts.looks import FINDINGS, time_words
from pages.parts.tables import row_hint, table_height

MOST_ROWS, STEPS = 10, 30


def cause_words(cause: str) -> str:
    """Why a copy was made."""
    return {
        "daily": _("每天的"),
        "asked": _("手工"),
        "before_upgrade": _("升级以前"),
        "command": _("命令行"),
    }.get(cause, cause)


def show_table(copies: Sequence[Lying]) -> Lying | None:
    """The newest first; gives the one that is chosen."""
    st.caption(row_hint(_("再按“试恢复”")))
    rows = pd.DataFrame(
        {
            "at": [time_words(one.anchor.at, lang()) for one in copies],
            "cause": [cause_words(one.anchor.cause) for one in copies],
            "seq": [one.anchor.seq for one in copies],
            "size": [one.bytes / 1e6 for one in copies],
            "where": [_where(one) for one in copies],
            "tried": [_tried(one.tried) for one in copies],
            "file": [one.anchor.file for one in copies],
        }
    )
    event = st.dataframe(
        rows,
        hide_index=True,
        height=table_height(len(rows), MOST_ROWS),
        key="system_table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "at": st.column_config.TextColumn(_("备份时间")),
            "cause": st.column_config.TextColumn(_("因何而做")),
            "seq": st.column_config.NumberColumn(_("到第几条"), format="localized"),
            "size": st.column_config.NumberColumn(_("大小（MB）"), format="%.1f"),
            "where": st.column_config.TextColumn(_("放在")),
            "tried": st.column_config.TextColumn(_("试恢复"), width="medium"),
            "file": st.column_config.TextColumn(_("文件")),
        },
    )
    chosen = event["selection"]["rows"]
    return copies[chosen[0]] if chosen and chosen[0] < len(copies) else None


def show_steps(db: Database) -> None:
    """What was done with copies, the newest first."""
    steps = backup_steps(db, limit=STEPS)
    if not steps:
        return
    with st.expander(_("经过"), icon=":material/history:"):
        rows = pd.DataFrame(
            {
                "at": [time_words(one.recorded_at, lang()) for one in steps],
                "kind": [_kind_words(one.kind) for one in steps],
                "by": [who_words(one.recorded_by) for one in steps],
                "file": [one.file for one in steps],
                "seconds": [one.seconds for one in steps],
                "note": [say(one.note) if one.note else "" for one in steps],
            }
        )
        st.dataframe(
            rows,
            hide_index=True,
            height=table_height(len(rows), MOST_ROWS),
            placeholder="",
            key="system_steps",
            column_config={
                "at": st.column_config.TextColumn(_("时间")),
                "kind": st.column_config.TextColumn(_("做了什么")),
                "by": st.column_config.TextColumn(_("谁")),
                "file": st.column_config.TextColumn(_("文件")),
                "seconds": st.column_config.NumberColumn(_("用时（秒）")),
                "note": st.column_config.TextColumn(_("说明"), width="large"),
            },
        )


def _kind_words(kind: str) -> str:
    return {
        "make": _("备份"),
        "fail": _("没有做成"),
        "try": _("试恢复"),
        "restore": _("恢复"),
        "forget": _("按规则删除"),
    }.get(kind, kind)


def _where(one: Lying) -> str:
    if one.first and one.second:
        return _("两个文件夹")
    return _("第一个文件夹") if one.first else _("第二个文件夹")


def _tried(one: BackupStep | None) -> str:
    if one is None:
        return _("没有试过")
    sign = FINDINGS["holds" if one.note is None else "fails"].sign
    return f"{sign} {time_words(one.recorded_at, lang())}"
