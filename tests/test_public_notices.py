"""Public notices say what was given and nothing else, hang for their days, and every objection is answered."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework.documents import document
from data.casework.ledger import record
from data.casework.public_notices import Posted, notice
from data.integrity import check
from data.store import Database, Writer, open_writer
from office.casework.acting import act_in
from office.casework.asked import Asked as Wanted
from office.casework.asked import Doer
from office.casework.in_force import in_force
from office.notices.notice_steps import Wish, days_left, ended, running, state_of, take_in
from office.notices.publishing import Asked, Preview, post_in, preview, said
from office.paperwork.papers_of_goods_and_money import NEVER_PUBLISHED
from office.paperwork.printing import print_document
from office.refusal import Refused
from tests.entering import enter, enter_county, good, household, new_writer

FIRST = date(2021, 3, 1)
GOODS = ("H1/P1", "H1/P2", "H2/P1", "H0003/P1")
CLERK, REVIEWER = Doer("周示例"), Doer("吴示例")
OFFICE = {"phone": "0000-0000000", "place": "示例公告栏"}
SAID = {"township", "village", "name", "household_end", "item", "count", "amount"}


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three households with four goods, nothing done about them yet."""
    path = tmp_path_factory.mktemp("notices") / "office.db"
    with new_writer(path) as writer:
        enter_county(writer)
        enter(writer, "households", [household("H0003", head_name="阿卜杜拉·买买提")])
        enter(writer, "goods", [good("H0003", "P1")])
    return path


@pytest.fixture
def writer(county: Path, tmp_path: Path) -> Iterator[Writer]:
    with open_writer(Path(shutil.copy(county, tmp_path / "office.db"))) as opened:
        yield opened


def do(db: Database, subject: str, kind: str, day: date, by: Doer = CLERK, **more: Any) -> None:
    act_in(db, Wanted(kind, subject, "packaging", **more), doer=by, at=at(day), day=day)


def grant(db: Database, subject: str, day: date, **more: Any) -> None:
    do(db, subject, "grant", day, reason="示例理由", override=True, **more)


def take_away(db: Database, subject: str, day: date) -> date:
    """The whole path from a day on; gives the day from which it counts."""
    do(db, subject, "notify", day)
    do(db, subject, "deliver", day, delivered_on=day, how="in_person", to="示例户主")
    heard = day + timedelta(days=15)
    do(db, subject, "hear", heard)
    do(db, subject, "revoke", heard, REVIEWER, reason="示例理由", effective_on=heard + timedelta(days=2))
    return heard + timedelta(days=2)


def post(db: Database, day: date, **asked: Any) -> Posted:
    return post_in(db, Asked("packaging", **asked), doer=CLERK, at=at(day, 3), day=day, **OFFICE)


def step(
    db: Database, posted: Posted, kind: str, day: date, text: str = "", answers: int | None = None
) -> Posted:
    return take_in(db, Wish(kind, posted.number, text, answers), doer=REVIEWER, at=at(day, 4), day=day)


def refused(wanted: str, *call: Any, **named: Any) -> None:
    function, *arguments = call
    with pytest.raises(Refused) as told:
        function(*arguments, **named)
    assert re.search(wanted, told.value.words.zh), told.value.words.zh


# ---- what it says ----


def test_a_line_per_household_says_masked_what_was_granted_and_nothing_else(writer: Writer) -> None:
    with writer.transaction() as db:
        for subject in GOODS:
            grant(db, subject, FIRST)
        posted = post(db, FIRST + timedelta(days=4))
    assert [(e["name"], e["household_end"], e["count"], e["amount"]) for e in posted.entries] == [
        ("阿*", "0003", 1, None),
        ("示*", "H1", 2, None),
        ("示*", "H2", 1, None),
    ]
    assert all(set(entry) == {*SAID, "rests_on"} for entry in posted.entries)
    assert (posted.period_from, posted.period_to) == (FIRST, FIRST + timedelta(days=4))


