"""What somebody asks the office to do about a good, and what was done: plain values, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.casework.acts import Act
from rules.program import Words

WITH_REASON = ("revoke", "stop")  # an act against the rules needs one too

KIND_WORDS: Mapping[str, Words] = {
    "grant": Words("给予", "grant"),
    "withhold": Words("不给予", "withhold"),
    "reinstate": Words("恢复", "reinstate"),
    "notify": Words("发出事先告知书", "notify of the intended decision"),
    "deliver": Words("登记告知书送达", "record the notice's delivery"),
    "hear": Words("记录陈述申辩", "record the statement of defence"),
    "revoke": Words("作出处理决定", "decide to take away"),
    "deliver_decision": Words("登记决定书送达", "record the decision's delivery"),
    "recover": Words("开具收回清单", "draw up the list to be handed back"),
    "stop": Words("终止办理", "close the case"),
}
HOW: Mapping[str, Words] = {
    "in_person": Words("直接送达", "handed over in person"),
    "left": Words("留置送达", "left at the place"),
    "entrusted": Words("委托送达", "through another office"),
    "post": Words("邮寄送达", "by post"),
    "electronic": Words("电子送达", "electronically"),
}  # never by public announcement: nobody is named on a wall for what is taken away
TO: Mapping[str, Words] = {  # what a delivery's `to` is, by its way
    "in_person": Words("签收人", "who took it"),
    "left": Words("见证人", "the witness"),
    "entrusted": Words("受托单位及签收人", "the office that handed it over, and who took it"),
    "post": Words("邮件号", "the number of the letter"),
    "electronic": Words("送达说明", "how it is known to have arrived"),
}


@dataclass(frozen=True)
class Doer:
    """Who does it: a person's name or login. `role` None: the command line, where a registered person has their own."""

    name: str
    role: str | None = None


@dataclass(frozen=True)
class Asked:
    """One wish: an act (a key of KIND_WORDS) about a good's benefit, with what that act needs.

    grant, withhold, reinstate: `effective_on` (default: the day). deliver, deliver_decision: `delivered_on`
    (default: the day), `how` (a key of HOW), `to` (see TO). hear: `text`, or None: no statement was made. revoke, stop
    and every `override`: a `reason`.
    """

    kind: str
    subject: str
    benefit: str
    reason: str | None = None
    override: bool = False
    effective_on: date | None = None
    delivered_on: date | None = None
    how: str | None = None
    to: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Done:
    """What was done: the act as it stands, the numbers of its papers, and in words what it means and what is next."""

    act: Act
    documents: tuple[str, ...]
    words: Words
