"""A packaging slip as it is asked for, and every word of it looked up in the registers or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.casework import packaging as ledger
from data.casework.packaging import Item, Place
from data.one_good import about_good
from data.store import Database
from office.casework.asked import KIND_WORDS as ACT_WORDS
from office.casework.in_force import STATE_WORDS, InForce, in_force
from office.refusal import refuse
from office.signing import kept_text, named
from rules.program import Words

BENEFIT = "packaging"
MOST = 1_000_000  # of one item on one slip; more is a slip of the finger
WITH_PLACE = ("receive", "transfer", "issue", "return")
WITH_GOOD = ("issue", "return", "use_up")
WITH_REASON = ("lost", "write_off")
GIVEN_BY: Mapping[str, str] = {"none": "grant", "withheld": "grant", "revoked": "reinstate"}  # state: act

KIND_WORDS: Mapping[str, Words] = {
    "receive": Words("入库", "take into store"),
    "transfer": Words("调拨", "move between stores"),
    "issue": Words("发放", "hand out"),
    "return": Words("退回", "take back"),
    "use_up": Words("用完", "use up"),
    "lost": Words("遗失", "lose"),
    "write_off": Words("核销", "write off"),
}

ACTION_OF: Mapping[str, str] = {
    kind: "write_off" if kind in WITH_REASON else "hand_out" for kind in KIND_WORDS
}


@dataclass(frozen=True)
class Line:
    """So much of one item."""

    item_code: str
    quantity: int


@dataclass(frozen=True)
class Slip:
    """One slip. `place` is the storage place concerned: where to for receive and return, else where from.

    `subject` (户编号/产品编码) for issue, return, use_up, and for what a good lost; `person` signs on the paper.
    """

    kind: str
    lines: tuple[Line, ...]
    place: str | None = None
    to_place: str | None = None
    subject: str | None = None
    reason: str | None = None
    person: str = ""


@dataclass(frozen=True)
class Checked:
    """A slip whose words were found in the registers; `good` is an entity."""

    slip: Slip
    lines: tuple[tuple[Item, int], ...]
    place: Place | None
    to_place: Place | None
    good: int | None
    standing: InForce | None


def checked(db: Database, slip: Slip, day: date) -> Checked:
    """Every word of the slip looked up, or refused."""
    if slip.kind not in KIND_WORDS:
        names = ", ".join(KIND_WORDS)
        raise refuse(
            f"没有“{slip.kind}”这种单据；可用的有：{names}", f"no kind {slip.kind!r}; there are: {names}"
        )
    lines = _lines(db, slip)
    place, to_place = _places(db, slip)
    slip = _written(slip)
    good = _good(db, slip, day)
    standing = in_force(db, slip.subject, BENEFIT, day) if slip.subject and slip.kind == "issue" else None
    if standing is not None and standing.state != "granted":
        raise _not_granted(slip.subject or "", standing)
    return Checked(slip, lines, place, to_place, good, standing)


def _written(slip: Slip) -> Slip:
    """What was written by hand as it is kept: the reason, needed for what is lost or written off, and who signs."""
    reason, person = (slip.reason or "").strip(), slip.person.strip()
    if reason or slip.kind in WITH_REASON:
        reason = kept_text(reason, Words("原因", "a reason"))
    return replace(slip, reason=reason or None, person=named(person) if person else "")


def _lines(db: Database, slip: Slip) -> tuple[tuple[Item, int], ...]:
    items = ledger.items(db)
    if not slip.lines:
        raise refuse("请至少填写一种物资和数量", "name at least one item and how much of it")
    found: list[tuple[Item, int]] = []
    for line in slip.lines:
        item = items.get(line.item_code)
        if item is None:
            raise refuse(
                f"没有登记物资“{line.item_code}”；请先在“包装物资”登记簿登记",
                f"no item {line.item_code!r} is registered; register it first",
            )
        if item in (one for one, _ in found):
            raise refuse(
                f"“{item.name}”写了两次，请合成一行", f"{item.name} stands there twice: make it one line"
            )
        if not 1 <= line.quantity <= MOST:
            raise refuse(
                f"“{item.name}”的数量须为 1 到 {MOST:,} 的整数",
                f"the quantity of {item.name} must be a whole number from 1 to {MOST:,}",
            )
        if slip.kind == "use_up" and item.kind == "equipment":
            raise refuse(
                f"“{item.name}”是设备，不会用完；损坏或遗失请由审核员核销",
                f"{item.name} is equipment and is not used up; a reviewer writes off what broke or was lost",
            )
        found.append((item, line.quantity))
    return tuple(found)


def _places(db: Database, slip: Slip) -> tuple[Place | None, Place | None]:
    """The slip's storage places: needed where the kind needs them, and only there."""
    known = ledger.places(db)

    def place(code: str | None) -> Place | None:
        if code is not None and code not in known:
            raise refuse(
                f"没有登记存放点“{code}”；请先在“存放点”登记簿登记",
                f"no storage place {code!r} is registered; register it first",
            )
        return known[code] if code is not None else None

    first, second = place(slip.place), place(slip.to_place)
    if slip.kind in WITH_PLACE and first is None:
        raise refuse("请选择存放点", "choose the storage place")
    if (second is not None) != (slip.kind == "transfer"):
        raise refuse(
            "调拨要写明调入的存放点，别的单据不写", "a transfer, and nothing else, names a second place"
        )
    if second is not None and second == first:
        raise refuse("调出和调入是同一个存放点", "both places are the same")
    if slip.kind == "use_up" and first is not None:
        raise refuse(
            "用完的是农户手里的包材，不写存放点", "what is used up is at the household: name no place"
        )
    if slip.kind in WITH_REASON and (first is None) == (slip.subject is None):
        raise refuse(
            "请写明是哪个存放点，或哪一户的产品（只写一个）",
            "name the storage place or the good, one of them",
        )
    return first, second


def _good(db: Database, slip: Slip, day: date) -> int | None:
    if slip.subject is None:
        if slip.kind in WITH_GOOD:
            raise refuse("请写明农产品（户编号/产品编码）", "name the good (household/product)")
        return None
    if slip.kind not in (*WITH_GOOD, *WITH_REASON):
        raise refuse("这种单据不写农产品", "this kind of slip names no good")
    about = about_good(db, slip.subject)
    if about is None or about["registered_on"] > day.isoformat():
        raise refuse(
            f"没有登记“{slip.subject}”；写法是 户编号/产品编码，例如 H0001/P01",
            f'no good "{slip.subject}" is registered; write household/product, for example H0001/P01',
        )
    return int(about["entity"])


def _not_granted(subject: str, standing: InForce) -> Exception:
    state = STATE_WORDS[standing.state]
    since = standing.since.isoformat() if standing.since else ""
    given = ACT_WORDS[GIVEN_BY[standing.state]]
    return refuse(
        f"{subject} 的包装设备和包材现为“{state.zh}”{f'（自 {since} 起）' if since else ''}，不能发放；"
        f"先由审核员办理“{given.zh}”",
        f"packaging for {subject} is {state.en}{f' (since {since})' if since else ''}: nothing can be handed out"
        f' before a reviewer does "{given.en}"',
    )
