"""The settlement that is being made: trying it out, drafting it, and the steps that others take with the draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from data.casework.settlements import Settlement, open_draft
from data.papers.filters import yuan
from data.problems import StoreProblem
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.paperwork.money import fen_from
from office.permissions import may
from office.programs import program_in_force
from office.refusal import Refused
from office.subsidy import settling
from office.subsidy.claims import PROGRAM
from office.subsidy.settlement_paper import method_words
from office.subsidy.settlement_views import Shown, changes_of, drawn_now, recorded
from office.subsidy.settlement_words import DONE as DONE_WORDS
from office.subsidy.settlement_words import STATES, STEPS
from pages.parts import address
from pages.parts.acts_history import print_button
from pages.parts.door import Person
from pages.parts.language import _, _n, lang, say
from pages.parts.logistics_lines import clear_filters, figures, lines_table, sums, verdict_figures
from pages.parts.logistics_slip import show_claim
from pages.parts.logistics_sums import sums_table
from pages.parts.looks import day_words
from rules.claim_facts import AMOUNTS

DONE = "logistics_done"


@dataclass(frozen=True)
class Told:
    """What came of the last step; `settled` is the number of the settlement that it confirmed."""

    words: str
    settled: str | None = None


def show_draft(db: Database, person: Person, day: date) -> None:
    """The open draft with what is next, or a new one to be tried out and drafted."""
    _told(heads=may(person.role, "see_household_heads"))
    found = open_draft(db)
    if found is None:
        _new(db, person, day)
    else:
        _open(db, found, person)


def _told(*, heads: bool) -> None:
    """What came of the last step; of a confirmation, its paper and the way to it."""
    told: Told | None = st.session_state.pop(DONE, None)
    if told is None:
        return
    st.success(told.words, icon=":material/check:")
    if told.settled is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            print_button(told.settled, "logistics_print_now", heads=heads)
            words = _("看 {number}").format(number=told.settled)
            address.link(
                "logistics", words, icon=":material/receipt_long:", view="settled", number=told.settled
            )


def steps_line(found: Settlement) -> str:
    """Drafted, checked, confirmed: who did what on which day, and where it stands."""
    drafted = _("起草：{who} {day}").format(who=escape(found.recorded_by), day=found.done_on)
    parts = [f'<li class="done">✔ {drafted}</li>']
    waiting = found.is_open
    for kind in ("check", "confirm"):
        words = escape(say(STEPS[kind]))
        if step := found.steps.get(kind):
            done = escape(say(DONE_WORDS[kind]))
            parts.append(f'<li class="done">✔ {done}{_("：")}{escape(step.recorded_by)} {step.done_on}</li>')
        elif found.is_open:
            look, mark = ("now", _("等待")) if waiting else ("", "")
            parts.append(f'<li class="{look}">{mark} {words}</li>')
            waiting = False
    if step := found.steps.get("discard"):
        words = _("作废：{who} {day}，{reason}").format(
            who=escape(step.recorded_by), day=step.done_on, reason=escape(step.reason or "")
        )
        parts.append(f"<li>⊘ {words}</li>")
    return f'<ol class="settle-steps">{"".join(parts)}</ol>'


def terms_words(shown: Shown) -> str:
    """By which day, how an amount comes about, and from which pool."""
    pool = shown.terms.pool
    money = _("不限资金总额") if pool is None else _("资金总额 {n} 元").format(n=yuan(pool))
    return _("申报截至{day}；{method}；{pool}。").format(
        day=day_words(shown.terms.claimed_until, lang()),
        method=say(method_words(shown.terms.values)),
        pool=money,
    )


def _open(db: Database, found: Settlement, person: Person) -> None:
    shown = recorded(db, found)
    st.subheader(f"{found.number}　{say(STATES[found.state])}", anchor=False)
    st.html(steps_line(found))
    changed = changes_of(db, found)
    if changed:
        told = _("；").join(say(words) for words in changed[: settling.FIRST_SAID])
        st.warning(
            _n("起草以后有 {n} 行起了变化，这份草稿不能确认，请作废后重新起草。", len(changed)) + told,
            icon=":material/sync_problem:",
        )
    own = not settling.may_decide(db, found, person.login)
    _buttons(found, person, own=own, outdated=bool(changed))
    st.caption(terms_words(shown) + (f" {_('说明：')}{found.note}" if found.note else ""))
    figures({**verdict_figures(shown), **sums(shown)})
    sums_table(shown, "draft")
    claim = lines_table(shown, "draft", kinds=True, file=found.number)
    if claim:
        show_claim(db, claim, shown)


def _buttons(found: Settlement, person: Person, *, own: bool, outdated: bool) -> None:
    """What this person may do next; to everybody else, whose turn it is. `own`: they drafted it."""
    kind = "check" if found.state == "draft" else "confirm"
    words, label = say(STEPS[kind]), {"check": _("复核"), "confirm": _("确认结算")}[kind]
    if not may(person.role, "settle") or own:
        st.info(
            _("轮到审核员{step}，不能是起草人 {who}。").format(step=words, who=found.recorded_by),
            icon=":material/hourglass_empty:",
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        if may(person.role, "settle") and not own:
            st.button(
                label,
                key=f"logistics_{kind}",
                type="primary",
                icon=":material/task_alt:",
                disabled=outdated and kind == "confirm",
                on_click=_do,
                args=(_step(found, kind, person), _said(found, kind)),
            )
        if may(person.role, "discard_settlement"):
            with st.popover(_("作废这份草稿"), icon=":material/delete:"):
                reason = st.text_input(_("作废理由 *"), key="logistics_reason", live=True)
                st.button(
                    _("作废"),
                    key="logistics_discard",
                    on_click=_discard,
                    args=(found, person),
                    disabled=not reason.strip(),
                )


def _said(found: Settlement, kind: str) -> Told:
    """What is said after a step: what is next."""
    if kind == "check":
        return Told(_("{number} 已复核。接下来由起草人以外的审核员确认。").format(number=found.number))
    words = _("{number} 已确认，列在“已结算”里，可以打印结算表。").format(number=found.number)
    return Told(words, found.number)


def _step(found: Settlement, kind: str, person: Person) -> Callable[[], object]:
    take = settling.check if kind == "check" else settling.confirm
    return lambda: take(running.writer(), found.number, doer=Doer(person.login, person.role))


def _discard(found: Settlement, person: Person) -> None:
    reason = str(st.session_state.get("logistics_reason", ""))
    doer = Doer(person.login, person.role)
    _do(
        lambda: settling.discard(running.writer(), found.number, reason, doer=doer),
        Told(_("{number} 已作废。可以重新起草。").format(number=found.number)),
    )


def _do(work: Callable[[], object], said: Told) -> None:
    """One step in the office's name; what is refused is said in words and nothing is half done."""
    try:
        work()
    except (Refused, StoreProblem) as problem:
        faults = getattr(problem, "faults", ())
        st.warning("\n\n".join([say(problem.words), *(say(one) for one in faults)]), icon=":material/block:")
        return
    st.session_state[DONE] = said
    clear_filters()  # they were about the lines as they stood before


