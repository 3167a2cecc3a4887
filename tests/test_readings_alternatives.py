"""The alternatives to the office's readings: within their ranges, other than what is in force, and what they would do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from data.store import reading
from office import running
from office.answering import answers_on
from office.cited import Chapter, Cited
from office.gathering import known_now
from office.grants.checking import check_grants
from office.grants.kinds import KINDS
from office.paperwork.readings_paper import print_readings
from office.programs import program_named
from office.rule_book import chapters
from office.rulekeeping.alternatives import effects_of, offered
from office.rulekeeping.decisive import verdict_without
from office.rulekeeping.effects import a_year_before, goods_words, money_words
from office.what_if import changed_count, what_if
from rules.alternatives import VALUES, AlternativeFaults, alternatives, read_alternatives
from rules.program import Words

DAY = date(2021, 9, 30)
BOOK = chapters()
PARTS = {(chapter.file, part.key): (chapter, part) for chapter in BOOK for part in chapter.parts}
GOODS = BOOK[0]


@pytest.fixture
def on_demo(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(running._State, "path", demo_db)
    return demo_db


def chapter_of(file: str) -> Chapter:
    return next(chapter for chapter in BOOK if chapter.file == file)


def test_every_alternative_belongs_to_an_office_reading_stands_in_its_range_and_is_another_value() -> None:
    for (file, key), found in alternatives().items():
        chapter, part = PARTS[file, key]
        assert part.citation.reading == "office", key
        assert len(offered(chapter, part, DAY)) == len(found), (file, key)
        assert all(one.why.zh and one.why.en for one in found)


def test_every_office_value_of_a_programme_and_period_of_the_procedure_has_an_alternative() -> None:
    wanted = {
        (chapter.file, part.key) for chapter in BOOK for part in chapter.to_confirm if part.kind in VALUES
    }
    assert wanted == set(alternatives())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[a]\n"parameter:x" = [{ value = 1, zh = "甲" }]', "missing"),
        ('[a]\n"parameter:x" = [{ value = 1.5, zh = "甲", en = "a" }]', "expected"),
        ('[a]\n"parameter:x" = [{ value = 1, zh = "甲", en = "a", more = 1 }]', "unknown key"),
        (
            '[a]\n"parameter:x" = [{ value = 1, zh = "甲", en = "a" }, { value = 1, zh = "乙", en = "b" }]',
            "twice",
        ),
        ('[a]\n"deadline:x" = [{ value = 1, zh = "甲", en = "a" }]', "expected"),
        ('[a]\n"verdict:x" = [{ value = 1, zh = "甲", en = "a" }]', "no kind"),
        ('[a]\n"parameter:x" = []', ""),
        ("a = 1", "."),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(AlternativeFaults, match=words):
        read_alternatives(text.encode(), "alternatives.toml")


def test_the_effect_of_a_value_on_goods_is_that_of_the_what_if(on_demo: Path) -> None:
    with reading(on_demo) as db:
        found = effects_of(db, GOODS, DAY)["parameter:inspection_validity_days"]
        beside = what_if(db, DAY, {"inspection_validity_days": 90})
    assert [effect.value.zh for effect in found] == ["90天", "120天", "365天"]
    for benefit in ("packaging", "logistics"):
        gains, losses = changed_count(beside, benefit)
        assert losses > 0
        assert (found[0].figures[f"{benefit}.gain"], found[0].figures[f"{benefit}.lose"]) == (gains, losses)


def test_a_condition_left_out_helps_exactly_the_goods_that_fail_it_alone(on_demo: Path) -> None:
    with reading(on_demo) as db:
        (effect,) = effects_of(db, GOODS, DAY)["condition:inspected_recently@logistics"]
        answers = answers_on(db, DAY)
    program, helped = answers.program, 0
    for decision in (d for d in answers if d.benefit == "logistics"):
        without = verdict_without(program, "logistics", decision.findings, "inspected_recently")
        helped += program.better.index(without or "") > program.better.index(decision.verdict)
    assert helped > 0
    assert effect.figures == {"logistics.gain": helped, "logistics.lose": 0}


def test_a_standing_left_out_helps_whoever_it_held_back(on_demo: Path) -> None:
    with reading(on_demo) as db:
        (effect,) = effects_of(db, GOODS, DAY)["latch:long_term_failing"]
        standing = sum(d.verdict == "revoked" for d in answers_on(db, DAY) if d.benefit == "packaging")
    assert effect.figures["packaging.gain"] == standing > 0


def test_the_only_way_back_is_not_left_out(on_demo: Path) -> None:
    with reading(on_demo) as db:
        found = effects_of(db, GOODS, DAY)
    assert found["event_condition:passed_again"] == () and len(found["event_condition:failed_often"]) == 1


def test_the_effect_on_money_is_what_the_claims_come_to_with_the_other_value(on_demo: Path) -> None:
    kind = KINDS["rewards"]
    with reading(on_demo) as db:
        effect = effects_of(db, chapter_of("outlet-reward"), DAY)["parameter:fen_per_parcel"][1]
        before, after = (
            check_grants(db, kind, DAY, known_now(db), program_named("outlet-reward"), changed)
            for changed in (None, {"fen_per_parcel": 20})
        )
    recent = [
        at
        for at, day in enumerate(before.claims.claimed.tolist())
        if day > (a_year_before(DAY) - date(1970, 1, 1)).days
    ]
    assert recent and effect.figures["before"] == sum(int(before.granted[at]) for at in recent)
    assert effect.figures["after"] == sum(int(after.granted[at]) for at in recent) > effect.figures["before"]


def test_a_target_with_another_deadline_may_have_another_status(on_demo: Path) -> None:
    with reading(on_demo) as db:
        found = effects_of(db, chapter_of("targets"), DAY)
    (earlier, later) = found["deadline:demonstration_villages.deadline"]
    assert earlier.value.zh == "2020-12-31" and later.value.zh == "2022-12-31"
    assert all("状态" in effect.does.zh for effect in (earlier, later))


def test_before_the_programme_is_in_force_it_says_so_instead_of_figures(on_demo: Path) -> None:
    with reading(on_demo) as db:
        found = effects_of(db, GOODS, date(2019, 1, 1))
    effect = found["parameter:readmission_passes"][0]
    assert not effect.figures and "尚未施行" in effect.does.zh


def test_words_name_only_what_changes() -> None:
    titles = {"a": Words("甲", "A"), "b": Words("乙", "B")}
    assert goods_words(titles, {"a": (0, 0), "b": (0, 0)}).zh == "没有农产品变化"
    assert goods_words(titles, {"a": (0, 2), "b": (0, 0)}).zh == "甲：变差 2 个"
    assert money_words(0, 5, 5).en == "no claim of the last 12 months changes"
    assert "+1.00元" in money_words(1, 100, 200).zh and "（-1.00元）" in money_words(1, 200, 100).zh


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    assert a_year_before(date(2020, 2, 29)) == date(2019, 2, 28)
    assert a_year_before(DAY) == date(2020, 9, 30)


def test_the_paper_holds_every_reading_with_room_to_decide_and_to_sign(on_demo: Path, tmp_path: Path) -> None:
    with reading(on_demo) as db:
        name, content = print_readings(db, DAY)
    file = tmp_path / name
    file.write_bytes(content)
    text = ZipFile(file).read("word/document.xml").decode()
    wanted: list[Cited] = [part for chapter in BOOK for part in chapter.to_confirm]
    assert text.count("□按现行口径") == text.count("签字：") == len(wanted)
    assert "读作每季度检验一次" in text and GOODS.program is not None and GOODS.program.digest[:16] in text
