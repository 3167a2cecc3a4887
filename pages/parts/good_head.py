"""The top of the page of one good: choosing one, what it is called, the day and the instant it is seen at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from data.one_good import about_good
from data.register import register
from data.store import Database
from office.answering import answers_on, names_of_goods
from office.days import HERE, today
from office.explaining import Band
from office.one_good import Obstacle, turning_days
from office.refusal import Refused
from pages.parts import address
from pages.parts.choose_good import matching
from pages.parts.files import DOCX
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words, time_words, verdict_label, verdict_words
from pages.parts.tables import table_height
from rules.program import Program

LISTED = 100
WORRYING = ("revoked", "cannot_decide")  # listed before anything is typed

PRINT = """
<style>
@media print {
  .stSidebar, .stAppHeader, .stMain button, .stButton, .stDownloadButton, .stDateInput, .stExpander, .stButtonGroup,
  [data-testid="stElementToolbar"], .st-key-good_controls, .st-key-good_below, .st-key-good_acts { display: none !important; }
  .stApp, .stAppViewContainer, .stMain { position: static !important; overflow: visible !important;
    height: auto !important; display: block !important; }
  .stMainBlockContainer { padding: 0 !important; max-width: none !important; }
  @page { size: A4; margin: 14mm; }
}
@media not print { .office-on-paper { display: none; } }
.stMain .stHeading { padding-bottom: .25rem; }
.good-name { font-size: 1.2rem; font-weight: 700; }
.good-about { color: #46525f; line-height: 1.7; }
</style>
"""


def choose(db: Database, day: date, *, heads: bool) -> None:
    """A search field and a table to open a good from; before a word is typed, those that need looking at."""
    names = names_of_goods(db)
    if names.empty:
        st.info(_("还没有登记任何农产品。先在“检验”页下载空表，填好后导入。"), icon=":material/inventory_2:")
        address.link(
            "inspections", _("去导入"), icon=":material/upload_file:", view="upload", register="goods"
        )
        return
    key = address.follow("good_search", address.text("q"))
    words = st.text_input(
        _("查找农产品"),
        key=key,
        placeholder=_("户编号、产品、村或乡镇，可写几个词"),
        on_change=address.keep,
        args=("q", key, ""),
    ).strip()
    verdicts = _verdicts(db, day)
    found = matching(names, words, heads=heads) if words else _worrying(names, verdicts)
    if words and found.empty:
        st.info(_("没有找到“{words}”。请换一个词，或到“资格清单”里按乡镇和村筛选。").format(words=words))
        return
    st.caption(
        _("找到 {n} 个，选中一行打开。").format(n=f"{len(found):,}")
        if words
        else _("这一天“{one}”或“{other}”的 {n} 个，选中一行打开；其他的请查找。").format(
            one=verdict_words(WORRYING[0]), other=verdict_words(WORRYING[1]), n=f"{len(found):,}"
        )
    )
    _listed(found.head(LISTED), verdicts)


def _verdicts(db: Database, day: date) -> pd.DataFrame | None:
    """Every good's verdicts on the day by subject; None where the day cannot be decided."""
    try:
        answers = answers_on(db, day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")
        return None
    benefits = answers.program.benefits
    frame = pd.DataFrame({say(b.title): answers.verdicts(name) for name, b in benefits.items()})
    return frame.set_axis(answers.subjects, axis=0)


def _worrying(names: pd.DataFrame, verdicts: pd.DataFrame | None) -> pd.DataFrame:
    if verdicts is None:
        return names.iloc[:0]
    parts = [verdicts.index[(verdicts == verdict).any(axis=1)] for verdict in WORRYING]
    wanted = list(dict.fromkeys(subject for part in parts for subject in part))
    return names.set_index("subject", drop=False).reindex(wanted).dropna(subset=["subject"])


def _listed(found: pd.DataFrame, verdicts: pd.DataFrame | None) -> None:
    titles = {
        "subject": _("户编号/产品编码"),
        "product_name": _("产品"),
        "village_name": _("村"),
        "township_name": _("乡镇"),
    }
    frame = found[list(titles)].reset_index(drop=True).rename(columns=titles)
    if verdicts is not None:
        shown = verdicts.reindex(found["subject"]).reset_index(drop=True)
        for name in shown.columns:
            frame[name] = shown[name].map(verdict_label, na_action="ignore").fillna(_("尚未登记"))
    subjects = list(found["subject"])
    st.dataframe(
        frame,
        hide_index=True,
        height=table_height(max(len(frame), 1), 14),
        key="good_found",
        on_select=lambda: _open(subjects),
        selection_mode="single-row",
    )


def _open(subjects: Sequence[str]) -> None:
    chosen = st.session_state["good_found"]["selection"]["rows"]
    if chosen:
        address.put(subject=subjects[chosen[0]])


def heading(subject: str, about: Mapping[str, Any], *, heads: bool) -> None:
    """What the good is called, whose it is and where."""
    goods, products = register("goods"), register("products")
    source = say(goods.column("source").choices[about["source"]])
    category = say(products.column("category").choices[about["category"]])
    left = about["household_left"]
    lines = [
        f"{about['township_name']} · {about['village_name']}",
        (_("户主 {name}").format(name=about["head_name"]) if heads else ""),
        _("建档 {day}").format(day=_day(about["household_since"]))
        + (_("，退出 {day}").format(day=_day(left)) if left else ""),
        f"{category} · {source}",
        _("产品登记 {day}").format(day=_day(about["registered_on"])),
    ]
    told = "　".join(escape(line) for line in lines if line)
    st.html(
        f'{PRINT}<div class="good-name">{escape(about["product_name"])}　{escape(subject)}</div>'
        f'<div class="good-about">{told}</div>'
    )


def controls(day: date, known: str | None, bands: Sequence[Band], slip_file: Callable[[], bytes]) -> None:
    """The time machine: the day, the days on which the verdict turned, and what was known when; the slip to print."""
    before, after = turning_days(bands, day)
    with st.container(key="good_controls", horizontal=True, vertical_alignment="bottom"):
        _jump("good_before", _("◀ 上次变化"), before)
        key = address.follow("good_day", day)
        st.date_input(
            _("判定日"),
            key=key,
            format="YYYY-MM-DD",
            min_value=address.FIRST_DAY,
            max_value=address.LAST_DAY,
            on_change=address.keep,
            args=("day", key, st.session_state["working_day"]),
            help=_("看这个农产品在那一天的判定。"),
            width=150,
        )
        _jump("good_after", _("下次变化 ▶"), after)
        _known_control(known)
        if st.button(_("打印判定单"), key="good_print", icon=":material/print:"):
            st.html("<script>window.print()</script>", unsafe_allow_javascript=True)
        st.download_button(
            _("判定单 Word"),
            data=slip_file,
            file_name=_("资格判定单_{day}.docx").format(day=day.isoformat()),
            mime=DOCX,
            key="good_slip_file",
            on_click="ignore",
            icon=":material/description:",
        )
        st.button(_("换一个农产品"), key="good_other", on_click=lambda: address.put(subject=None, known=None))


def _known_control(known: str | None) -> None:
    instant = datetime.fromisoformat(known).astimezone(HERE) if known else None
    key = address.follow("good_known", instant.date() if instant else None)
    st.date_input(
        _("按到哪一天所知"),
        key=key,
        format="YYYY-MM-DD",
        min_value=address.FIRST_DAY,
        max_value=max(today(), instant.date()) if instant else today(),
        on_change=address.keep,
        args=("known", key),
        help=_("只看到那一天为止录入和更正的内容；留空为现在。"),
        width=150,
    )
    if known:
        now_words = _("按 {when} 所知。回到现在").format(when=time_words(known, lang()))
        st.button(now_words, key="good_now", type="tertiary", on_click=lambda: address.put(known=None))


def _jump(key: str, label: str, day: date | None) -> None:
    st.button(
        label,
        key=key,
        disabled=day is None,
        help=day_words(day, lang()) if day else _("没有更多变化"),
        on_click=_go_to(day) if day else None,
    )


def _go_to(day: date) -> Callable[[], None]:
    return lambda: address.put(day=day)


def panel(db: Database, subject: str, hindrance: Obstacle, *, heads: bool) -> None:
    """Why nothing is decided here, and a way out."""
    if (about := about_good(db, subject)) is not None:
        heading(subject, about, heads=heads)
    st.info(say(hindrance.words), icon=":material/event_busy:")
    if hindrance.now:
        st.button(
            _("看现在所知"), key="good_panel_now", on_click=lambda: address.put(known=None), type="primary"
        )
    elif hindrance.day:
        words = _("看 {day}").format(day=day_words(hindrance.day, lang()))
        st.button(words, key="good_panel_day", on_click=_go_to(hindrance.day), type="primary")
    else:
        choose(db, address.the_day(), heads=heads)


def on_paper(program: Program, day: date, known_at: str, since: date | None) -> None:
    """The line that stands above a printed slip: for which day, known when, under which rules.

    `since`: the day from which a published text counts, also said on screen.
    """
    if since is not None:
        st.caption(_("按自{day}起施行的规则判定").format(day=day_words(since, lang())))
    words = _("判定单　判定日 {day}　所知截至 {known}　规则 {program} {digest}").format(
        day=day_words(day, lang()),
        known=time_words(known_at, lang()),
        program=program.source,
        digest=program.digest[:12],
    )
    st.html(f'<div class="office-on-paper">{escape(words)}</div>')


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text), lang())