def test_the_paper_is_frozen_with_the_number_and_says_the_same(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H0003/P1", FIRST)
        posted = post(db, FIRST, days=3)
        kept = document(db, posted.number)
        files = [print_document(db, posted.number, kind) for kind in ("docx", "xlsx")]
        grant(db, "H1/P1", FIRST + timedelta(days=1))
        again = [print_document(db, posted.number, kind) for kind in ("docx", "xlsx")]
    assert kept is not None and kept.about == f"public_notice:{posted.id}"
    rows = [{name: row[name] for name in SAID} for row in kept.context["rows"]]
    assert rows == [{name: entry[name] for name in SAID} for entry in posted.entries]
    assert kept.context["notice_days"] == 3 and kept.context["letterhead"]["phone"] == OFFICE["phone"]
    assert files == again
    assert "买买提" not in json.dumps(kept.context, ensure_ascii=False).replace("docx", "")


def test_only_what_is_new_since_the_last_notice_is_published(writer: Writer) -> None:
    later = FIRST + timedelta(days=10)
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        post(db, FIRST)
        grant(db, "H2/P1", FIRST)  # the same day, but after the notice was posted
        second = post(db, later)
        refused("没有新给予的", preview, db, Asked("packaging"), later)
    assert [entry["household_end"] for entry in second.entries] == ["H2"]


def test_a_grant_that_counts_only_later_waits_for_its_day(writer: Writer) -> None:
    tomorrow = FIRST + timedelta(days=1)
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST, effective_on=tomorrow)
        refused("没有新给予的", preview, db, Asked("packaging"), FIRST)
        assert len(preview(db, Asked("packaging"), tomorrow).lines) == 1


