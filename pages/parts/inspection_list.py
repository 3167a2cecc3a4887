"""The list of inspections: filters in the address, a page of rows, each re-inspection tied to its original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from data.inspection_lists import (
    Asked,
    inspections_asked,
    inspections_counted,
    reinspections_of,
    townships_listed,
)
from data.register import register
from data.store import Database
from office import running
from office.answering import names_of_goods, while_all_stands
from office.inspecting import list_file
from pages.parts import address
from pages.parts.choices import day_or_none, keep_from_the_first_page
from pages.parts.evidence import cell, conclusion_label, title_of
from pages.parts.files import CSV, XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.tables import table_height

PAGE = 100
FILTERS = ("sample", "good", "township", "conclusion", "method", "since", "until", "again", "pending", "page")


def show_list(db: Database, day: date) -> None:
    """Filters, the rows they leave, and what belongs together with the chosen one."""
    asked = _filters(db, day)
    count = while_all_stands("inspections_counted", db, asked, lambda: inspections_counted(db, asked))
    if not count:
        _nothing(asked)
        return
    pages = -(-count // PAGE)
    page = min(address.number("page", 1, 1, 1_000_000), pages)
    rows = while_all_stands(
        "inspections_page",
        db,
        (asked, page),
        lambda: inspections_asked(db, asked, first=(page - 1) * PAGE, most=PAGE),
    )
    _above(asked, count)
    again = reinspections_of(db, [row["entity"] for row in rows], day)
    names = while_all_stands("inspections_names", db, None, lambda: _names(db))
    lines = [_line(row, again.get(row["entity"], ()), names) for row in rows]
    st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        height=table_height(len(lines), 14),
        key=f"inspections_rows_{page}",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_widths(any(line[_("复检")] for line in lines)),
    )
    _turn(page, pages)
    chosen = st.session_state[f"inspections_rows_{page}"]["selection"]["rows"]
    if chosen and chosen[0] < len(rows):
        _detail(db, rows[chosen[0]], day)


def _widths(pairs: bool) -> dict[str, Any]:
    """Columns whose longest words may stand below the rows that Streamlit measures."""
    pixels = {title_of("conclusion"): 90, _("乡镇和村"): 160, _("产品"): 75, _("复检"): 215 if pairs else 60}
    return {name: st.column_config.TextColumn(width=width) for name, width in pixels.items()}


def _filters(db: Database, day: date) -> Asked:
    """What the address asks; each control writes itself back there and goes to the first page."""
    columns = register("inspections").by_name
    conclusions, methods = columns["conclusion"].choices, columns["method"].choices
    towns = townships_listed(db)
    first, second = st.columns([2, 2, 2, 3]), st.columns([2, 2, 2, 3], vertical_alignment="bottom")
    with first[0]:
        sample = _text("sample", title_of("sample_no"))
    with first[1]:
        good = _text("good", _("户编号/产品编码或产品名"))
    with first[2]:
        township = _one("township", _("乡镇"), towns)
    with first[3]:
        some = _some(
            "conclusion", title_of("conclusion"), {code: conclusion_label(code) for code in conclusions}
        )
    with second[0]:
        method = _one("method", title_of("method"), {code: say(words) for code, words in methods.items()})
    with second[1]:
        since = day_or_none("inspections", "since", _("抽样自"))
    with second[2]:
        until = day_or_none("inspections", "until", _("抽样至"))
    with second[3], st.container(horizontal=True, vertical_alignment="bottom"):
        again, pending = _tick("again", _("只看复检")), _tick("pending", _("只看待确证未复检"))
    return Asked(sample, good, township, tuple(some), method, since, until, day, again, pending)


def _text(name: str, label: str) -> str:
    key = address.follow(f"inspections_{name}", address.text(name))
    st.text_input(label, key=key, on_change=keep_from_the_first_page, args=(name, key))
    return str(st.session_state[key]).strip()


def _one(name: str, label: str, words: Mapping[str, str]) -> str:
    key = address.follow(f"inspections_{name}", address.one_of(name, tuple(words), None))
    st.selectbox(
        label,
        list(words),
        key=key,
        format_func=lambda code: words.get(code, code),
        placeholder=_("全部"),
        on_change=keep_from_the_first_page,
        args=(name, key),
    )
    return st.session_state[key] or ""


def _some(name: str, label: str, words: Mapping[str, str]) -> list[str]:
    key = address.follow(f"inspections_{name}", address.some_of(name, tuple(words)))
    st.multiselect(
        label,
        list(words),
        key=key,
        format_func=lambda code: words[code],
        placeholder=_("全部"),
        on_change=keep_from_the_first_page,
        args=(name, key),
    )
    return list(st.session_state[key])


def _tick(name: str, label: str) -> bool:
    key = address.follow(f"inspections_{name}", address.one_of(name, ("1",), "") == "1")
    return st.checkbox(label, key=key, on_change=keep_from_the_first_page, args=(name, key))


def _above(asked: Asked, count: int) -> None:
    """How many, and the files to take along."""
    with st.container(horizontal=True, vertical_alignment="center"):
        told = _n("到{{day}}已有结果的 {n} 条，最近抽样的在前", count)
        st.caption(told.format(day=day_words(asked.known_on or date.max, lang())), width="content")
        _download(asked, "xlsx", _("导出 Excel"), XLSX)
        _download(asked, "csv", _("导出 CSV"), CSV)
        if any(name in st.query_params for name in FILTERS):
            st.button(_("清除筛选"), key="inspections_clear", on_click=_clear, type="tertiary")


def _turn(page: int, pages: int) -> None:
    """To another page of the list. The control has a default of its own: following as well makes Streamlit warn."""
    if pages > 1:
        key = f"inspections_page_{page}"
        st.pagination(
            pages, default=page, key=key, on_change=address.keep, args=("page", key, 1), width="stretch"
        )


def _download(asked: Asked, kind: Literal["xlsx", "csv"], label: str, mime: str) -> None:
    title = say(register("inspections").title)

    def made() -> bytes:
        with running.reader() as db:
            return list_file(db, asked, kind)

    st.download_button(
        label,
        data=made,
        file_name=f"{title}.{kind}",
        mime=mime,
        on_click="ignore",
        key=f"inspections_{kind}",
        icon=":material/download:",
    )


def _clear() -> None:
    address.put(**dict.fromkeys(FILTERS))


def _nothing(asked: Asked) -> None:
    """Nothing fits, or nothing is there at all."""
    if asked == replace(Asked(), known_on=asked.known_on):
        st.info(_("到这一天还没有检验记录。下载空表，填好后导入，或登记一条。"), icon=":material/science:")
        address.link("inspections", _("去导入"), icon=":material/upload_file:", view="upload")
        return
    st.info(_("没有符合这些条件的检验。"), icon=":material/filter_alt_off:")
    st.button(_("清除筛选"), key="inspections_clear_all", on_click=_clear)


def _names(db: Database) -> Mapping[str, tuple[str, str]]:
    """Product and place of every good, by its subject."""
    names = names_of_goods(db)
    places = names["township_name"] + " " + names["village_name"]
    return dict(zip(names["subject"], zip(names["product_name"], places, strict=True), strict=True))


def _line(
    row: Mapping[str, Any], again: Sequence[Mapping[str, Any]], names: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    subject = f"{row['household_no']}/{row['product_code']}"
    product, place = names.get(subject, ("", ""))
    shown = ("method", "item", "measured", "limit_value", "agency")
    return {
        title_of("sample_no"): row["sample_no"],
        _("户编号/产品编码"): subject,
        _("产品"): product,
        _("乡镇和村"): place,
        **{title_of(name): cell(name, row[name]) for name in ("sampling_date", "result_date", "conclusion")},
        _("复检"): _pair_words(row, again),
        **{title_of(name): cell(name, row[name]) for name in shown},
        _("更正次数"): row["version"] - 1,
    }


def _pair_words(row: Mapping[str, Any], again: Sequence[Mapping[str, Any]]) -> str:
    if row["reinspection_of"]:
        return _("复检自 {number}").format(number=row["reinspection_of"])
    if not again:
        return ""
    last = again[-1]
    return _("已由 {number} 复检：{conclusion}").format(
        number=last["sample_no"], conclusion=conclusion_label(last["conclusion"])
    )


def _detail(db: Database, row: Mapping[str, Any], day: date) -> None:
    """The chosen sample with its original or its re-inspections, and the way to its good."""
    subject = f"{row['household_no']}/{row['product_code']}"
    number = row["reinspection_of"] or row["sample_no"]
    originals = inspections_asked(db, Asked(sample=number, good=subject))
    original = next((one for one in originals if one["sample_no"] == number), row)
    pairs = reinspections_of(db, [original["entity"]], day).get(original["entity"], [])
    with st.container(border=True):
        st.markdown(f"**{row['sample_no']}**　{subject}")
        if pairs:
            lines = [{**one, "reinspection_of": number} for one in pairs]
            shown = ("sample_no", "sampling_date", "result_date", "conclusion", "reinspection_of")
            table = [{title_of(n): cell(n, one[n]) for n in shown} for one in (original, *lines)]
            st.dataframe(pd.DataFrame(table), hide_index=True, width="content", key="inspections_pair")
        if row["reason"]:
            st.caption(_("由{who}更正，理由：{reason}").format(who=row["recorded_by"], reason=row["reason"]))
        address.link("good", _("打开一户一品 {subject}").format(subject=subject), subject=subject)
