"""The programme beside the plan's sentences, its values over time, and what is still to be confirmed."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from office.rule_book import (
    KINDS,
    Cited,
    cited_parts,
    clauses_cited,
    current_value,
    resting_on,
    row_words,
    sentences_of,
    to_confirm,
    to_confirm_xlsx,
    value_words,
)
from pages.parts import looks
from pages.parts.language import _, lang, say
from rules.program import Program


def beside_the_plan(program: Program) -> None:
    """Each cited clause sentence by sentence, beside the parts of the programme that rest on it."""
    st.caption(
        _(
            "左边是方案原文，右边是据此写成的规则。“方案原文”是方案明说的；“办公室口径”是方案没有明说、由办公室暂定的。"
        )
    )
    for clause in clauses_cited(program):
        for sentence in sentences_of(clause):
            parts = [part for part in resting_on(program, sentence) if part.kind != "parameter"]
            if not parts:
                continue
            left, right = st.columns([2, 3], gap="medium")
            left.html(f'<div class="office-quote"><b>{clause}</b><br>{_marked(sentence, parts)}</div>')
            right.table(_parts_table(program, parts), border="horizontal")
    for benefit in program.benefits.values():
        st.subheader(say(benefit.title), anchor=False)
        st.caption(_("从上往下看，第一行相符的就是结果。"))
        rows = {
            _("行"): [str(number) for number, _row in enumerate(benefit.rows, 1)],
            _("结果"): [looks.verdict_label(row.verdict) for row in benefit.rows],
            _("什么情形"): [say(row_words(program, benefit, row)) for row in benefit.rows],
        }
        st.table(pd.DataFrame(rows).set_index(_("行")), border="horizontal")


def values_over_time(program: Program, day: date) -> None:
    """Every parameter with its values, each from its day on; the one in force is marked."""
    rows = []
    for parameter in program.parameters.values():
        in_force = parameter.value_on(day)
        for dated in parameter.values:
            now = dated.value == in_force and dated.since <= day
            rows.append(
                {
                    _("参数"): say(parameter.title),
                    _("取值"): say(value_words(parameter, dated.value)),
                    _("自何日起"): looks.day_words(dated.since, lang()),
                    _("现行"): _("✔ 现行") if now else "",
                    _("允许范围"): f"{parameter.low}–{parameter.high}",
                    _("口径"): _reading(parameter.citation.reading),
                    _("说明"): dated.note,
                }
            )
    st.caption(_("取值只增不改：要变动就添加一个新的取值和它开始的日期，旧的一直留着。"))
    st.table(pd.DataFrame(rows).set_index(_("参数")), border="horizontal")


def readings(program: Program, day: date) -> None:
    """What the leading group must confirm, to print or to take along."""
    parts = to_confirm(program)
    st.write(
        _("方案没有明说、由办公室暂定的有 {n} 项（全部依据共 {all} 项），请提交领导小组确认。").format(
            n=len(parts), all=len(cited_parts(program))
        )
    )
    st.download_button(
        _("下载待确认清单（Excel，可打印）"),
        data=lambda: to_confirm_xlsx(program, day, lang()),
        file_name=_("口径待确认.xlsx"),
        key="rules_to_confirm",
        on_click="ignore",
    )
    rows = [
        {
            _("序号"): str(number),
            _("类别"): say(KINDS[part.kind]),
            _("内容"): _what(program, part),
            _("现行取值"): current_value(program, part, day, lang() == "zh"),
            _("条款"): part.citation.clause,
            _("方案原文"): part.citation.quote,
        }
        for number, part in enumerate(parts, 1)
    ]
    st.table(pd.DataFrame(rows).set_index(_("序号")), border="horizontal")


def _parts_table(program: Program, parts: list[Cited]) -> pd.DataFrame:
    rows = [
        {
            _("规则"): _what(program, part),
            _("类别"): say(KINDS[part.kind]),
            _("口径"): _reading(part.citation.reading),
        }
        for part in parts
    ]
    return pd.DataFrame(rows).set_index(_("规则"))


def _what(program: Program, part: Cited) -> str:
    """The part in words, and for which benefit only, where it is so."""
    if part.benefit is None:
        return say(part.text)
    title = say(program.benefits[part.benefit].title)
    return _("{what}（{benefit}）").format(what=say(part.text), benefit=title)


def _reading(reading: str) -> str:
    return _("方案原文") if reading == "text" else _("办公室口径")


def _marked(sentence: str, parts: list[Cited]) -> str:
    """The sentence with the longest quotes in it underlined."""
    text = escape(sentence)
    for quote in sorted({escape(part.citation.quote) for part in parts}, key=len, reverse=True):
        if quote in text and f"<u>{quote}" not in text:
            text = text.replace(quote, f"<u>{quote}</u>", 1)
    return text
