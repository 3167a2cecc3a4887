"""改规则 → 公布: what waits for a second person, what may be proposed, and everything that was ever published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import streamlit as st

from data.problems import StoreProblem
from data.rulekeeping.drafts import SavedDraft, standing_drafts
from data.rulekeeping.publications import Publication, publications
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.programs import program_kept, program_titles
from office.refusal import Refused
from office.rulekeeping import publishing
from office.rulekeeping.drafting import first_of_next_month
from office.rulekeeping.publishing_words import STATES
from office.signing import LONGEST_TEXT
from pages.parts import address
from pages.parts.compare_panel import PROPOSAL
from pages.parts.door import Person
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words
from pages.parts.standing_place import standing_place
from pages.parts.tables import table_height
from rules.program import Words

DONE = "rule_changes_published"


def panel(day: date, person: Person) -> None:
    """What waits, the form to propose, and the history."""
    with standing_place("rule_changes_said"):
        if words := st.session_state.pop(DONE, None):
            st.success(words, icon=":material/check_circle:")
    with running.reader() as db:
        titles = program_titles(db, day)
        _differing(db, titles)
        _waiting(db, titles, person)
        if may(person.role, "draft_rules"):
            _propose(db, titles, day, person)
        _history(db, titles)


def _differing(db: Database, titles: Mapping[str, Words]) -> None:
    for name in publishing.differing_on_disk(db):
        st.warning(
            _(
                "“{title}”随软件的规则文件与已公布的不同。判定仍按已公布的；要采用文件里的，请在“草稿”里从文件开始，提出并公布。"
            ).format(title=say(titles[name])),
            icon=":material/difference:",
        )


def _waiting(db: Database, titles: Mapping[str, Words], person: Person) -> None:
    """Every proposal that waits, with what a second person may do about it."""
    st.subheader(_("等待公布"), anchor=False)
    found = publishing.proposals(db)
    if not found:
        st.caption(_("没有等待第二人公布的修改。"))
    for one in found:
        with st.container(border=True, key=f"rule_changes_waiting_{one.id}"):
            _one_waiting(one, say(titles[one.program]), person)


def _one_waiting(one: Publication, title: str, person: Person) -> None:
    since = day_words(date.fromisoformat(one.effective_on or one.done_on), lang())
    st.markdown(_("**第 {n} 号 · {title}**，自{since}起施行").format(n=one.id, title=title, since=since))
    st.caption(
        _("{who}于{day}提出。理由：{reason}").format(
            who=one.recorded_by,
            day=day_words(date.fromisoformat(one.done_on), lang()),
            reason=one.reason,
        )
    )
    address.here(
        _("看它与现行规则的差别和影响"),
        f"rule_changes_compare_{one.id}",
        {"view": "compare", "compared": f"{PROPOSAL}{one.id}"},
        icon=":material/compare_arrows:",
    )
    if not may(person.role, "draft_rules"):
        return
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    doer = Doer(person.name, person.role)
    if may(person.role, "publish_rules"):
        number = left.text_input(
            _("文号（可以空白）"), key=f"rule_changes_number_{one.id}", max_chars=publishing.LONGEST_NUMBER
        )
        own = one.recorded_by == person.name
        if middle.button(
            _("公布"),
            key=f"rule_changes_publish_{one.id}",
            type="primary",
            icon=":material/verified:",
            disabled=own,
            help=_("是您提出的，须由另一位审核员公布。") if own else None,
            width="stretch",
        ):
            _do(
                lambda: publishing.publish(running.writer(), one.id, number, doer=doer),
                _("已公布第 {n} 号修改，自{since}起施行。以前的判定不变。").format(n=one.id, since=since),
            )
    with right.popover(_("撤下"), icon=":material/undo:", width="stretch"):
        reason = st.text_input(_("理由 *"), key=f"rule_changes_why_{one.id}", max_chars=LONGEST_TEXT)
        if st.button(_("撤下第 {n} 号修改").format(n=one.id), key=f"rule_changes_drop_{one.id}"):
            _do(
                lambda: publishing.drop(running.writer(), one.id, reason, doer=doer),
                _("已撤下第 {n} 号修改。").format(n=one.id),
            )


def _propose(db: Database, titles: Mapping[str, Words], day: date, person: Person) -> None:
    """A saved draft, the day it is to count from, and why."""
    st.subheader(_("提出修改"), anchor=False)
    drafts = {one.name: one for one in standing_drafts(db)}
    if not drafts:
        st.caption(_("还没有保存的草稿。先在“草稿”里改好并保存。"))
        return
    chosen = address.one_of("draft", tuple(drafts), next(iter(drafts)))
    with st.form("rule_changes_propose", border=True):
        left, right = st.columns([3, 2])
        name = left.selectbox(
            _("草稿"),
            list(drafts),
            index=list(drafts).index(chosen),
            key="rule_changes_draft",
            format_func=lambda one: f"{one}（{say(titles[drafts[one].program])}）",
        )
        since = right.date_input(
            _("自何日起施行"),
            value=first_of_next_month(day),
            min_value=day,
            key="rule_changes_since",
            format="YYYY-MM-DD",
        )
        reason = st.text_input(_("理由 *"), key="rule_changes_reason", max_chars=LONGEST_TEXT)
        document = st.text_input(
            _("文号（可以空白）"), key="rule_changes_document", max_chars=publishing.LONGEST_NUMBER
        )
        pressed = st.form_submit_button(_("提出，请另一位审核员公布"), icon=":material/send:")
    if pressed:
        _send(drafts[name], since, reason, document, person)


def _send(draft: SavedDraft, since: date, reason: str, document: str, person: Person) -> None:
    wish = publishing.Proposal(draft.text, since, reason, document, draft.program)
    _do(
        lambda: publishing.propose(running.writer(), wish, doer=Doer(person.name, person.role)),
        _("草稿“{name}”已提出，等另一位审核员公布。公布以前不影响任何判定。").format(name=draft.name),
    )


def _do(act: Callable[[], object], done: str) -> None:
    try:
        act()
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        for fault in getattr(problem, "faults", ())[:20]:
            st.caption(say(fault))
        return
    st.session_state[DONE] = done
    address.go("rule_changes", view="publish")


def _history(db: Database, titles: Mapping[str, Words]) -> None:
    """Every text of every programme, the newest first; a chosen one is downloaded as it stands."""
    st.subheader(_("公布的历史"), anchor=False)
    found = publications(db)
    if not found:
        st.caption(_("这个数据库还没有公布过规则：运行一次 init 命令即可。"))
        return
    table = pd.DataFrame([_line(one, titles) for one in found])
    event = st.dataframe(
        table,
        hide_index=True,
        height=table_height(len(table), 12),
        key="rule_changes_history",
        on_select="rerun",
        selection_mode="single-row",
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(found):
        one = found[rows[0]]
        st.download_button(
            _("下载第 {n} 号的规则文件").format(n=one.id),
            data=program_kept(db, one.program, one.digest).text.encode("utf-8"),
            file_name=f"{one.program}_{one.digest[:12]}.toml",
            mime="text/plain",
            key="rule_changes_download",
            on_click="ignore",
        )
    else:
        st.caption(_("选中一行，可以下载当时的规则文件。文本和摘要永久保存。"))


def _line(one: Publication, titles: Mapping[str, Words]) -> dict[str, object]:
    step = one.step
    return {
        _("号"): one.id,
        _("规则"): say(titles[one.program]),
        _("状态"): say(STATES[one.state]),
        _("自何日起施行"): one.effective_on or _("一直"),
        _("提出人"): _("软件") if one.kind == "baseline" else one.recorded_by,
        _("提出日期"): one.done_on,
        _("公布或撤下"): step.recorded_by if step else "",
        _("日期"): step.done_on if step else "",
        _("理由"): _("随软件提供的规则") if one.kind == "baseline" else one.reason,
        _("文号"): (step.document_no if step else None) or one.document_no or "",
        _("规则摘要"): one.digest[:12],
    }