def test_what_a_withdrawn_notice_said_can_be_published_again(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        step(db, post(db, FIRST), "withdraw", FIRST, "村名有误")
        assert len(post(db, FIRST).entries) == 1


def test_a_good_taken_away_since_is_left_out_from_the_day_it_counts(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        grant(db, "H2/P1", FIRST)
        gone = take_away(db, "H1/P1", FIRST)
        before = preview(db, Asked("packaging"), gone - timedelta(days=1))
        after = preview(db, Asked("packaging"), gone)
    assert [line.published.household_end for line in before.lines] == ["H1", "H2"]
    assert [line.published.household_end for line in after.lines] == ["H2"]


LIVES = st.lists(
    st.tuples(st.sampled_from(GOODS), st.integers(0, 60), st.booleans(), st.booleans()),
    unique_by=lambda life: life[0],
    max_size=len(GOODS),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=LIVES, days=st.lists(st.integers(0, 100), min_size=1, max_size=3))
def test_never_more_than_the_grants_in_force_whatever_happened_before(
    county: Path, tmp_path_factory: pytest.TempPathFactory, lives: list[Any], days: list[int]
) -> None:
    """Random lives of goods (granted, taken away, granted again) and notices on random days between."""
    path = Path(shutil.copy(county, tmp_path_factory.mktemp("life") / "office.db"))
    with open_writer(path) as writer, writer.transaction() as db:
        day = FIRST
        for subject, start, lost, again in lives:
            day = max(day, FIRST + timedelta(days=start))
            grant(db, subject, day)
            if lost:
                day = take_away(db, subject, day + timedelta(days=start % 7))
                if again:
                    day += timedelta(days=3)
                    grant(db, subject, day)
        published: set[int] = set()
        for day in sorted(FIRST + timedelta(days=ago) for ago in days):
            now = {s: in_force(db, s, "packaging", day) for s in GOODS}
            granted = {found.act: s for s, found in now.items() if found.state == "granted"}
            fresh = granted.keys() - published
            if not fresh:
                refused("没有新给予的", preview, db, Asked("packaging"), day)
                continue
            ready = preview(db, Asked("packaging"), day)
            _says_exactly(ready, {granted[number]: number for number in fresh if number})
            published |= {number for line in ready.lines for number in line.rests_on}
            post_in(db, Asked("packaging"), doer=CLERK, at=at(date(2021, 9, 1)), day=day, **OFFICE)
        assert check(db) == []


def _says_exactly(ready: Preview, fresh: dict[str, int]) -> None:
    assert {number for line in ready.lines for number in line.rests_on} == set(fresh.values())
    households = {subject.split("/")[0] for subject in fresh}
    assert sorted(line.published.household_end for line in ready.lines) == sorted(h[-4:] for h in households)
    assert sum(line.published.count for line in ready.lines) == len(fresh)
    for line in ready.lines:
        text = json.dumps(said(line.published), ensure_ascii=False)
        assert set(said(line.published)) == SAID
        assert not [word for word in (*NEVER_PUBLISHED, "买买提", "户主") if word in text]


# ---- who may, and what is refused ----


def test_what_was_looked_at_is_what_is_posted_or_nothing(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        seen = preview(db, Asked("packaging"), FIRST).digest
        grant(db, "H2/P1", FIRST)
        common: dict[str, Any] = {"doer": CLERK, "at": at(FIRST), "day": FIRST, **OFFICE}
        refused("有了变化", post_in, db, Asked("packaging"), seen=seen, **common)
        seen = preview(db, Asked("packaging"), FIRST).digest
        assert len(post_in(db, Asked("packaging"), seen=seen, **common).entries) == 2


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"phone": " "}, "办公室电话"),
        ({"place": ""}, "张贴地点"),
        ({"phone": "13800138000"}, "手机号"),
        ({"doer": Doer("周示例", "auditor")}, "岗位"),
        ({"doer": Doer(" ")}, "经办人"),
    ],
)
def test_a_notice_needs_a_place_the_offices_own_telephone_and_somebody_who_may(
    writer: Writer, changed: dict[str, Any], wanted: str
) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        named = {"doer": CLERK, "at": at(FIRST), "day": FIRST, **OFFICE, **changed}
        refused(wanted, post_in, db, Asked("packaging"), **named)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Asked("revoked"), "没有“revoked”"),
        (Asked("packaging", days=0), "1 到 60 天"),
        (Asked("packaging", days=61), "1 到 60 天"),
        (Asked("packaging", since=FIRST + timedelta(days=1)), "晚于发布日"),
        (Asked("settlement"), "没有待公示的结算"),
        (Asked("settlement", settlement="结算〔2021〕9号"), "不能公示"),
    ],
)
def test_a_notice_of_nothing_or_of_something_else_is_refused(
    writer: Writer, asked: Asked, wanted: str
) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        refused(wanted, preview, db, asked, FIRST)
        assert preview(db, Asked("packaging", days=60), FIRST).days == 60


# ---- its days ----


