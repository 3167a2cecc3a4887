"""条款矩阵: each clause's conditions, standings and values with test cases and decisions; every number opens its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.store import Database
from office import running
from office.cited import KINDS, current_value
from office.programs import DEFAULT, programs_in_force
from office.rulekeeping.confirming import not_looked_at
from office.rulekeeping.matrix import Matrix, PartLine, RowLine, matrix_on
from office.rulekeeping.matrix_sheet import matrix_xlsx
from office.rulekeeping.readings import STATUS_WORDS
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.files import XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words, number_words, verdict_label
from pages.parts.rules_matrix_rows import show_part, show_row
from pages.parts.rules_readings import A_YEAR, SIGNS
from pages.parts.tables import table_height

MOST_ROWS = 10


def panel(day: date, person: Person) -> None:
    """The whole view of the programme that is chosen."""
    with running.reader() as db:
        programs = {program.program: program for program in programs_in_force(db, day)}
        titles = {name: say(program.title) for name, program in programs.items()}
        chosen = programs[one_of_few("program", "rules_program", _("哪一套规则"), titles, DEFAULT)]
        with st.spinner(_("正在汇总今年的判定…")):
            matrix = matrix_on(db, chosen, day)
        _to_look_at(matrix)
        _parts(db, matrix, person)
        _rows(db, matrix, person)


def _to_look_at(matrix: Matrix) -> None:
    """How many decisions there are, and what stands out: never decisive, never met, not looked at."""
    year = date(matrix.day.year, 1, 1)
    if matrix.decisions:
        told = _("{first}至{last}留存的判定 **{n}** 件。").format(
            first=day_words(year, lang()),
            last=day_words(matrix.day, lang()),
            n=number_words(matrix.decisions),
        )
    else:
        told = _("今年没有留存这套规则的判定；下面“当天”各列是按当天台账算出的，空白不等于 0。")
    st.markdown(told)
    never = [
        line.part.words
        for line in matrix.parts
        if line.part.kind in ("condition", "latch") and line.never_decisive
    ]
    if never:
        st.markdown(
            "○ "
            + _n("今年从未单独决定过结果的条件 {n} 个", len(never))
            + _("：")
            + _("、").join(map(say, never))
        )
    unmet = [line for line in matrix.rows if line.kept == 0 or (line.kept is None and line.present == 0)]
    if unmet:
        said = _("；").join(f"{say(line.benefit.title)} {line.number} {say(line.words)}" for line in unmet)
        st.markdown("○ " + _n("从未用到的判定行 {n} 行", len(unmet)) + _("：") + said)
    _values(matrix)
    language = lang()  # the file is made apart from this run
    st.download_button(
        _("下载条款矩阵（Excel）"),
        data=lambda: matrix_xlsx(matrix, language),
        file_name=_("条款矩阵.xlsx"),
        mime=XLSX,
        key="rules_matrix_xlsx",
        on_click="ignore",
        icon=":material/download:",
    )


def _values(matrix: Matrix) -> None:
    """Values that are not confirmed, or that nobody looked at for a year, with the way there."""
    values = [line.reading for line in matrix.parts if line.part.kind == "parameter" and line.reading]
    waiting = [one for one in values if one.status != "confirmed"]
    old = [one for one in values if not_looked_at(one, matrix.day, A_YEAR)]
    if waiting or old:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                "○ "
                + _("取值 {all} 个：没有确认的 {waiting} 个，一年没有人看过的 {old} 个").format(
                    all=len(values), waiting=len(waiting), old=len(old)
                ),
                width="content",
            )
            address.link(
                "rules",
                _("去看这些口径"),
                icon=":material/fact_check:",
                view="readings",
                book=matrix.program.program,
            )


def _parts(db: Database, matrix: Matrix, person: Person) -> None:
    st.subheader(_("条款、条件和取值"), anchor=False)
    st.caption(
        _(
            "“不利”是不满足或未知（状态则是出现）的件数；“单独决定”是没有这一条、结果就会不同的件数。"
            "勾选行首的方框看案例和判定。"
        )
    )
    lines = matrix.parts
    frame = pd.DataFrame([_part(line, matrix) for line in lines])
    at = _chosen(frame, "rules_matrix_parts", "part", [line.part.key for line in lines], _part_config())
    if at is not None:
        show_part(db, matrix, lines[at], person)


def _rows(db: Database, matrix: Matrix, person: Person) -> None:
    st.subheader(_("判定行"), anchor=False)
    lines = matrix.rows
    keys = [f"{line.benefit.name}.{line.number}" for line in lines]
    at = _chosen(
        pd.DataFrame([_row(line) for line in lines]), "rules_matrix_rows", "row", keys, _row_config()
    )
    if at is not None:
        show_row(db, matrix, lines[at], person)


def _chosen(
    frame: pd.DataFrame, key: str, name: str, keys: Sequence[str], config: dict[str, Any]
) -> int | None:
    """The table; gives the place of the row that is chosen in it, else of the one that the address asks for."""
    program = st.query_params.get("program", DEFAULT)
    table = f"{key}_{program}"
    event: Any = st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), MOST_ROWS),
        key=table,
        on_select=lambda: _keep_choice(name, table, keys),
        selection_mode="single-row",
        column_config=config,
        placeholder="",
    )
    rows = [row for row in event["selection"]["rows"] if row < len(keys)]
    if rows:
        return int(rows[0])
    asked = address.text(name, longest=200)
    return keys.index(asked) if asked in keys else None


def _keep_choice(name: str, table: str, keys: Sequence[str]) -> None:
    """Write what is chosen into the address; nothing chosen takes it out."""
    rows = st.session_state[table]["selection"]["rows"]
    address.put(**{name: keys[rows[0]] if rows and rows[0] < len(keys) else None})


def _part(line: PartLine, matrix: Matrix) -> dict[str, Any]:
    part, reading = line.part, line.reading
    standing = f"{SIGNS[reading.status]} {say(STATUS_WORDS[reading.status])}" if reading else _("方案原文")
    return {
        "clause": part.citation.clause,
        "kind": say(KINDS[part.kind]),
        "what": say(part.words),
        "value": say(current_value(part, matrix.day)),
        "reading": standing,
        "cases": len(line.cases),
        "against": line.kept.against if line.kept else None,
        "decisive": line.kept.decisive if line.kept else None,
        "against_now": line.present.against if line.present else None,
        "decisive_now": line.present.decisive if line.present else None,
    }


def _row(line: RowLine) -> dict[str, Any]:
    return {
        "benefit": say(line.benefit.title),
        "number": line.number,
        "verdict": verdict_label(line.benefit.rows[line.number - 1].verdict),
        "words": say(line.words),
        "cases": len(line.cases),
        "kept": line.kept,
        "present": line.present,
    }


def _part_config() -> dict[str, Any]:
    config, wide = st.column_config, lang() == "en"
    numbers = {
        "cases": (_("案例（个）"), 76),
        "against": (_("今年不利（件）"), 100),
        "decisive": (_("今年单独决定（件）"), 126),
        "against_now": (_("当天不利（件）"), 100),
        "decisive_now": (_("当天单独决定（件）"), 126),
    }
    return {
        "clause": config.TextColumn(_("条款"), width=56),
        "kind": config.TextColumn(_("类别"), width=146 if wide else 72),
        "what": config.TextColumn(_("内容"), width=300 if wide else 220),
        "value": config.TextColumn(_("现行取值"), width=94 if wide else 66),
        "reading": config.TextColumn(_("口径"), width=130 if wide else 84),
        **{name: config.NumberColumn(title, width=width) for name, (title, width) in numbers.items()},
    }


def _row_config() -> dict[str, Any]:
    config = st.column_config
    return {
        "benefit": config.TextColumn(_("事项"), width=130 if lang() == "zh" else 240),
        "number": config.NumberColumn(_("行"), width=40),
        "verdict": config.TextColumn(_("结果"), width=96 if lang() == "zh" else 110),
        "words": config.TextColumn(_("什么情形"), width=440 if lang() == "zh" else 330),
        "cases": config.NumberColumn(_("案例（个）"), width=76),
        "kept": config.NumberColumn(_("今年用到（件）"), width=110),
        "present": config.NumberColumn(_("当天用到（件）"), width=110),
    }
