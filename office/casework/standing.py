"""How one good's benefit stands: in force, recommended, the open case, and what may be done now by whom.

`office.casework.acting.act` asks the same `may` before it does anything: what a page offers and what is done never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.casework import acts as recorded
from data.casework.acts import Act
from data.settings import working_day
from data.store import Database
from office.casework.asked import KIND_WORDS, Doer
from office.casework.cases import Case, last_case
from office.casework.doers import same_person
from office.casework.in_force import InForce, in_force
from office.casework.possible import held_back
from office.days import now
from office.deciding import Answers
from office.permissions import ACTIONS, ROLES
from office.recording import decided_at
from rules.program import Words

ACTION_OF: Mapping[str, str] = {
    **dict.fromkeys(("grant", "withhold", "reinstate"), "confirm"),
    **dict.fromkeys(("notify", "deliver", "hear", "stop", "deliver_decision", "recover"), "propose"),
    "revoke": "take_away",
}
FOR, AGAINST = ("grant", "reinstate"), ("withhold", "notify")  # the rules' recommendation: eligible


@dataclass(frozen=True)
class Possible:
    """Whether one kind of act may be done now. `why_not` is None exactly where `now` holds.

    `roles` are those who may, `in_turn` says that the state of affairs allows it, whoever may do it;
    `only_as_override`: it goes against the rules and needs a written reason.
    """

    kind: str
    now: bool
    roles: frozenset[str]
    only_as_override: bool = False
    why_not: Words | None = None
    in_turn: bool = False


@dataclass(frozen=True)
class Standing:
    """`verdict` is what the rules recommend on the day, `seen` the last act's id (0: none), to be given to `act`.

    `acts` is everything done about it by the day, the oldest first; `case` the open case, else the last one.
    """

    subject: str
    benefit: str
    day: date
    in_force: InForce
    verdict: str
    seen: int
    acts: tuple[Act, ...]
    case: Case | None
    may: Mapping[str, Possible]

    @property
    def last(self) -> Act | None:
        """The last act that set a state, also one that takes effect only later."""
        return next((act for act in reversed(self.acts) if act.state), None)


def standing(
    db: Database, subject: str, benefit: str, day: date, role: str | None = None, name: str | None = None
) -> Standing:
    """How a benefit of a good stands on a day; with `role` and `name`, what that person may do.

    Raises Refused for a good or benefit that is not there, and on days without a decision.
    """
    answers = decided_at(db, day, now(), subject)
    return standing_of(db, answers, benefit, Doer(name or "", role), is_today=day == working_day(db, now()))


def standing_of(
    db: Database, answers: Answers, benefit: str, doer: Doer, *, is_today: bool = True
) -> Standing:
    """The same from the answers about the one good. Nothing may be done about another day than today."""
    subject, day = str(answers.subjects[0]), answers.gathered.as_of
    return _standing(db, subject, benefit, day, answers.of(0, benefit).verdict, doer, is_today)


def standing_to_close(db: Database, subject: str, benefit: str, day: date, doer: Doer) -> Standing:
    """How a benefit stands for somebody who closes its case; `verdict` is "": that asks for no recommendation."""
    return _standing(db, subject, benefit, day, "", doer, is_today=True)


def _standing(
    db: Database, subject: str, benefit: str, day: date, verdict: str, doer: Doer, is_today: bool
) -> Standing:
    known = recorded.acts_about(db, subject, benefit)
    done = tuple(act for act in known if act.done_on <= day.isoformat())
    case = last_case(db, done, day)
    found = Standing(
        subject,
        benefit,
        day,
        in_force(db, subject, benefit, day),
        verdict,
        known[-1].id if known else 0,
        done,
        case,
        {},
    )
    may = {kind: _possible(db, found, kind, doer, is_today) for kind in KIND_WORDS}
    return Standing(**{**vars(found), "may": may})


def _possible(db: Database, found: Standing, kind: str, doer: Doer, is_today: bool) -> Possible:
    roles = ACTIONS[ACTION_OF[kind]]
    against = kind in (FOR if found.verdict != "eligible" else AGAINST)
    obstacle = held_back(db, kind, found.benefit, found.day, found.last, found.case)
    if not is_today:
        obstacle = obstacle or NOT_TODAY
    why_not = obstacle or _not_this_person(db, found, kind, doer, roles)
    return Possible(kind, why_not is None, roles, against, why_not, obstacle is None)


def _not_this_person(
    db: Database, found: Standing, kind: str, doer: Doer, roles: frozenset[str]
) -> Words | None:
    proposer = found.case.notice.recorded_by if found.case else ""
    if kind == "revoke" and doer.name and same_person(db, proposer, doer.name):
        return Words(
            f"这是{proposer}提出的，须由另一位审核员决定。",
            f"{proposer} proposed it: another reviewer decides.",
        )
    if doer.role is None or doer.role in roles:
        return None
    allowed = [ROLES[role] for role in ROLES if role in roles]
    zh, en = "、".join(words.zh for words in allowed), ", ".join(words.en for words in allowed)
    return Words(f"由{zh}办理。", f"Done by: {en}.")


NOT_TODAY = Words("只能在今天办理；现在看的是另一天。", "Acts are done today; this page shows another day.")
