"""审计 → 名单为何变化: two recorded runs, and for every name that differs the rule, the data, both, or an act."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.decisions import Run
from data.rulekeeping.run_lists import runs_of_all_goods
from data.store import Database
from office import running
from office.permissions import may
from office.refusal import Refused
from office.rulekeeping.list_changes import PARTS, ListChanges, list_changes
from office.rulekeeping.list_words import (
    PART_WORDS,
    SHORT,
    names_table,
    rules_words,
    summary_words,
    title_words,
)
from pages.parts import address
from pages.parts.audit_changes_table import moves_line, part_chart, show_names
from pages.parts.choices import one_of_few
from pages.parts.door import Person
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words, number_words, show_chart, time_words


def panel(day: date, person: Person) -> None:
    """Choose two runs; what made the difference, in a sentence, as a chart and name by name."""
    with running.reader() as db:
        runs = {run.id: run for run in runs_of_all_goods(db)}
        if len(runs) < 2:
            _too_few()
            return
        first, second = _chosen(runs)
        try:
            found = list_changes(db, first, second)
        except Refused as refused:
            st.info(say(refused.words), icon=":material/info:")
            return
        _summary(found)
        if found.names:
            _names(db, found, heads=may(person.role, "see_household_heads"))


def _too_few() -> None:
    st.info(
        _("要有两次存档才能对比。在“资格清单”把当天的判定存档，每月一次为好。"), icon=":material/inventory_2:"
    )
    address.link("goods", _("去资格清单存档"), icon=":material/arrow_forward:")


def _chosen(runs: dict[int, Run]) -> tuple[int, int]:
    """The two runs of the address; else the latest and the one of the day before it that was recorded."""
    last = max(runs.values(), key=lambda run: (run.as_of, run.id))
    earlier = [run for run in runs.values() if run.as_of < last.as_of] or [
        run for run in runs.values() if run.id != last.id
    ]
    before = max(earlier, key=lambda run: (run.as_of, run.id))
    left, right = st.columns(2)
    with left:
        first = _run("first", _("上次"), runs, before.id)
    with right:
        second = _run("second", _("这次"), runs, last.id)
    return first, second


def _run(name: str, label: str, runs: dict[int, Run], default: int) -> int:
    chosen = int(address.one_of(name, [str(number) for number in runs], str(default)))
    st.selectbox(
        label,
        list(runs),
        key=address.follow(f"audit_changes_{name}", chosen),
        format_func=lambda number: _run_words(runs[number]),
        on_change=address.keep,
        args=(name, f"audit_changes_{name}", default),
    )
    st.caption(_recorded_words(runs[chosen]))
    return chosen


def _run_words(run: Run) -> str:
    return _("第 {n} 次：{day}的名单，规则 {digest}").format(
        n=run.id, day=day_words(run.as_of, lang()), digest=run.digest[:SHORT]
    )


def _recorded_words(run: Run) -> str:
    return _("{by}于{at}存档，共 {n} 个农产品").format(
        by=run.recorded_by, at=time_words(run.recorded_at, lang()), n=number_words(run.goods)
    )


def _summary(found: ListChanges) -> None:
    if found.before.run.id == found.after.run.id:
        st.info(_("两边是同一次存档。换一次再看。"), icon=":material/info:")
        return
    lines = [say(summary_words(found, benefit)) for benefit in found.benefits]
    st.markdown("\n".join(f"- {line}" for line in lines))
    changed = [say(line) for line in rules_words(found)]
    st.caption(
        _("规则有变化：{changes}").format(changes=_("；").join(changed))
        if changed
        else _("两次所用的规则文本和取值相同。")
    )
    if not found.names:
        st.info(_("两份名单没有一处不同，现行状态也没有变化。"), icon=":material/check_circle:")


def _names(db: Database, found: ListChanges, *, heads: bool) -> None:
    titles = {name: say(title_words(found, name)) for name in found.benefits}
    left, right = st.columns([5, 4])
    with left:
        benefit = one_of_few("benefit", "audit_changes_benefit", _("事项"), titles, next(iter(titles)))
    parts = found.parts(benefit)
    words = {"all": _("全部 {n}").format(n=sum(parts.values()))}
    words |= {part: f"{say(PART_WORDS[part])} {parts[part]}" for part in PARTS}
    with right:
        part = one_of_few("part", "audit_changes_part", _("属于"), words, "all")
    table = names_table(db, found)
    table = table[table["benefit"] == benefit]
    chosen = table if part == "all" else table[table["part"] == part]
    if chosen.empty:
        st.info(_("这一类没有。"), icon=":material/filter_alt_off:")
        return
    st.markdown(f"**{_n('共 {n} 个农产品', len(chosen))}**")
    st.caption(moves_line(chosen))
    show_names(found, chosen, heads=heads)
    st.subheader(_("各乡镇的变化"), anchor=False)
    show_chart(part_chart(chosen), key="audit_changes_chart")