def test_the_day_of_posting_is_the_first_of_its_days(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        posted = post(db, FIRST)
        last = FIRST + timedelta(days=6)
        assert (posted.days, posted.ends_on) == (7, last)
        assert [days_left(posted, day) for day in (FIRST, last, last + timedelta(days=1))] == [7, 1, 0]
        assert [p.number for p in running(db, last)] == [posted.number] and not ended(db, last)
        assert not running(db, last + timedelta(days=1))
        assert [p.number for p in ended(db, last + timedelta(days=1))] == [posted.number]


def test_a_notice_is_closed_from_the_day_after_and_once_every_objection_is_answered(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        posted = step(db, post(db, FIRST), "objection", FIRST, "第一行的产品数不对")
        over = posted.ends_on + timedelta(days=1)
        refused("次日起才能结束", step, db, posted, "close", posted.ends_on)
        refused("还有 1 条异议没有答复", step, db, posted, "close", over)
        answered = step(db, posted, "answer", over, "已核对，无误", posted.steps[0].id)
        assert answered.unanswered() == () and answered.unanswered(posted.ends_on) == posted.steps
        closed = step(db, posted, "close", over)
        assert closed.steps[-1].text == "公示期满，异议均已答复。"
        assert (state_of(closed, posted.ends_on), state_of(closed, over)) == ("running", "closed")
        for kind in ("objection", "withdraw", "close"):
            refused("已由吴示例于 .* 结束", step, db, posted, kind, over, "示例")


def test_an_objection_is_answered_once_and_the_second_is_told_by_whom(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        posted = step(db, post(db, FIRST), "objection", FIRST, "第一行的产品数不对")
        step(db, posted, "answer", FIRST, "已核对，无误", posted.steps[0].id)
        refused("已由吴示例于 2021-03-01 答复", step, db, posted, "answer", FIRST, "再答", posted.steps[0].id)
        refused("没有编号为 9 的异议", step, db, posted, "answer", FIRST, "再答", 9)


@pytest.mark.parametrize("text", ["", "  ", "请打 13800138000 找我", "一" * 501])
def test_an_objection_says_something_and_carries_nobodys_number(writer: Writer, text: str) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        posted = post(db, FIRST)
        refused("", step, db, posted, "objection", FIRST, text)
        kept = notice(db, posted.number)
        assert kept is not None and kept.steps == ()
        step(db, posted, "objection", FIRST, "一" * 500)


# ---- what the tables refuse by themselves ----


def _raw(db: Database, posted: Posted, **changed: Any) -> None:
    sql = "SELECT * FROM public_notices WHERE id = ?"
    cursor = db.execute(sql, [posted.id])
    row = dict(zip((c[0] for c in cursor.description), cursor.fetchone(), strict=True))
    kept = {name: value for name, value in row.items() if not name.startswith("recorded")}
    row = {**kept, "id": posted.id + 1, "number": "示例〔2021〕9号", **changed}
    record(db, "public_notice", {"public_notices": [row]}, at=at(FIRST), by="周示例")


def test_the_table_takes_no_line_that_rests_on_nothing_in_force_or_says_more(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        posted = post(db, FIRST)
        line = posted.entries[0]
        for entries in (
            [{**line, "verdict": "eligible"}],
            [{**line, "rests_on": []}],
            [{name: line[name] for name in SAID}],
            [{**line, "rests_on": [*line["rests_on"], 999]}],
            [],
        ):
            with pytest.raises(sqlite3.IntegrityError):
                _raw(db, posted, entries=json.dumps(entries, ensure_ascii=False))
        gone = take_away(db, "H1/P1", FIRST)
        later = {"posted_on": gone.isoformat(), "period_to": gone.isoformat()}
        later["ends_on"] = (gone + timedelta(days=6)).isoformat()
        with pytest.raises(sqlite3.IntegrityError, match="what was granted"):
            _raw(db, posted, **later)


def test_the_table_takes_no_step_out_of_order(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        posted = step(db, post(db, FIRST), "objection", FIRST, "第一行的产品数不对")
        over = (posted.ends_on + timedelta(days=1)).isoformat()
        base: dict[str, Any] = {
            "id": 2,
            "notice_id": posted.id,
            "text": "示例",
            "done_on": over,
            "answers": None,
        }
        for changed in (
            {"kind": "close"},
            {"kind": "answer", "answers": 2},
            {"kind": "answer"},
            {"kind": "objection", "done_on": (FIRST - timedelta(days=1)).isoformat()},
            {"kind": "withdraw", "text": " "},
        ):
            with pytest.raises(sqlite3.IntegrityError):
                rows = {"public_notice_steps": [{**base, **changed}]}
                record(db, "public_notice", rows, at=at(date(2021, 9, 1)), by="周示例")


def test_a_preview_stands_for_its_lines_by_its_digest(writer: Writer) -> None:
    with writer.transaction() as db:
        grant(db, "H1/P1", FIRST)
        ready = preview(db, Asked("packaging"), FIRST)
    assert ready.digest == replace(ready, days=9).digest != replace(ready, lines=()).digest
