"""What is in force beside what the rules recommend, and how far a case of taking away has come, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from types import MappingProxyType

import streamlit as st

from office.casework.acting import Case, Standing
from office.casework.in_force import InForce
from pages.parts.language import _, lang, say
from pages.parts.looks import OTHER, VERDICTS, day_words, verdict_words
from pages.parts.states import STATES, override_words, state_words
from rules.program import Program

STEPS = ("notify", "deliver", "hear", "revoke", "deliver_decision", "recover")

STYLE = """
<style>
.inforce { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
.inforce section { border: 1px solid #d5dce5; border-radius: 4px; padding: .5rem .8rem .55rem; line-height: 1.5; }
.inforce section.differs { border-left: 3px solid #1f5fa8; }
.inforce-title { font-weight: 700; }
.inforce-lines { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; }
.inforce-lines > span:nth-child(odd) { color: #46525f; }
.inforce b { font-size: 1.05rem; }
.acts-override { color: #6d4800; background: #fff6e0; border: 1px solid #8f5f00; border-radius: 3px;
  padding: 0 .3rem; font-size: .85rem; white-space: nowrap; }
ol.path { display: flex; flex-wrap: wrap; gap: .3rem 0; margin: 0 !important; padding: 0 !important; list-style: none; }
ol.path li { flex: 1 1 8rem; border-top: 3px solid #d5dce5; padding: .25rem .6rem .1rem 0; margin: 0 !important; line-height: 1.4;
  color: #46525f; font-size: .92rem; }
ol.path li.done { border-top-color: #2e7d4f; color: #1f2933; }
ol.path li.now { border-top-color: #1f5fa8; color: #1f2933; font-weight: 600; }
ol.path li.halted { border-top-color: #b3261e; color: #1f2933; font-weight: 600; }
.path small { display: block; font-weight: 400; color: #46525f; font-size: .86rem; }
</style>
"""


def in_force_cards(
    program: Program,
    shown: Mapping[str, tuple[InForce, str]],
    cases: Mapping[str, Case | None] = MappingProxyType({}),
) -> None:
    """Per benefit the state in force, the verdict of the day and the open case; a difference has a mark at its edge."""
    cards = "".join(
        _card(say(program.benefits[name].title), *both, cases.get(name)) for name, both in shown.items()
    )
    st.html(f'{STYLE}<div class="inforce">{cards}</div>')


def state_html(found: InForce) -> str:
    """The state with its sign, its first day and the mark where it goes against the rules."""
    since = _("自{day}起").format(day=day_words(found.since, lang())) if found.since else ""
    mark = f' <span class="acts-override">{escape(override_words())}</span>' if found.overrides else ""
    look = STATES[found.state]
    return f'<b style="color:{look.colour}">{look.sign} {escape(state_words(found.state))}</b> {escape(since)}{mark}'


def path_of(case: Case, benefit: str) -> None:
    """The steps of a case in a line: those taken with day and person, the next one with why it waits."""
    lines = "".join(_step(case, kind) for kind in STEPS if kind != "recover" or benefit == "packaging")
    st.html(f'{STYLE}<ol class="path" aria-label="{escape(_("办理的步骤"))}">{lines}</ol>')


def has_path(found: Standing) -> bool:
    """Whether the last case is still of use: open, or decided and not given back since."""
    case = found.case
    return case is not None and (
        case.is_open or (case.decided is not None and found.in_force.state != "granted")
    )


def step_words(kind: str) -> str:
    """A step of the path, short."""
    return {
        "notify": _("事先告知"),
        "deliver": _("告知书送达"),
        "hear": _("陈述申辩"),
        "revoke": _("另一人决定"),
        "deliver_decision": _("决定书送达"),
        "recover": _("收回清单"),
    }[kind]


def _card(title: str, found: InForce, verdict: str, case: Case | None) -> str:
    look = VERDICTS.get(verdict, OTHER)
    recommended = f'<b style="color:{look.colour}">{look.sign} {escape(verdict_words(verdict))}</b>'
    differs = (found.state == "granted") != (verdict == "eligible")
    lines = {_("现行"): state_html(found), _("规则建议"): recommended}
    if case is not None and case.is_open and case.next_step:
        lines[_("办理中")] = f"<b>{escape(_case_words(case.next_step))}</b>"
    told = "".join(f"<span>{name}</span><span>{words}</span>" for name, words in lines.items())
    return (
        f'<section class="{"differs" if differs else ""}" aria-label="{escape(title)}">'
        f'<div class="inforce-title">{escape(title)}</div><div class="inforce-lines">{told}</div></section>'
    )


def _case_words(next_step: str) -> str:
    """How far an open case is, by what comes next."""
    return {
        "deliver": _("待送达告知书"),
        "hear": _("待记录陈述申辩"),
        "revoke": _("待作出决定"),
        "stop": _("已中止，待终止"),
    }[next_step]


def _step(case: Case, kind: str) -> str:
    taken = case.step(kind)
    if taken is not None:
        who = f"{day_words(date.fromisoformat(taken.done_on), lang())} · {taken.recorded_by}"
        return _item("done", f"✔ {step_words(kind)}", who)
    if case.halted and kind == _next(case):
        return _item("halted", f"⊘ {_('已中止')}", step_words(kind))
    if kind == "recover" and case.decided is not None and case.next_step is None:
        return _item("done", f"— {step_words(kind)}", _("名下没有可收回的物资"))
    if kind == case.next_step and case.stopped is None:
        return _item("now", f"▶ {step_words(kind)}", _waits(case, kind))
    return _item("later", f"○ {step_words(kind)}", "")


def _waits(case: Case, kind: str) -> str:
    """Until when a step waits: a statement can be made at any time, nothing is decided before the period is over."""
    if case.wait_until is None:
        return _("现在")
    day = day_words(case.wait_until, lang())
    return (_("随时可以，到{day}") if kind == "hear" else _("{day}以后")).format(day=day)


def _next(case: Case) -> str | None:
    return next((kind for kind in STEPS if case.step(kind) is None), None)


def _item(look: str, words: str, beside: str) -> str:
    current = ' aria-current="step"' if look in ("now", "halted") else ""
    return f'<li class="{look}"{current}>{escape(words)}<small>{escape(beside)}</small></li>'