def _new(db: Database, person: Person, day: date) -> None:
    """Try it out with other sums and values; a clerk drafts it with those in force."""
    st.subheader(_("试算并起草"), anchor=False)
    until, pool, changed = _wishes(db, day)
    if pool is not None and pool < 0:
        return
    try:
        settling.must_be_possible(until, pool, day)
        shown = drawn_now(db, until, pool, changed)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")
        return
    if shown.lines.empty:
        st.info(_("到这一天没有未结算的申报，也没有要调整的已结算申报。"), icon=":material/inbox:")
        address.link("logistics", _("去导入申报"), icon=":material/upload_file:", view="upload")
        return
    st.caption(terms_words(shown))
    figures({**verdict_figures(shown), **sums(shown)})
    if shown.summary.settles:
        _draft_button(person, until, pool, bool(changed))
    else:
        st.info(
            _("这些申报都还不能判定，没有可以结算的。补齐缺少的事实以后再来。"), icon=":material/pending:"
        )
    sums_table(shown, "try")
    claim = lines_table(shown, "try", kinds=True, file=_("结算试算"))
    if claim:
        show_claim(db, claim, shown)


def _wishes(db: Database, day: date) -> tuple[date, int | None, dict[str, int]]:
    """The last day of claims, the pool in 分, and values tried out; a pool that is none is said and left aside."""
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    key = address.follow("logistics_until", address.day("until", day))
    until = left.date_input(
        _("申报截止日"), key=key, format="YYYY-MM-DD", on_change=address.keep, args=("until", key, day)
    )
    key = address.follow("logistics_pool", address.text("pool"))
    middle.text_input(
        _("资金总额（元）"),
        key=key,
        placeholder=_("不填：按应付支付"),
        on_change=address.keep,
        args=("pool", key, ""),
    )
    with right.popover(_("假设取值"), icon=":material/tune:"):
        changed = _values(db, until)
    pool: int | None = None
    if text := address.text("pool"):
        try:
            pool = fen_from(text)
        except Refused as refused:
            st.info(say(refused.words), icon=":material/info:")
            pool = -1
    return until, pool, changed


def _values(db: Database, until: date) -> dict[str, int]:
    """The values of amounts, each to be tried out; only those that differ from what is in force."""
    program, found = program_in_force(db, until, PROGRAM), {}
    for name in AMOUNTS:
        parameter = program.parameters[name]
        now = parameter.value_on(until)
        if now is None:
            continue
        asked = f"set_{name}"
        value = address.number(asked, now, parameter.low, parameter.high)
        st.number_input(
            say(parameter.title),
            parameter.low,
            parameter.high,
            key=address.follow(f"logistics_{asked}", value),
            on_change=address.keep,
            args=(asked, f"logistics_{asked}", now),
        )
        if value != now:
            found[name] = value
    return found


def _draft_button(person: Person, until: date, pool: int | None, tried: bool) -> None:
    if not may(person.role, "draft_settlement"):
        st.info(_("由录入员起草结算；这里可以先试算。"), icon=":material/hourglass_empty:")
        return
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    note = right.text_input(_("说明（可不填）"), key="logistics_note")
    doer = Doer(person.login, person.role)
    left.button(
        _("起草结算"),
        key="logistics_do_draft",
        type="primary",
        icon=":material/edit_document:",
        disabled=tried,
        help=_("假设取值只供试算；恢复现行取值后才能起草。") if tried else None,
        on_click=_do,
        args=(
            lambda: settling.draft(running.writer(), until, pool, doer=doer, note=note),
            Told(_("已起草。接下来由起草人以外的审核员复核、确认。")),
        ),
        width="stretch",
    )
