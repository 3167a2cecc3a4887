"""The acts that a person may do now, each as a form of its own; what was typed stays until it is done."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.problems import StoreProblem
from office import running
from office.casework.acting import Asked, Doer, Done, Possible, Standing, act
from office.refusal import Refused
from pages.parts import address
from pages.parts.acts_fields import draw, values
from pages.parts.door import who
from pages.parts.language import _
from pages.parts.states import kind_words, override_words
from rules.program import Words

TOLD, ROUND = "acts_told", "acts_round"


@dataclass(frozen=True)
class Told:
    """What came of the last form: done, or refused in words."""

    subject: str
    benefit: str
    kind: str
    done: Done | None
    refused: Words | None


def forms(found: Standing, refused: str | None = None) -> None:
    """A form for each act that the person may do now; the one that the situation asks for is open.

    So is the kind that has just been `refused`, for what is missing to be written there.
    """
    possible = [one for one in found.may.values() if one.now]
    first = _asked_for(found, possible)
    for one in sorted(possible, key=lambda one: (one.kind != first, one.only_as_override)):
        against = f"　{override_words()}" if one.only_as_override else ""
        with st.expander(f"{kind_words(one.kind)}{against}", expanded=one.kind in (first, refused)):
            _form(found, one)


def _asked_for(found: Standing, possible: list[Possible]) -> str | None:
    """The kind of act that the situation asks for: the case's next step, else what the rules recommend."""
    kinds = [one.kind for one in possible if not one.only_as_override]
    if found.case and found.case.next_step in kinds:
        return found.case.next_step
    wanted = ("withhold", "notify") if found.verdict == "revoked" else ("grant", "reinstate")
    return next((kind for kind in kinds if kind in wanted), None)


def _form(found: Standing, one: Possible) -> None:
    number = st.session_state.get(ROUND, 0)
    prefix = f"acts_{one.kind}_{found.benefit}_{found.subject}_{number}"
    st.caption(_meaning(one.kind, found))
    if one.only_as_override:
        st.caption(_("{mark}：必须写明理由，以后处处带有这个标记。").format(mark=override_words()))
    draw(one.kind, prefix, found, override=one.only_as_override)
    st.button(
        kind_words(one.kind),
        key=f"{prefix}_do",
        type="primary",
        on_click=_do,
        args=(found.subject, found.benefit, one.kind, one.only_as_override, found.seen, prefix),
    )


def _do(subject: str, benefit: str, kind: str, override: bool, seen: int, prefix: str) -> None:
    """For `on_click`: do what the form says, on what the person saw; what came of it is told by the page."""
    person = who()
    if person is None:
        return  # the page says that the sign-in has ended; what was typed stays
    address.put(benefit=benefit)  # which one is shown first may change with what is done now
    asked = Asked(kind, subject, benefit, override=override, **values(kind, prefix))
    done, refused = None, None
    try:
        done = act(running.writer(), asked, doer=Doer(person.name, person.role), seen=seen)
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    except (Refused, StoreProblem) as problem:
        refused = Words(problem.words.zh, problem.words.en)
    st.session_state[TOLD] = Told(subject, benefit, kind, done, refused)


def _meaning(kind: str, found: Standing) -> str:
    """One line: what the act brings about."""
    proposer = found.case.notice.recorded_by if found.case else ""
    return {
        "grant": _("自这一天起现行状态为“已给予”。"),
        "withhold": _("记下不给予；以后符合了，仍可给予。"),
        "reinstate": _("自这一天起恢复，须是今天或以后的一天。"),
        "notify": _("出事先告知书并编号。取消还要经过：送达、申辩期、记录申辩、由另一位审核员决定。"),
        "deliver": _("登记以后申辩期开始计算（工作日）；期满以前不能作决定。"),
        "hear": _("原话照记；陈述申辩不会使处理加重。"),
        "revoke": _("由{who}提出，您作为另一人决定；决定书随即编号，自生效日起现行状态改变。").format(
            who=proposer
        ),
        "deliver_decision": _("登记决定书的送达。"),
        "recover": _("按现在名下的设备和未用包材开列清单并编号。"),
        "stop": _("结束这次办理，现行状态不变；以后可以重新告知。"),
    }[kind]
