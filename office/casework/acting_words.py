"""What was done about a good in words: for the person who did it, and for one who came second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from data.casework.acts import Act
from office.casework.asked import KIND_WORDS
from office.casework.in_force import STATE_WORDS
from office.days import HERE
from rules.program import Words

NEXT: Mapping[str, Words] = {
    "notify": Words("下一步：送达并登记。", "Next: deliver it and record the delivery."),
    "hear": Words("期限过后由另一位审核员决定。", "Once the period is over another reviewer decides."),
    "revoke": Words("下一步：送达决定书并登记。", "Next: deliver the decision and record the delivery."),
    "recover": Words(
        "下一步：在“包装物资”登记退回。", "Next: record what is handed back, on the page Packaging."
    ),
}


def done_words(act: Act) -> Words:
    """What an act means now and what comes next."""
    kind = KIND_WORDS[act.kind]
    zh, en = f"{act.subject}：已{kind.zh}", f"{act.subject}: {kind.en}, done"
    if act.document_no:
        zh, en = f"{zh}，文号 {act.document_no}", f"{en}, paper {act.document_no}"
    if act.state:
        state = STATE_WORDS[act.state]
        zh, en = f"{zh}；自 {act.effective_on} 起{state.zh}", f"{en}; {state.en} from {act.effective_on}"
    if act.defence_until:
        zh, en = (
            f"{zh}；陈述申辩期到 {act.defence_until} 为止",
            f"{en}; the defence period ends on {act.defence_until}",
        )
    if act.overrides:
        zh, en = (
            f"{zh}（与规则建议不同，已记理由）",
            f"{en} (against the rules' recommendation, with its reason)",
        )
    further = NEXT.get(act.kind, Words("", ""))
    return Words(f"{zh}。{further.zh}", f"{en}. {further.en}".rstrip())


def done_meanwhile(acts: Sequence[Act]) -> Words:
    """Why somebody who looked before these acts is asked to look again."""
    said = [_who_and_when(act) for act in acts]
    zh, en = "；".join(words.zh for words in said), "; ".join(words.en for words in said)
    return Words(
        f"您查看以后，{zh or '情况有了变化'}。没有改动任何内容，请看过现在的情况再办理。",
        f"Since you looked: {en or 'this has changed'}. Nothing was changed; look at how it stands now.",
    )


def _who_and_when(act: Act) -> Words:
    kind = KIND_WORDS[act.kind]
    at = datetime.fromisoformat(act.recorded_at).astimezone(HERE).strftime("%Y-%m-%d %H:%M")
    return Words(f"{act.recorded_by}已于 {at} 办理“{kind.zh}”", f'{act.recorded_by} did "{kind.en}" at {at}')
