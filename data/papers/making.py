"""Make the templates that the project ships: `python -m data.papers.making`.

Their text stands in `texts_of_….py`, so that a change of words is read as
text; the .docx beside them are what comes of it, and a test says when they are no longer that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from data.papers import texts_of_acts as acts
from data.papers import texts_of_goods_and_money as goods
from data.papers import texts_of_personal as personal
from data.papers import texts_of_reports as reports
from data.papers import texts_of_rules as rules
from data.papers.archive import saved
from data.papers.rendering import SHIPPED
from data.papers.styling import Sheet

MADE_ON = datetime(2021, 1, 1, tzinfo=UTC)
SHEETS: Mapping[str, Callable[[], Sheet]] = {
    function.__name__: function
    for function in (
        acts.decision_slip,
        acts.intended_notice,
        acts.decision,
        acts.delivery_receipt,
        acts.hearing_note,
        acts.reinstatement,
        goods.issue_slip,
        goods.return_slip,
        goods.recovery_list,
        goods.settlement,
        goods.public_notice,
        reports.bulletin,
        reports.assessment,
        rules.readings,
        personal.household_extract,
    )
}


def made(kind: str) -> bytes:
    """The template of one kind of paper, made anew."""
    return saved(SHEETS[kind]().doc, title=kind, author="", at=MADE_ON)


def main() -> None:
    """Write all of them where they are shipped from."""
    SHIPPED.mkdir(exist_ok=True)
    for kind in SHEETS:
        (SHIPPED / f"{kind}.docx").write_bytes(made(kind))


if __name__ == "__main__":
    main()
