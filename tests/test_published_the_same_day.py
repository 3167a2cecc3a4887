"""What was settled, signed and issued in the morning stays as it was when a rule is published the same day, from that day on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from office.programs import DEFAULT, program_in_force
from office.rechecking.whole import recheck
from office.refusal import Refused
from office.reports.bulletin_data import figures
from office.rulekeeping.publishing import Proposal, propose_in, publish_baseline, publish_in
from office.subsidy.claims import PROGRAM, check_claims
from office.targets.measuring import measure
from office.targets.reporting import Wish, report_in
from rules.editing import with_value
from rules.load import load
from tests.casework import CLERK, OTHER, REVIEWER
from tests.settling import SettlingOffice, shipment

TODAY = date(2021, 4, 30)  # sixty days after the inspections
VALIDITY = "inspection_validity_days"


@pytest.fixture
def office(tmp_path: Path) -> SettlingOffice:
    """A settling office on the last day of a month, with one parcel that was shipped and claimed today."""
    found = SettlingOffice(tmp_path / "office.db")
    with found.writer.transaction() as db:
        publish_baseline(db, at=found.clock(), day=found.day)
    today = TODAY.isoformat()
    return found.ship(shipment("C1"), shipment("C2", "H2/P1", shipped_on=TODAY, claimed_on=today))


def publish(office: SettlingOffice, name: str, parameter: str, value: int) -> None:
    """A new value from today on."""
    with office.writer.transaction() as db:
        text = with_value(program_in_force(db, office.day, name).text, parameter, office.day, value, "试行")
        wish = Proposal(text, office.day, "试行")
        program = load(text.encode(), f"{name}.toml")
        new = propose_in(db, program, wish, doer=CLERK, at=office.clock(), day=office.day)
        publish_in(db, new.id, "", doer=REVIEWER, at=office.clock(), day=office.day)


def differences(office: SettlingOffice) -> list[str]:
    return [one.place for one in recheck(office.file, children=0).differences]


def test_signed_figures_come_out_as_they_were(office: SettlingOffice) -> None:
    with office.writer.transaction() as db:
        (one,) = report_in(db, Wish(("goods_inspected",)), doer=REVIEWER, at=office.clock(), day=TODAY)
    publish(office, DEFAULT, VALIDITY, 59)
    with office.writer.transaction() as db:
        then, now = (
            next(s for s in measure(db, TODAY, known) if s.target.name == one.target)
            for known in (one.known_at, None)
        )
    assert (then.counted.value, now.counted.value) == (3, 0)
    assert differences(office) == []


def test_a_bulletin_s_figures_as_known_before_are_those_of_the_text_before(office: SettlingOffice) -> None:
    before = office.clock().isoformat().replace("+00:00", "Z")
    publish(office, DEFAULT, VALIDITY, 59)
    after = office.clock().isoformat().replace("+00:00", "Z")
    with office.writer.transaction() as db:
        helped = [figures(db, "2021-04", known).help.eligible_logistics for known in (before, after)]
    assert helped == [3, 0]


def test_a_settlement_confirmed_before_comes_out_as_it_was(office: SettlingOffice) -> None:
    found = office.settled()
    publish(office, DEFAULT, VALIDITY, 59)
    publish(office, PROGRAM, "percent_of_fee", 10)
    assert office.paid(found) == {"C1": 70, "C2": 70}
    assert differences(office) == []


def test_claims_as_known_before_are_checked_by_the_text_before(office: SettlingOffice) -> None:
    before = office.clock().isoformat().replace("+00:00", "Z")
    publish(office, PROGRAM, "percent_of_fee", 10)
    after = office.clock().isoformat().replace("+00:00", "Z")
    with office.writer.transaction() as db:
        due = [check_claims(db, TODAY, known).payable_due.tolist() for known in (before, after)]
    assert due == [[70, 70], [10, 10]]


def test_a_settlement_drafted_before_is_not_confirmed_afterwards(office: SettlingOffice) -> None:
    number = office.draft().number
    office.check(number)
    publish(office, PROGRAM, "percent_of_fee", 10)
    with pytest.raises(Refused, match="have changed since"):
        office.confirm(number, OTHER)


def test_a_text_that_no_longer_says_how_long_an_inspection_speaks_leaves_its_target_without_data(
    office: SettlingOffice,
) -> None:
    with office.writer.transaction() as db:
        text = program_in_force(db, TODAY).text
        for begins in (
            f"[parameters.{VALIDITY}]",
            "[facts.days_since_last",
            "[conditions.inspected_recently]",
        ):
            before, _, after = text.partition(begins)
            text = before + after.partition("\n\n")[2]
        text = re.sub(r"inspected_recently +=.*\n", "", text).replace('"inspected_recently", ', "")
        program = load(text.encode(), "draft.toml")
        wish = Proposal(text, TODAY, "不再限期")
        new = propose_in(db, program, wish, doer=CLERK, at=office.clock(), day=TODAY)
        publish_in(db, new.id, "", doer=REVIEWER, at=office.clock(), day=TODAY)
        found = {one.target.name: one.counted.value for one in measure(db, TODAY)}
        helped = figures(db, "2021-04", office.clock().isoformat().replace("+00:00", "Z"))
    assert found["goods_inspected"] is None
    assert "goods_inspected" in {one.target.name for one in helped.targets}
