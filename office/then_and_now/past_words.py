"""Past decisions that would be otherwise, as they are told: which facts changed, what was recorded since, where the good is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.chain import evidence_seq
from data.one_good import Recorded, about_good, recorded_since
from data.register import REGISTERS
from data.rulekeeping.past import acts_on
from data.store import Database
from office.answering import names_of_goods
from office.programs import program_kept
from office.refusal import Refused
from office.then_and_now.past import Past
from rules.facts import GOOD_FACTS
from rules.program import Words
from rules.slip import value_words

NOT_THERE = Words("那一天还没有登记", "not registered on that day")


@dataclass(frozen=True)
class Told:
    """A past decision with the names of its place and product, the facts that changed, and the acts that rest on it."""

    past: Past
    township_code: str
    township: str
    village: str
    product: str
    why: Words
    acts: tuple[str, ...]


def told(db: Database, found: Sequence[Past]) -> list[Told]:
    """The same decisions in their order, each with what a table says of it."""
    names = names_of_goods(db).set_index("subject")[
        ["township_code", "township_name", "village_name", "product_name"]
    ]
    places = names.loc[list({one.subject for one in found})].to_dict("index")
    acts = acts_on(db, [one.decision for one in found])
    made = []
    for one in found:
        row = places[one.subject]
        made.append(
            Told(
                one,
                township_code=str(row["township_code"]),
                township=str(row["township_name"]),
                village=str(row["village_name"]),
                product=str(row["product_name"]),
                why=why_words(db, one),
                acts=acts.get(one.decision, ()),
            )
        )
    return made


def why_words(db: Database, one: Past) -> Words:
    """The facts that changed, each with its value then and now."""
    if one.now is None:
        return NOT_THERE
    standings = _standings(db, one)
    parts = []
    for name, (then, now) in one.facts.items():
        fact = GOOD_FACTS.get(name)
        title = fact.title if fact and fact.title else standings.get(name, Words(name, name))
        was, is_now = value_words(then), value_words(now)
        parts.append(Words(f"{title.zh} {was.zh} → {is_now.zh}", f"{title.en} {was.en} → {is_now.en}"))
    return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def recorded_later(db: Database, subject: str, known_at: str, day: date) -> list[Recorded]:
    """What was recorded about a good after an instant (canonical UTC text) and can matter on a day, the oldest first."""
    about = about_good(db, subject)
    rows = recorded_since(db, about["entity"], evidence_seq(db, known_at)) if about else []
    return [one for one in rows if one.version > 1 or (one.result_date or "") <= day.isoformat()]


def later_words(one: Recorded) -> Words:
    """One row that was recorded later: which register, its key, whether it is new or a correction."""
    title = REGISTERS[one.register].title
    kind = Words("新登记", "new") if one.version == 1 else Words("更正", "correction")
    return Words(f"{title.zh} {one.key}（{kind.zh}）", f"{title.en} {one.key} ({kind.en})")


def _standings(db: Database, one: Past) -> Mapping[str, Words]:
    try:
        return {name: latch.text for name, latch in program_kept(db, one.program, one.digest).latches.items()}
    except Refused:
        return {}
