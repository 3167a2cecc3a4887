"""Acts against the rules: which, how many of all, against what, and what is known of the time after; nobody is ranked."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from office.__main__ import main
from office.audit.override_words import CANNOT_SHOW, about_sheet, overrides_xlsx, percent_words
from office.audit.overrides import ALWAYS, NONE, Asked, Found, Overview, Share, overview
from office.audit.sampling_words import benefit_titles
from office.refusal import Refused
from tests.casework import CLERK, OTHER, REVIEWER, Office

ACT_DAY = date(2021, 3, 1)
VALID = 180  # days an inspection speaks for a good: the programme's value then


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """H1/P1 was never inspected, and packaging was granted all the same on 2021-03-01."""
    one = Office(tmp_path / "office.db").on(ACT_DAY)
    one.act("grant", override=True, reason="现场看过，先发包材")
    with one.writer:
        yield one


def seen(office: Office, day: date, **asked: str) -> Overview:
    with office.writer.transaction() as db:
        return overview(db, Asked(asked.pop("since", ALWAYS[0]), asked.pop("until", ALWAYS[1]), **asked), day)


def the_one(office: Office, day: date) -> Found:
    (found,) = seen(office, day).found
    return found


def test_an_override_names_what_it_went_against(office: Office) -> None:
    found = the_one(office, ACT_DAY)
    assert (found.act.kind, found.act.recorded_by, found.act.reason) == (
        "grant",
        "周审核",
        "现场看过，先发包材",
    )
    assert found.kept.verdict == "cannot_decide"
    assert set(found.against) == {"inspected_recently", "last_inspection_passed"}
    assert found.outcome.later is None and found.outcome.agrees is False


@pytest.mark.parametrize(
    ("days", "counted"),
    [(0, False), (1, True), (VALID, True), (VALID + 1, False)],
    ids=lambda given: str(given),
)
@pytest.mark.parametrize("conclusion", ["pass", "fail"])
def test_inspections_count_from_the_day_after_while_one_is_valid(
    office: Office, days: int, counted: bool, conclusion: str
) -> None:
    day = ACT_DAY + timedelta(days=days)
    office.on(day).inspect(conclusion)
    outcome = the_one(office, date(2021, 12, 31)).outcome
    assert (outcome.passes, outcome.fails) == ((counted, 0) if conclusion == "pass" else (0, counted))
    assert outcome.until == ACT_DAY + timedelta(days=VALID)


def test_an_inspection_without_a_result_yet_is_not_known(office: Office) -> None:
    sampled, result = date(2021, 3, 10), date(2021, 3, 15)
    office.on(result).inspect("pass", sampled, result_date=result.isoformat())
    assert the_one(office, date(2021, 3, 14)).outcome.passes == 0
    assert the_one(office, result).outcome.passes == 1


def test_the_rules_agree_once_the_good_passes_and_no_more_once_it_fails(office: Office) -> None:
    office.on(date(2021, 3, 10)).inspect("pass")
    assert the_one(office, date(2021, 3, 9)).outcome.agrees is False
    outcome = the_one(office, date(2021, 3, 10)).outcome
    assert (outcome.verdict, outcome.agrees) == ("eligible", True)
    office.on(date(2021, 4, 10)).inspect("fail")
    assert the_one(office, date(2021, 4, 10)).outcome.agrees is False


def test_what_was_taken_away_later_is_shown_from_the_day_it_was_done(office: Office) -> None:
    office.on(date(2021, 3, 2)).act("notify", CLERK)
    office.act("deliver", CLERK, how="in_person", to="示例户主")
    office.on(date(2021, 4, 1)).act("hear", CLERK)
    office.act("revoke", OTHER, reason="仍未检验")
    assert the_one(office, date(2021, 3, 31)).outcome.later is None
    later = the_one(office, date(2021, 4, 1)).outcome.later
    assert later is not None and (later.kind, later.done_on) == ("revoke", "2021-04-01")


def test_withholding_what_the_rules_allow_is_against_no_condition(office: Office) -> None:
    office.on(date(2021, 3, 5)).inspect("pass", subject="H2/P1")
    office.act("withhold", OTHER, subject="H2/P1", override=True, reason="该户暂不需要")
    found = seen(office, date(2021, 3, 5))
    withheld = found.found[0]
    assert withheld.act.kind == "withhold" and withheld.against == () and withheld.outcome.agrees is False
    assert NONE in found.conditions
    assert [one.act.id for one in seen(office, date(2021, 3, 5), condition=NONE).found] == [withheld.act.id]
    other = seen(office, date(2021, 3, 5), condition="inspected_recently")
    assert [one.act.kind for one in other.found] == ["grant"]


def test_acts_along_the_rules_are_counted_in_all_and_people_stand_by_name(office: Office) -> None:
    office.on(date(2021, 3, 5)).inspect("pass", subject="H2/P1")
    office.act("grant", OTHER, subject="H2/P1")
    office.act("grant", OTHER, subject="H2/P1", benefit="logistics")
    found = seen(office, date(2021, 3, 5))
    assert [(one.name, one.acts, one.overrides, one.percent) for one in found.shares] == [
        ("吴审核", 2, 0, 0),
        ("周审核", 1, 1, 100),
    ]
    assert (found.whole.acts, found.whole.overrides, found.whole.percent) == (3, 1, 33)


def test_each_filter_keeps_what_it_names(office: Office) -> None:
    day = date(2021, 3, 5)
    for asked, kept in (
        ({"benefit": "packaging"}, 1),
        ({"benefit": "logistics"}, 0),
        ({"township": "T1"}, 1),
        ({"township": "T2"}, 0),
        ({"person": REVIEWER.name}, 1),
        ({"person": OTHER.name}, 0),
        ({"since": "2021-03-01", "until": "2021-03-01"}, 1),
        ({"since": "2021-03-02"}, 0),
        ({"until": "2021-02-28"}, 0),
    ):
        assert len(seen(office, day, **asked).found) == kept, asked
    assert seen(office, date(2021, 2, 28)).found == ()  # not yet done on that day
    with pytest.raises(Refused):
        seen(office, day, since="2021-03-02", until="2021-03-01")


@pytest.mark.parametrize(
    ("acts", "overrides", "said"),
    [(0, 0, "–"), (100, 0, "0%"), (101, 1, "不到 1%"), (100, 1, "1%"), (3, 2, "66%"), (1, 1, "100%")],
)
def test_a_share_is_a_whole_percent_and_never_nothing_where_there_is_something(
    acts: int, overrides: int, said: str
) -> None:
    assert percent_words(Share("某人", acts, overrides)).zh == said


def test_the_file_says_what_the_figures_cannot_show_and_names_no_household_head(office: Office) -> None:
    with office.writer.transaction() as db:
        found = overview(db, Asked(*ALWAYS), ACT_DAY)
        content = overrides_xlsx(found, benefit_titles(db), about_sheet(found, ACT_DAY.isoformat(), ""))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row]
    assert CANNOT_SHOW.zh in cells and "现场看过，先发包材" in cells and "周审核" in cells
    assert not any("示例户主" in cell for cell in cells)


def test_the_command_lists_the_demonstrations_overrides(
    demo_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--db", str(demo_db), "overrides", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["as_of"] == "2021-09-30" and {one["kind"] for one in told["overrides"]} == {
        "grant",
        "withhold",
    }
    assert sum(one["overrides"] for one in told["people"]) == len(told["overrides"])
    assert sum(one["acts"] for one in told["people"]) == told["acts"]
    names = [one["name"] for one in told["people"]]
    assert names == sorted(names)
    assert main(["--db", str(demo_db), "overrides", "--from", "2022-01-01"]) == 0
    assert "没有与规则不同的处理" in capsys.readouterr().out
    assert main(["--db", str(demo_db), "overrides", "--from", "2021-13-01"]) == 1
