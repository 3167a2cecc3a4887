"""Claims of grants go by the text published for the last day of their period, whatever was published since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.store import Writer
from office.casework.asked import Doer
from office.days import known_at_from
from office.grants.checking import check_grants
from office.grants.kinds import KINDS
from office.grants.listing import grants_now, grants_xlsx
from office.grants.slips import explain_grant
from office.listing_words import all_because_words
from office.programs import program_named
from office.rulekeeping.publishing import Proposal, propose_in, publish_baseline, publish_in
from rules.load import load
from tests.entering import enter, new_writer
from tests.granting import ENTER, enter_county, reward

REWARDS = KINDS["rewards"]
TODAY, SINCE, END = date(2021, 4, 1), date(2021, 4, 30), date(2021, 12, 31)
PARAMETER = """
[parameters.busy_parcels]
title   = { zh = "示例：件数", en = "Example: parcels" }
unit    = "parcel"
clause  = "四(二)"
quote   = "开展集中收购、集中配送"
reading = "office"
range   = [1, 100000]
values  = [{ from = 2021-04-30, value = 1001, note = "示例" }]

[conditions.busy]
test    = { fact = "parcels", at_least = "busy_parcels" }
text    = { zh = "示例：收发件数较多", en = "handled many parcels" }
clause  = "四(二)"
quote   = "开展集中收购、集中配送"
reading = "office"

"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    """A claim until the day before the change counts, and one until its first day, of 1000 parcels each."""
    with new_writer(tmp_path / "office.db") as made:
        enter_county(made)
        ENTER["outlet_rewards"](made, "1", {"claim": {"period_to": "2021-03-31"}})
        at_turn = {"period_from": "2021-04-01", "period_to": "2021-04-29", "claimed_on": "2021-05-03"}
        after = {"period_from": "2021-04-30", "period_to": "2021-05-31", "claimed_on": "2021-06-03"}
        enter(made, "outlet_rewards", [reward("1", 1, at_turn), reward("1", 2, after)])
        at = datetime(2021, 4, 1, 4, tzinfo=UTC)
        with made.transaction() as db:
            publish_baseline(db, at=at, day=TODAY)
            before, mark, rest = program_named(REWARDS.program).text.partition("[benefits.reward]")
            text = before.replace("level_named_by_the_plan", "level_of_the_plan") + PARAMETER + mark + rest
            wish = Proposal(text, SINCE, "示例")
            program = load(text.encode(), "draft.toml")
            new = propose_in(db, program, wish, doer=Doer("甲", "clerk"), at=at, day=TODAY)
            publish_in(db, new.id, "", doer=Doer("乙", "reviewer"), at=at, day=TODAY)
        yield made


def test_each_claim_is_decided_by_the_text_of_its_own_last_day(writer: Writer) -> None:
    with writer.transaction() as db:
        found = check_grants(db, REWARDS, END, known_at_from("2026-01-01"))
        places = {name: at for at, name in enumerate(found.claims.claim_no.tolist())}
        because = {name: found.because(at) for name, at in places.items()}
        asked = {name: set(found.findings_of(at)) for name, at in places.items()}
    assert found.too_early.claim_no.size == 0, (
        "a new value begins later; what lies before is decided as it was"
    )
    assert because["1-B"] == () and found.verdicts[places["1-B"]] == "payable"
    assert "fails:busy" in because["1-A2"] and "fails:busy" not in because["1-A1"]
    assert {"level_named_by_the_plan"} == asked["1-A1"] - asked["1-A2"]
    assert {"level_of_the_plan", "busy"} == asked["1-A2"] - asked["1-A1"]


def test_what_was_known_before_the_publication_goes_by_the_text_before(writer: Writer) -> None:
    with writer.transaction() as db:
        found = check_grants(db, REWARDS, END, "2021-04-01T03:59:59.000000Z")
    assert "busy" not in found.findings


def test_list_slips_and_workbook_speak_of_claims_under_both_texts(writer: Writer) -> None:
    with writer.transaction() as db:
        found = grants_now(db, REWARDS, END)
        said = {
            name: all_because_words(found.checked.wording, b).zh
            for name, b in found.rows[["claim_no", "because"]].values
        }
        assert grants_xlsx(found, found.rows)
        slips = [
            explain_grant(db, REWARDS, name, END, known_at_from("2026-01-01")) for name in ("1-B", "1-A2")
        ]
    assert "示例：收发件数较多" in said["1-A2"]
    assert [any(line.name == "busy" for line in slip.lines) for slip in slips] == [False, True]
