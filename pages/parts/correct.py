"""Correcting an inspection of a good: choose the sample, then as any row of a register is corrected."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.people import Person
from data.register import register
from data.store import Database
from office.one_good import Sample
from pages.parts.entry import ROWS
from pages.parts.evidence import conclusion_label
from pages.parts.language import _
from pages.parts.registers_correct import Correction, correction, is_open, told

BASE = "good_correct"


def correction_form(db: Database, person: Person, subject: str, samples: Sequence[Sample]) -> None:
    """The whole panel, for those who may correct."""
    mine = {s.row["sample_no"]: s.row for s in samples if s.standing != "elsewhere"}
    told(BASE)
    if not mine:
        return
    with (
        st.container(key="good_below"),
        st.expander(_("更正一次检验"), icon=":material/edit:", expanded=is_open(BASE)),
    ):
        number = st.selectbox(
            _("样品"),
            list(mine),
            index=None,
            format_func=lambda no: (
                f"{no}　{mine[no]['sampling_date']}　{conclusion_label(mine[no]['conclusion'])}"
            ),
            key=f"{BASE}_sample_{subject}",
            placeholder=_("选择要更正的样品"),
        )
        if number is None:
            st.caption(_("原来的内容会保留；更正从写入那一刻起对所有日子的判定生效。"))
        else:
            correction(db, person, _asked(number), mine[number])


def _asked(number: str) -> Correction:
    return Correction(
        register=register("inspections"),
        base=BASE,
        rows=(("household_no", "product_code"), *ROWS),
        options={},
        example=_("例如：结论录入错误，按检验报告更正"),
        done=_("样品 {number} 已更正，原来的内容仍保留，见“更正记录”。").format(number=number),
    )
