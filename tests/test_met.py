"""A paper says how a standing came to be: which way it was met, with what figures, and which inspections count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.casework.documents import document, documents_about
from data.store import reading
from office.explaining import Explained, counting, explain
from office.gathering import known_now
from office.programs import DEFAULT, program_named
from office.refusal import Refused
from pages.parts.slip import slip_html
from tests.casework import BEGIN, CLERK, H1P1, Office

PROGRAM = program_named(DEFAULT)
DAYS = [date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13), date(2021, 9, 20), date(2021, 9, 27)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    with office.writer:
        yield office


def inspected(office: Office, *conclusions: str) -> list[str]:
    return [office.on(day).inspect(one) for day, one in zip(DAYS, conclusions, strict=False)]


def explained(office: Office) -> Explained:
    with reading(office.file) as db:
        return explain(db, H1P1, PROGRAM, office.day, known_now(db))


def said(office: Office) -> tuple[str, str]:
    """How the standing was met, in both languages; blank where it is not so."""
    line = next(line for line in explained(office).slips[0].lines if line.latch)
    return (line.met.words.zh, line.met.words.en) if line.met else ("", "")


def marked(office: Office) -> list[str]:
    """The samples that the answer rests on."""
    found = explained(office)
    slip = found.slips[0]
    counts = counting(found.answers.gathered, [line for line in slip.lines if line.latch])
    return [row.sample_no for row in slip.evidence if row.id in counts]


def test_failures_in_a_row_are_said_with_their_days_and_both_ways_name_the_same_days_once(
    office: Office,
) -> None:
    office.passed()
    numbers = inspected(office, "fail", "fail")
    assert said(office) == ("", "") and marked(office) == []
    numbers.append(office.on(DAYS[2]).inspect("fail"))
    zh, en = said(office)
    days = "2021年5月6日、2021年7月6日、2021年9月13日"
    assert zh == f"连续3次不合格，统计期365天内3次不合格，不合格占75%（{days}抽样）"
    assert en.startswith("3 failures in a row, within the window of 365 days 3 failures, 75%")
    assert "2021-05-06" in en
    assert marked(office) == numbers  # the pass before them is context


def test_failures_within_the_window_are_said_without_a_run_that_there_was_not(office: Office) -> None:
    failed = inspected(office, "fail", "fail", "pass", "fail")
    del failed[2]
    zh, _en = said(office)
    days = "2021年5月6日、2021年7月6日、2021年9月20日"
    assert zh == f"统计期365天内3次不合格，不合格占75%（{days}抽样）"
    assert marked(office) == failed


def test_a_pass_since_changes_nothing_of_how_it_was_met_and_two_end_it(office: Office) -> None:
    inspected(office, "fail", "fail", "fail")
    before = said(office), marked(office)
    office.on(DAYS[3]).inspect("pass")
    assert (said(office), marked(office)) == before
    office.on(DAYS[4]).inspect("pass")
    assert said(office) == ("", "")


@pytest.mark.parametrize(("later", "is_so"), [(364, True), (365, False)])
def test_a_failure_left_behind_by_the_window_is_not_counted(office: Office, later: int, is_so: bool) -> None:
    inspected(office, "fail", "fail", "pass")
    office.on(DAYS[0] + timedelta(days=later)).inspect("fail")
    assert bool(said(office)[0]) is is_so


def test_a_failure_found_by_a_reinspection_counts_with_both_of_its_samples(office: Office) -> None:
    first = inspected(office, "pass", "fail", "fail")
    assert said(office) == ("", "")
    again = office.on(DAYS[3]).inspect("fail", reinspection_of=first[0])
    assert said(office)[0].startswith("连续3次不合格") and "2021年5月6日、" in said(office)[0]
    assert set(marked(office)) == {*first, again}


def test_the_papers_say_it_and_list_first_what_counts(office: Office) -> None:
    office.passed(BEGIN)
    office.act("grant")
    numbers = inspected(office, "fail", "fail", "fail")
    office.act("notify", CLERK)
    with reading(office.file) as db:
        kept = document(db, documents_about(db, H1P1)[0].number)
    assert kept is not None
    finding, evidence = kept.context["findings"][0], kept.context["evidence"]
    assert finding["found"].startswith("实际：连续3次不合格，") and "解除：" in finding["found"]
    assert [one["sample_no"] for one in evidence if one["counts"]] == numbers
    assert [one["counts"] for one in evidence] == [True, True, True, False]


def test_the_slip_on_the_screen_says_it_too(office: Office) -> None:
    inspected(office, "fail", "fail", "fail")
    found = explained(office)
    held: Any = office.standing().in_force
    html = slip_html(PROGRAM, found.slips[0], found.answers.values, None, held)
    assert "连续3次不合格，统计期365天内3次不合格" in html or "3 failures in a row" in html


@pytest.mark.parametrize(
    ("how", "asked"),
    [("in_person", "签收人"), ("left", "见证人"), ("post", "邮件号"), ("electronic", "送达说明")],
)
def test_each_way_of_delivery_asks_for_what_it_has(office: Office, how: str, asked: str) -> None:
    office.notified()
    with pytest.raises(Refused) as refused:
        office.act("deliver", CLERK, how=how, to=" ")
    assert f"请写明{asked}" in refused.value.words.zh
    office.act("deliver", CLERK, how=how, to="EX123456789CN")
    with reading(office.file) as db:
        kept = document(db, documents_about(db, H1P1)[0].number)
    assert kept is not None and (kept.context["way"], kept.context["received_title"]) == (how, asked)
    assert kept.context["recipient"] == kept.context["good"]["head_name"] != "EX123456789CN"


def test_nothing_is_taken_away_by_public_announcement(office: Office) -> None:
    office.notified()
    with pytest.raises(Refused) as refused:
        office.act("deliver", CLERK, how="public", to="示例公告栏")
    assert "公告" not in refused.value.words.zh
