"""Drafts: saved in versions, refused in words, checked with the line of each fault, chained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.integrity import check
from data.rulekeeping.drafts import draft_versions
from data.store import Writer, open_writer
from office.casework.asked import Doer
from office.programs import program_named
from office.refusal import Refused, refuse
from office.rulekeeping import drafting
from office.rulekeeping.checking_drafts import check_draft
from office.rulekeeping.drafting import Meanwhile, Wish, first_of_next_month
from office.rulekeeping.fault_lines import line_of
from rules.program import Program

CLERK, REVIEWER, AUDITOR = Doer("demo-clerk"), Doer("demo-reviewer"), Doer("demo-auditor")
PROGRAM = "produce-support"
TEXT = program_named(PROGRAM).text
LAST_ROW = '[[benefits.packaging.verdicts]]\nverdict = "not_eligible"\n'
WITHOUT_LAST_ROW = TEXT.replace(LAST_ROW, "", 1)
SUBJECT_LINE = f"line {TEXT[: TEXT.index(chr(10) + 'subject =')].count(chr(10)) + 2}"


@pytest.fixture
def writer(people_db: Path) -> Iterator[Writer]:
    with open_writer(people_db) as one:
        yield one


def wish(name: str = "试改", text: str = TEXT, **more: object) -> Wish:
    return replace(Wish(name, PROGRAM, "0" * 64, text), **more)  # type: ignore[arg-type]


def program_of(text: str) -> Program:
    found = check_draft(text).program
    assert found is not None
    return found


# ---- saving ----


def test_a_draft_is_saved_in_versions_and_every_one_is_kept(writer: Writer) -> None:
    first = drafting.save(writer, wish(), doer=CLERK)
    second = drafting.save(writer, wish(text=TEXT + "# 改\n", seen=1, note="第二版"), doer=REVIEWER)
    assert (first.version, second.version, second.recorded_by) == (1, 2, "示例审核员")
    with writer.transaction() as db:
        assert [one.text for one in draft_versions(db, "试改")] == [TEXT, TEXT + "# 改\n"]
        assert [one.name for one in drafting.drafts(db)] == ["试改"]
        assert not check(db)


def test_a_draft_with_any_fault_in_it_may_be_saved(writer: Writer) -> None:
    assert drafting.save(writer, wish(text="not toml at all ["), doer=CLERK).version == 1


def test_an_auditor_may_not_draft(writer: Writer) -> None:
    with pytest.raises(Refused, match="only clerk, reviewer"):
        drafting.save(writer, wish(), doer=AUDITOR)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "  "}, "name is needed"),
        ({"name": "长" * 31}, "at most 30"),
        ({"program": "no-such"}, "no programme"),
        ({"text": " \n"}, "text is needed"),
        ({"text": TEXT + "# 身份证 11010519491231002X\n"}, "number"),
        ({"note": "记" * 201}, "at most 200"),
    ],
)
def test_what_may_not_be_kept_is_refused_and_nothing_is_saved(
    writer: Writer, change: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        drafting.save(writer, wish(**change), doer=CLERK)
    with writer.transaction() as db:
        assert drafting.drafts(db) == ()


def test_who_saw_an_older_version_is_told_and_shown_what_stands(writer: Writer) -> None:
    drafting.save(writer, wish(), doer=CLERK)
    theirs = drafting.save(writer, wish(text=TEXT + "# 甲\n", seen=1), doer=REVIEWER)
    with pytest.raises(Meanwhile) as refused:
        drafting.save(writer, wish(text=TEXT + "# 乙\n", seen=1), doer=CLERK)
    assert refused.value.theirs == theirs and "示例审核员" in refused.value.words.zh
    mine = drafting.save(writer, wish("试改乙", TEXT + "# 乙\n", seen=0), doer=CLERK)
    assert mine.version == 1


def test_a_removed_draft_is_gone_from_the_list_and_its_name_can_be_used_again(writer: Writer) -> None:
    drafting.save(writer, wish(), doer=CLERK)
    with pytest.raises(Meanwhile):
        drafting.remove(writer, "试改", doer=CLERK, seen=2)
    drafting.remove(writer, "试改", doer=CLERK, seen=1)
    with pytest.raises(Refused, match="no draft"):
        drafting.remove(writer, "试改", doer=CLERK)
    with pytest.raises(Meanwhile, match="was removed meanwhile"):
        drafting.save(writer, wish(seen=1), doer=CLERK)
    assert drafting.save(writer, wish(seen=0), doer=CLERK).version == 3


def test_the_same_text_twice_and_another_programme_under_the_name_are_refused(writer: Writer) -> None:
    drafting.save(writer, wish(), doer=CLERK)
    with pytest.raises(Refused, match="saved just so already"):
        drafting.save(writer, wish(seen=1), doer=CLERK)
    with pytest.raises(Refused, match="another programme"):
        drafting.save(writer, wish(program="logistics-claim", seen=1), doer=CLERK)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2021, 9, 30), date(2021, 10, 1)),
        (date(2021, 10, 1), date(2021, 11, 1)),
        (date(2021, 12, 31), date(2022, 1, 1)),
    ],
)
def test_a_new_value_begins_on_the_first_of_next_month(day: date, first: date) -> None:
    assert first_of_next_month(day) == first


# ---- checking ----


@pytest.mark.parametrize(
    ("old", "new", "key", "line_says"),
    [
        (
            'at_most = "inspection_validity_days"',
            'at_mos = "inspection_validity_days"',
            "conditions.inspected_recently.test.at_mos",
            "at_mos",
        ),
        (
            "range   = [30, 730]",
            "range   = [200, 730]",
            "parameters.inspection_validity_days.values[1].value",
            "180",
        ),
        (
            'reading = "text"\n\n# 三(八) 非标准化农产品',
            'reading = "tekst"\n\n# 三(八) 非标准化农产品',
            "conditions.of_a_poor_household.reading",
            "tekst",
        ),
        (
            'when    = { fails = "none", unknown = "some" }',
            "when    = { }",
            "benefits.packaging.verdicts[3].when",
            "{ }",
        ),
        ('subject = "good"', "subject = ", SUBJECT_LINE, "subject ="),
    ],
)
def test_a_fault_of_the_file_is_told_with_the_line_on_which_it_stands(
    old: str, new: str, key: str, line_says: str
) -> None:
    text = TEXT.replace(old, new, 1)
    checked = check_draft(text)
    assert checked.program is None and not checked.sound
    fault = next(f for f in checked.faults if f.key == key)
    assert fault.line is not None and line_says in text.split("\n")[fault.line - 1]


def test_a_missing_key_leads_to_its_table() -> None:
    text = TEXT.replace(
        "[conditions.last_inspection_passed]\ntest ", "[conditions.last_inspection_passed]\ntst "
    )
    line = line_of(text, "conditions.last_inspection_passed.test")
    assert line and text.split("\n")[line - 1] == "[conditions.last_inspection_passed]"
    assert line_of(text, "nowhere.at.all") is None and line_of(text, "") is None


def test_the_proof_of_a_draft_names_its_gaps_with_a_case() -> None:
    checked = check_draft(WITHOUT_LAST_ROW)
    assert checked.program is not None and not checked.faults and not checked.sound
    gap = checked.found[0]
    assert (gap.kind, gap.where) == ("gap", "benefits.packaging") and gap.example
    assert gap.line and WITHOUT_LAST_ROW.split("\n")[gap.line - 1] == "[benefits.packaging]"
    assert "「最近一次检验结论」为「合格」" in gap.words.zh
    assert check_draft(TEXT).sound


def test_a_draft_that_asks_what_the_registers_do_not_hold_is_not_sound() -> None:
    text = TEXT.replace("facts.standardised", "facts.organic").replace(
        'fact = "standardised"', 'fact = "organic"'
    )
    checked = check_draft(text)
    assert not checked.sound and "organic" in checked.faults[0].words.zh


def test_an_answer_that_the_check_could_not_give_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT + "# busy\n"

    def busy(*_: object, **__: object) -> None:
        raise refuse("太慢", "too slow")

    with monkeypatch.context() as patch:
        patch.setattr("office.rulekeeping.checking_drafts.tried_apart", busy)
        checked = check_draft(text)
        assert checked.unchecked and checked.unchecked.en == "too slow" and not checked.sound
    assert check_draft(text).sound
