"""The report of a checked file: what is new, what stays, what was dropped or left out, every fault at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from data.comparing import Row, shown
from data.importing import Change
from data.marked import marked_copy
from data.register import Column, Register
from office.importing import Report
from office.inspecting import other_faults, rows_that_differ
from pages.parts.files import XLSX, as_typed, plain_name
from pages.parts.language import _, _n, say
from pages.parts.tables import HEADER, ROW, table_height

MOST_FAULTS, MOST_ROWS = 2_000, 100
SENTENCE, WRAPPED = (
    680,
    68,
)  # pixels: the sentence's column; a row of three lines (Streamlit wraps from 4rem on)


def show_report(report: Report, name: str, *, update: bool) -> None:
    """Figures first, then what to do about them."""
    if report.raw is None:
        for fault in report.faults:
            st.error(say(fault.message), icon=":material/error:")
        return
    _figures(report)
    if report.ignored_columns:
        dropped = _("、").join(map(as_typed, report.ignored_columns))
        st.info(
            _("这些列不属于本登记簿，没有读取，也不会保存：{names}。").format(names=dropped),
            icon=":material/visibility_off:",
        )
    _left_out(report)
    if report.faults:
        _faults(report, name, update=update)
    else:
        _preview(report)


def _figures(report: Report) -> None:
    new, changed = (len(report.plan.new), len(report.plan.changed)) if report.plan else (0, 0)
    figures = {
        _("数据行"): report.rows,
        _("新增"): new,
        _("更正"): changed,
        _("没有变化"): report.unchanged,
        _("有问题的行"): report.rejected,
        _("略过的行"): len(report.left_out),
    }
    for place, (title, number) in zip(st.columns(len(figures)), figures.items(), strict=True):
        place.metric(title, f"{number:,}", border=True)


def _left_out(report: Report) -> None:
    if not report.left_out:
        return
    with st.expander(_n("略过的 {n} 行：不是数据", len(report.left_out)), icon=":material/unfold_more:"):
        rows = [
            {_("工作表"): one.sheet, _("行"): str(one.row or ""), _("为什么略过"): say(one.message)}
            for one in report.left_out[:MOST_FAULTS]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="upload_left_out")


def _faults(report: Report, name: str, *, update: bool) -> None:
    """Every fault at its place, the copy of the file with the faults in it, and what may be a correction."""
    faults, raw = report.faults, report.raw
    told = _("有 {n} 处问题，没有写入任何内容。").format(n=f"{len(faults):,}")
    at_a_place = any(fault.row is not None or fault.column for fault in faults)
    todo = (
        _("请在下载的标注副本里改好红色的格子，再导入一次。")
        if at_a_place
        else _("请按下面的说明改好文件，再导入一次。")
    )
    st.error(told + todo, icon=":material/error:")
    differing = 0 if update else rows_that_differ(report)
    if differing:
        st.info(
            _n("其中 {n} 行已经登记过，内容与文件不同。如果是更正，请打开上面的“按更正导入”。", differing)
            + ("" if other_faults(report) else _("没有别的问题。")),
            icon=":material/edit_note:",
        )
    if raw is not None and at_a_place:
        stem = plain_name(name).rsplit(".", 1)[0]
        st.download_button(
            _("下载标注副本（.xlsx）"),
            data=lambda: marked_copy(report.register, raw, faults),
            file_name=_("{name}-标注.xlsx").format(name=stem),
            mime=XLSX,
            on_click="ignore",
            key="upload_marked",
            icon=":material/download:",
        )
    frame = fault_table(report)
    height = _row_height(frame)
    st.dataframe(
        frame.head(MOST_FAULTS),
        hide_index=True,
        height=HEADER + min(len(frame) * height, 14 * ROW),
        row_height=height,
        key="upload_faults",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in _widths().items()},
    )
    if len(frame) > MOST_FAULTS:
        st.caption(_("这里只列出前 {n} 处，标注副本里有全部。").format(n=f"{MOST_FAULTS:,}"))


def _widths() -> dict[str, int]:
    """Room for the sentence; the rest is short."""
    return {_("工作表"): 90, _("行"): 50, _("列"): 110, _("值"): 130, _("问题与要求"): SENTENCE}


def _row_height(frame: pd.DataFrame) -> int:
    """Pixels of a row: where a sentence is longer than its column, so many that it wraps and nothing is cut off."""
    widest = max((drawn_width(text) for text in frame[_("问题与要求")].head(MOST_FAULTS)), default=0)
    return WRAPPED if widest > SENTENCE - 20 else ROW


def drawn_width(text: str) -> int:
    """About how many pixels a text takes in a table; a Chinese character takes twice what a letter does."""
    return sum(14 if ord(letter) > 0x2E7F or letter in "“”‘’…—" else 7 for letter in text)


def fault_table(report: Report) -> pd.DataFrame:
    """Sheet (where the file has any), row, column, value, and what was expected, one line per fault."""
    titles = {column.title.zh: say(column.title) for column in report.register.columns}
    rows = [
        {
            _("工作表"): fault.sheet,
            _("行"): "" if fault.row is None else str(fault.row),
            _("列"): titles.get(fault.column, fault.column),
            _("值"): fault.value,
            _("问题与要求"): say(fault.message),
        }
        for fault in report.faults
    ]
    frame = pd.DataFrame(rows)
    return frame if any(fault.sheet for fault in report.faults) else frame.drop(columns=_("工作表"))


def _preview(report: Report) -> None:
    plan = report.plan
    if plan is None or not (plan.new or plan.changed):
        st.success(_("与登记簿完全一致，没有需要写入的内容。"), icon=":material/check:")
        return
    if plan.changed:
        st.caption(_n("将更正 {n} 行，原来的内容保留：", len(plan.changed)))
        rows = [line for change in plan.changed[:MOST_ROWS] for line in _changed(plan.register, change)]
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, height=table_height(len(rows), 10), key="upload_changes"
        )
    if plan.new:
        st.caption(_n("将新增 {n} 行（最多预览 100 行）：", len(plan.new)))
        frame = rows_table(plan.register, plan.new[:MOST_ROWS])
        st.dataframe(frame, hide_index=True, height=table_height(len(frame), 8), key="upload_new")


def rows_table(register: Register, rows: Sequence[Row]) -> pd.DataFrame:
    """Rows of a register under its titles, in words."""
    return pd.DataFrame(
        [
            [_shown(column, value) for column, value in zip(register.columns, row, strict=True)]
            for row in rows
        ],
        columns=[titled(column) for column in register.columns],
    )


def titled(column: Column) -> str:
    """A column's title, with its unit where it has one."""
    title = say(column.title)
    return _("{name}（{unit}）").format(name=title, unit=say(column.unit)) if column.unit else title


def _changed(register: Register, change: Change) -> list[Mapping[str, str]]:
    key = "/".join(str(change.after[at]) for at, c in enumerate(register.columns) if c.name in register.key)
    return [
        {
            _("编号"): key,
            _("栏目"): titled(column),
            _("原来"): say(shown(column, before)),
            _("更正为"): say(shown(column, after)),
        }
        for column, before, after in zip(register.columns, change.before, change.after, strict=True)
        if before != after
    ]


def _shown(column: object, value: object) -> str:
    return "" if value is None else say(shown(column, value))  # type: ignore[arg-type]
