"""What stands on the papers of packaging, settlement and public notice (see `office/paperwork/papers.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.papers.filters import household_end, masked
from office.paperwork import papers, papers_of_personal, papers_of_reports, papers_of_rules
from office.paperwork.papers import Benefit, GoodOnPaper, Paper
from rules.program import Words

PUBLISHED: Mapping[Benefit, str] = {"packaging": "包装设备和包材", "logistics": "农产品上行物流补贴"}
SUBSIDY = "物流补贴"  # the item of a line about money
NEVER_PUBLISHED = ("不合格", "不符合", "不满足", "不给予", "不予", "取消", "收回", "不能判定")


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One line of a slip: so much of one item, out of or into one storage place."""

    item_code: str
    item_name: str
    item_kind: Literal["equipment", "material"]
    unit: str
    quantity: int
    place: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class IssueSlip(Paper):
    """包装物资领用单. `receiver` signs on the paper."""

    kind = "issue_slip"
    series = "领用"
    title = Words("包装物资领用单", "issue slip")
    good: GoodOnPaper
    lines: tuple[Moved, ...]
    issued_by: str
    receiver: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnSlip(Paper):
    """包装物资退回单."""

    kind = "return_slip"
    series = "退回"
    title = Words("包装物资退回单", "return slip")
    good: GoodOnPaper
    lines: tuple[Moved, ...]
    received_by: str
    returned_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Returnable:
    """What a household still holds of one item that can be handed back."""

    item_code: str
    item_name: str
    item_kind: Literal["equipment", "material"]
    unit: str
    held: int
    to_return: int
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.to_return <= self.held:
            raise ValueError("no more can be asked back than is held, and no less than one")


@dataclass(frozen=True, kw_only=True)
class RecoveryList(Paper):
    """包装物资收回清单: durable equipment and unused material only. `return_by` None: to be agreed on."""

    kind = "recovery_list"
    series = "收回"
    title = Words("包装物资收回清单", "list of what is to be handed back")
    good: GoodOnPaper
    decision_number: str
    lines: tuple[Returnable, ...]
    return_by: date | None
    place: str = ""
    drawn_up_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One settled claim: the fee, what is due by the rules, what is paid (分; an adjustment may be negative)."""

    claim_no: str
    shipped_on: date
    waybill_no: str
    product: str
    fee: int
    due: int
    paid: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HouseholdSettled:
    """One household's claims in a settlement, with their sums (分)."""

    household_no: str
    head_name: str
    township: str
    village: str
    lines: tuple[Claimed, ...]
    total_fee: int = field(init=False)
    total_due: int = field(init=False)
    total_paid: int = field(init=False)

    def __post_init__(self) -> None:
        for sum_of in ("fee", "due", "paid"):
            object.__setattr__(self, f"total_{sum_of}", sum(getattr(line, sum_of) for line in self.lines))


@dataclass(frozen=True, kw_only=True)
class Settlement(Paper):
    """物流补贴结算表: a table per household. `pool` None: no fixed sum to share. `method` in words.

    The period is that of the ship dates. A claim with several lines (moved to another household) counts once.
    """

    kind = "settlement"
    series = "结算"
    title = Words("物流补贴结算表", "settlement of logistics subsidies")
    period_from: date
    period_to: date
    method: str
    pool: int | None
    households: tuple[HouseholdSettled, ...]
    drafted_by: str
    checked_by: str
    confirmed_by: str
    claims: int = field(init=False)
    total_fee: int = field(init=False)
    total_due: int = field(init=False)
    total_paid: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "claims", len({line.claim_no for one in self.households for line in one.lines})
        )
        for sum_of in ("total_fee", "total_due", "total_paid"):
            object.__setattr__(self, sum_of, sum(getattr(one, sum_of) for one in self.households))


@dataclass(frozen=True, kw_only=True)
class Published:
    """One line of a public notice: what was given, never to whom by name and never what was taken away.

    Made with `Published.of`, which masks. There is no field for a verdict, an inspection or a remark; an item
    that is worded like one is refused. `item` is the subsidy, or the packaging item with its unit.
    """

    township: str
    village: str
    name: str
    household_end: str
    item: str
    count: int
    amount: int | None

    def __post_init__(self) -> None:
        if self.name != masked(self.name) or len(self.household_end) > 4:
            raise ValueError("a public notice carries masked names and the end of a household's number only")
        if self.count < 1 or (self.amount is not None and self.amount < 0):
            raise ValueError("a public notice says what was given: a count from one, an amount from nought")
        if any(word in self.item for word in NEVER_PUBLISHED):
            raise ValueError("a public notice says nothing of who failed, or of what was taken away")

    @classmethod
    def of(
        cls,
        *,
        township: str,
        village: str,
        head_name: str,
        household_no: str,
        item: str,
        count: int,
        amount: int | None,
    ) -> Published:
        """The line of a household; `count` shipments or pieces, `amount` 分 (None: given in kind)."""
        return cls(
            township=township,
            village=village,
            name=masked(head_name),
            household_end=household_end(household_no),
            item=item,
            count=count,
            amount=amount,
        )


@dataclass(frozen=True, kw_only=True)
class PublicNotice(Paper):
    """公示 of what was given of one benefit in a period, on the wall of `place` from `notice_from` to `notice_to`.

    `total_amount` is None where things were given, not money; their counts are of different units, so
    `total_count` is only for shipments.
    """

    kind = "public_notice"
    series = "公示"
    title = Words("公示", "public notice")
    benefit: Benefit
    period_from: date
    period_to: date
    notice_from: date
    notice_to: date
    notice_days: int
    rows: tuple[Published, ...]
    place: str = ""
    item: str = field(init=False)
    total_count: int = field(init=False)
    total_amount: int | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "item", PUBLISHED[self.benefit])
        object.__setattr__(self, "total_count", sum(row.count for row in self.rows))
        amounts = [row.amount for row in self.rows if row.amount is not None]
        object.__setattr__(self, "total_amount", sum(amounts) if self.benefit == "logistics" else None)


PAPERS: Mapping[str, type[Paper]] = {
    paper.kind: paper
    for paper in (
        papers.DecisionSlip,
        papers.IntendedNotice,
        papers.DecisionPaper,
        papers.DeliveryReceipt,
        papers.HearingNote,
        IssueSlip,
        ReturnSlip,
        RecoveryList,
        Settlement,
        PublicNotice,
        papers.Reinstatement,
        papers_of_reports.Bulletin,
        papers_of_reports.AssessmentPaper,
        papers_of_rules.ReadingsPaper,
        papers_of_personal.HouseholdExtract,
    )
}


def kind_words(kind: str) -> Words:
    """What a kind of paper is called; one of another version of the application as it is written there."""
    return PAPERS[kind].title if kind in PAPERS else Words(kind, kind)
