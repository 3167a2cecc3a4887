"""What a slip rests on: the inspections with their versions, their corrections, and earlier recorded decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.register import register
from office.one_good import Correction, Earlier, Sample
from pages.parts import address
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words, time_words, verdict_label
from pages.parts.tables import table_height
from rules.program import Program

SIGNS = {"pass": "✔", "fail": "✕", "pending": "？", "not_applicable": "–"}  # nosec B105 # signs
SHOWN = (
    "sample_no",
    "sampling_date",
    "result_date",
    "method",
    "item",
    "measured",
    "limit_value",
    "conclusion",
    "agency",
)


def conclusion_label(conclusion: str) -> str:
    """Sign and word of a conclusion, for tables and charts."""
    words = register("inspections").column("conclusion").choices[conclusion]
    return f"{SIGNS[conclusion]} {say(words)}"


def title_of(name: str) -> str:
    """An inspection column's title in the language of the run."""
    return say(register("inspections").column(name).title)


def cell(name: str, value: Any) -> str:
    """A stored value of an inspection as a table shows it."""
    if value is None:
        return ""
    if name == "conclusion":
        return conclusion_label(value)
    column = register("inspections").column(name)
    if column.kind == "date":
        return day_words(date.fromisoformat(value), lang())
    return say(column.choices[value]) if column.choices else str(value)


def show_evidence(samples: Sequence[Sample]) -> None:
    """Every sample of the good, newest first, with what it is to the decision of the day."""
    if not samples:
        st.info(_("这个农产品还没有检验记录。"), icon=":material/science:")
        return
    rows = [
        {
            _("对判定的作用"): say(sample.words),
            **{title_of(name): cell(name, sample.row[name]) for name in SHOWN},
            title_of("reinspection_of"): sample.row["reinspection_of"] or "",
            _("版本"): len(sample.versions),
        }
        for sample in samples
    ]
    frame = pd.DataFrame(rows)
    order = [*(title_of(n) for n in SHOWN[:3]), title_of("conclusion"), _("对判定的作用")]
    rest = [name for name in frame.columns if name not in order]
    wordy = any(sample.by for sample in samples)
    st.dataframe(
        frame[order + rest],
        hide_index=True,
        height=table_height(len(rows), 14),
        key="good_evidence",
        column_config={
            _("对判定的作用"): st.column_config.TextColumn(width="medium" if wordy else None),
            title_of("conclusion"): st.column_config.TextColumn(width=90),
        },
    )


def show_corrections(corrections: Sequence[Correction]) -> None:
    """Old and new of every correction, with who, when and why; both versions are kept."""
    rows = [
        {
            title_of("sample_no"): correction.sample_no,
            _("更正的栏目"): say(column.title),
            _("原来"): say(before),
            _("更正为"): say(after),
            _("更正人"): correction.by,
            _("更正时间"): time_words(correction.at, lang()),
            _("理由"): correction.reason,
        }
        for correction in corrections
        for column, before, after in correction.changes
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="good_corrections")


def show_earlier(earlier: Sequence[Earlier], program: Program) -> None:
    """Recorded decisions; choosing one shows the good as it was seen then."""
    if not earlier:
        st.info(
            _("还没有存档过这个农产品的判定。在“资格清单”里可以判定并存档。"), icon=":material/inventory_2:"
        )
        return
    rows = [_earlier_row(one, program) for one in earlier]
    st.caption(_("选中一行，按当时的日子和当时所知重看。“≠”表示与上面所示的判定不同。"))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="good_earlier",
        on_select=lambda: _as_then(earlier),
        selection_mode="single-row",
    )


def _earlier_row(one: Earlier, program: Program) -> Mapping[str, Any]:
    kept = one.run
    verdicts = {
        say(benefit.title): ("≠ " if name in one.differs else "") + verdict_label(one.verdicts[name])
        for name, benefit in program.benefits.items()
        if name in one.verdicts
    }
    return {
        _("判定日"): day_words(kept.as_of, lang()),
        **verdicts,
        _("存档人"): kept.recorded_by,
        _("存档时间"): time_words(kept.recorded_at, lang()),
        _("存档编号"): str(kept.id),
        _("规则指纹"): kept.digest[:8],
    }


def _as_then(earlier: Sequence[Earlier]) -> None:
    """For `on_select`: the day and the instant of the chosen run go into the address."""
    chosen = st.session_state["good_earlier"]["selection"]["rows"]
    if chosen:
        run = earlier[chosen[0]].run
        address.put(day=run.as_of, known=run.known_at)
