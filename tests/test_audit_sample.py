"""A sample of recorded decisions: drawn by a seed as anybody can draw it, kept, drawn again, worked through, exported."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.integrity import check
from data.rulekeeping.populations import Frame, Member, kept_decisions, members
from data.rulekeeping.samples import counted_findings, findings_of, samples
from data.store import Database, Writer, open_writer
from office.__main__ import main
from office.audit.again import KNOWN_NOW, RULE_NOW, THEN, decided_again, explained_then
from office.audit.drawing import drawn, new_seed, population_digest, smallest
from office.audit.findings import Note, latest, note, progress
from office.audit.sample_sheet import sample_xlsx
from office.audit.sampling import (
    LARGEST,
    Wish,
    draw,
    drawn_again,
    frame_now,
    population,
    population_text,
)
from office.audit.sampling_words import asked_words
from office.casework.asked import Doer
from office.days import now
from office.recording import decided_at, record_in
from office.refusal import Refused
from tests.casework import Office
from tests.recorded import raw as outside

AUDITOR = Doer("demo-auditor")
CHI_SQUARE_39_999 = 72.05  # 39 degrees of freedom: exceeded once in a thousand


TOLD = "抽样〔2021〕1号"  # the one that the demonstration has drawn


@pytest.fixture
def writer(demo_db: Path) -> Iterator[Writer]:
    with open_writer(demo_db) as one:
        yield one


def by_hand(seed: str, numbers: list[int], size: int) -> list[int]:
    """The documented way, told again: sort by the hex of SHA-256, take the first."""
    ranked = sorted(numbers, key=lambda one: hashlib.sha256(f"{seed}|{one}".encode()).hexdigest())
    return ranked[:size]


def raw(db: Database, sql: str, *values: object) -> list[tuple[object, ...]]:
    return list(db.execute(sql, list(values)).fetchall())


def refused_with(told: str) -> AbstractContextManager[Any]:
    return pytest.raises(Refused, check=lambda error: told in error.words.zh and bool(error.words.en))


# ---- how it is drawn ----


def test_the_example_of_the_notes_for_auditors() -> None:
    assert smallest("示例种子", range(1, 11), 3) == [5, 4, 9]
    digest = "d68dbfb354c79395d3263fb5121906a151c880c25b5ea040d969d328685e4073"
    assert population_digest(range(1, 11)) == digest
    told = Path("docs/审计说明.md").read_text("utf-8")
    assert "示例种子" in told and "5、4、9" in told and digest in told


@settings(max_examples=60, deadline=None)
@given(
    st.text(min_size=1, max_size=20),
    st.sets(st.integers(1, 10**7), min_size=1, max_size=60),
    st.integers(1, 70),
)
def test_it_is_drawn_as_anybody_draws_it(seed: str, numbers: set[int], size: int) -> None:
    seed = seed.encode("utf-8", "ignore").decode()
    assert smallest(seed, numbers, size) == by_hand(seed, sorted(numbers), size)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, 10**7), min_size=20, max_size=60))
def test_a_smaller_sample_is_the_beginning_of_a_larger_one(numbers: set[int]) -> None:
    assert smallest("种子", numbers, 10) == smallest("种子", numbers, 20)[:10]


def test_every_decision_has_the_same_chance() -> None:
    numbers, size, seeds = range(1, 41), 10, 2000
    seen = Counter(number for seed in range(seeds) for number in smallest(f"种子{seed}", numbers, size))
    expected = seeds * size / len(numbers)
    spread = expected * (1 - size / len(numbers)) * len(numbers) / (len(numbers) - 1)
    assert sum((seen[number] - expected) ** 2 for number in numbers) / spread < CHI_SQUARE_39_999


def test_with_strata_so_many_of_each_are_drawn_and_all_where_there_are_fewer() -> None:
    members = [Member(n, "eligible" if n % 5 else "revoked", "") for n in range(1, 21)]
    found = drawn("种子", members, 6, "verdict")
    eligible, revoked = [n for n in range(1, 21) if n % 5], [5, 10, 15, 20]
    assert found == by_hand("种子", eligible, 6) + by_hand("种子", revoked, 6)
    assert len(found) == 10


def test_a_made_seed_is_never_the_same() -> None:
    assert len({new_seed() for _ in range(200)}) == 200


# ---- from what it is drawn ----

FRAMES = {
    "everything": (Frame(), "1 = 1"),
    "days": (Frame(since="2021-06-30", until="2021-08-30"), "as_of BETWEEN '2021-06-30' AND '2021-08-30'"),
    "benefit": (Frame(benefit="packaging"), "benefit = 'packaging'"),
    "verdict": (Frame(verdict="eligible"), "verdict = 'eligible'"),
    "township": (
        Frame(township="653128100"),
        "subject IN (SELECT g.household_no || '/' || g.product_code FROM goods AS g JOIN households AS h"
        " ON h.household_no = g.household_no JOIN villages AS v ON v.village_code = h.village_code"
        " WHERE v.township_code = '653128100')",
    ),
    "acted on": (Frame(rests="acted"), "d.id IN (SELECT decision_id FROM acts)"),
    "overridden": (Frame(rests="overridden"), "d.id IN (SELECT decision_id FROM acts WHERE overrides = 1)"),
    "followed": (
        Frame(rests="followed"),
        "d.id IN (SELECT decision_id FROM acts) AND d.id NOT IN"
        " (SELECT decision_id FROM acts WHERE overrides = 1 AND decision_id IS NOT NULL)",
    ),
    "person": (
        Frame(person="示例负责人"),
        "(r.recorded_by = '示例负责人' OR d.id IN (SELECT decision_id FROM acts WHERE recorded_by = '示例负责人'))",
    ),
}


@pytest.mark.parametrize("name", FRAMES)
def test_the_population_is_what_was_asked(writer: Writer, name: str) -> None:
    frame, condition = FRAMES[name]
    with writer.transaction() as db:
        expected = raw(
            db, f"SELECT d.id FROM decisions AS d JOIN runs AS r ON r.id = d.run_id WHERE {condition}"
        )
        closed = frame_now(db, frame, now())
        found = [one.id for one in members(db, closed)]
        assert expected and population(db, frame).size == len(expected)
    assert found == sorted(int(str(number)) for (number,) in expected)


@pytest.mark.parametrize("strata", ["township", "verdict"])
def test_the_strata_add_up_to_the_population(writer: Writer, strata: str) -> None:
    with writer.transaction() as db:
        found = population(db, Frame(), strata)
    assert len(found.strata) > 2 and sum(found.strata.values()) == found.size


# ---- drawn and kept ----


def test_a_sample_is_kept_and_drawn_again_the_same_whatever_is_recorded_later(writer: Writer) -> None:
    wish = Wish(Frame(benefit="packaging", since="2021-01-01"), 15, seed="当众抽出的种子", remark="季度检查")
    one = draw(writer, wish, doer=AUDITOR)
    assert (one.number, one.seed, one.done_on, one.recorded_by) == (
        "抽样〔2021〕2号",
        "当众抽出的种子",
        "2021-09-30",
        "示例审计员",
    )
    with writer.transaction() as db:
        before = population_text(db, one)
        assert list(one.drawn) == by_hand(one.seed, [int(line) for line in before.split("\n")], 15)
        assert hashlib.sha256(before.encode()).hexdigest() == one.population_digest
        record_in(db, decided_at(db, date(2021, 9, 29), now()), by="示例审核员")
        assert population(db, wish.frame).size > one.population
        assert drawn_again(db, one) == (True, True) and population_text(db, one) == before
        assert check(db) == []
    again = draw(writer, wish, doer=AUDITOR)
    assert again.number == "抽样〔2021〕3号" and again.population > one.population


def test_a_changed_record_shows_when_the_sample_is_drawn_again(writer: Writer) -> None:
    one = draw(writer, Wish(Frame(verdict="eligible"), 5, seed="甲"), doer=AUDITOR)
    with writer.transaction() as db:
        assert drawn_again(db, replace(one, drawn=one.drawn[::-1])) == (True, False)
        assert drawn_again(db, replace(one, population_digest="0" * 64)) == (False, True)


def test_without_a_seed_one_is_made_and_kept(writer: Writer) -> None:
    first, second = (draw(writer, Wish(), doer=AUDITOR) for _ in range(2))
    assert first.seed != second.seed and len(first.seed) == 12 and len(first.drawn) == 20


def test_a_sample_larger_than_its_population_is_all_of_it(writer: Writer) -> None:
    one = draw(writer, Wish(Frame(rests="overridden"), 1000), doer=AUDITOR)
    assert len(one.drawn) == one.population < 1000


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish(size=0), "须在 1 到 1000 之间"),
        (Wish(size=LARGEST + 1), "须在 1 到 1000 之间"),
        (Wish(Frame(until="2019-01-01")), "没有存档的判定，没有抽样"),
        (Wish(Frame(since="2021-02-01", until="2021-01-31")), "末日早于首日"),
        (Wish(Frame(since="昨天")), "不是日期"),
        (Wish(Frame(verdict="good")), "没有“good”"),
        (Wish(Frame(benefit="money")), "没有“money”"),
        (Wish(Frame(township="岳普湖")), "没有“岳普湖”"),
        (Wish(Frame(rests="done")), "没有“done”"),
        (Wish(strata="village"), "没有“village”"),
        (Wish(seed="打13800138000"), "手机号"),
        (Wish(seed="长" * 61), "最多 60 个字"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words_and_nothing_is_kept(
    writer: Writer, wish: Wish, told: str
) -> None:
    with refused_with(told):
        draw(writer, wish, doer=AUDITOR)
    with writer.transaction() as db:
        assert [one.number for one in samples(db)] == [TOLD]


def test_the_bounds_of_a_sample_can_be_drawn(writer: Writer) -> None:
    assert len(draw(writer, Wish(size=1), doer=AUDITOR).drawn) == 1
    assert len(draw(writer, Wish(size=LARGEST, seed="长" * 60), doer=AUDITOR).drawn) > 1


@pytest.mark.parametrize("who", ["demo-clerk", "demo-reviewer", "demo-administrator", "某人"])
def test_only_an_auditor_draws_and_notes(writer: Writer, who: str) -> None:
    one = draw(writer, Wish(size=1), doer=AUDITOR)
    with pytest.raises(Refused):
        draw(writer, Wish(), doer=Doer(who))
    with pytest.raises(Refused):
        note(writer, Note(one.number, one.drawn[0], "in_order"), doer=Doer(who))
    with writer.transaction() as db:
        assert len(samples(db)) == 2 and findings_of(db, one.id) == []


def test_a_sample_is_never_changed_or_deleted(demo_db: Path) -> None:
    with open_writer(demo_db) as writer:
        draw(writer, Wish(size=1), doer=AUDITOR)
    conn = outside(demo_db)
    for statement in ("UPDATE audit_samples SET seed = 'x'", "DELETE FROM audit_samples"):
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute(statement)
    conn.close()


# ---- worked through ----


def test_findings_are_added_and_the_newest_counts(writer: Writer) -> None:
    one = draw(writer, Wish(size=3, seed="乙"), doer=AUDITOR)
    first, second, _third = one.drawn
    note(writer, Note(one.number, first, "finding", "没有找到检验报告原件"), doer=AUDITOR)
    note(writer, Note("2021-2", second, "in_order"), doer=AUDITOR)
    note(writer, Note(one.number, first, "in_order", "原件已补齐"), doer=AUDITOR)
    with writer.transaction() as db:
        found = findings_of(db, one.id)
        assert [(each.decision_id, each.kind) for each in found] == [
            (first, "finding"),
            (second, "in_order"),
            (first, "in_order"),
        ]
        assert latest(found)[first].text == "原件已补齐"
        done = progress(one, counted_findings(db)[one.id])
        assert (done.drawn, done.looked_at, done.finding) == (3, 2, 0)
        assert check(db) == []


def test_what_cannot_be_noted_is_refused_in_words(writer: Writer) -> None:
    one = draw(writer, Wish(Frame(rests="overridden"), 1, seed="丙"), doer=AUDITOR)
    (decision,) = one.drawn
    not_drawn = next(n for n in range(1, 99) if n != decision)
    for wish, told in (
        (Note("抽样〔2021〕9号", decision, "in_order"), "没有编号为"),
        (Note(one.number, not_drawn, "in_order"), "没有抽中"),
        (Note(one.number, decision, "looked_at", "看过"), "结果只能是"),
        (Note(one.number, decision, "finding"), "请写明发现的问题"),
        (Note(one.number, decision, "finding", " \n"), "请写明发现的问题"),
        (Note(one.number, decision, "finding", "电话13800138000"), "手机号"),
        (Note(one.number, decision, "in_order", seen=7), "刚有别人记录过"),
    ):
        with refused_with(told):
            note(writer, wish, doer=AUDITOR)
    done = note(writer, Note(one.number, decision, "finding", "理由没有附照片", seen=0), doer=AUDITOR)
    for wish, told in (
        (Note(one.number, decision, "finding", "理由没有附照片"), "完全相同"),
        (Note(one.number, decision, "in_order", seen=0), "刚有别人记录过"),
    ):
        with refused_with(told):
            note(writer, wish, doer=AUDITOR)
    note(writer, Note(one.number, decision, "in_order", seen=done.id), doer=AUDITOR)


# ---- decided again ----


def test_a_recorded_decision_is_decided_again_then_and_now(writer: Writer) -> None:
    one = draw(writer, Wish(Frame(verdict="eligible", benefit="packaging"), 8, seed="丁"), doer=AUDITOR)
    with writer.transaction() as db:
        for kept in kept_decisions(db, one.drawn).values():
            ways = {each.way: each for each in decided_again(db, kept)}
            assert tuple(ways) == (THEN, KNOWN_NOW, RULE_NOW)
            assert ways[THEN].same and ways[THEN].facts == {}
            program, explained = explained_then(db, kept)
            (slip,) = explained.slips
            assert program.digest == kept.digest and slip.decision.verdict == kept.verdict
            assert sorted(row.id for row in slip.evidence) == sorted(kept.evidence)


def test_a_later_correction_shows_in_what_is_known_now_only(tmp_path: Path) -> None:
    office = Office(tmp_path / "office.db").passed()
    office.act("grant")
    office.on(date(2021, 4, 1)).correct("S001", "fail", date(2021, 3, 1))
    with office.writer, office.writer.transaction() as db:
        (kept,) = (one for one in kept_decisions(db, [1, 2]).values() if one.benefit == "packaging")
        then, known_now, rule_now = decided_again(db, kept)
    assert (then.verdict, then.same) == ("eligible", True)
    for later in (known_now, rule_now):
        assert (later.verdict, later.same) == ("not_eligible", False)
        assert later.facts["last_conclusion"] == ("pass", "fail")


# ---- taken along ----


def cells(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        str(cell)
        for page in book
        for row in page.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]


def test_the_file_says_how_to_draw_again_and_what_was_found_and_names_nobody(writer: Writer) -> None:
    one = draw(writer, Wish(Frame(rests="acted"), 10, seed="戊", remark="=1+1"), doer=AUDITOR)
    note(writer, Note(one.number, one.drawn[0], "finding", "先发现的问题"), doer=AUDITOR)
    note(writer, Note(one.number, one.drawn[0], "in_order", "后来补齐"), doer=AUDITOR)
    with writer.transaction() as db:
        found = cells(sample_xlsx(db, one))
        heads = [str(name) for (name,) in raw(db, "SELECT DISTINCT head_name FROM households")]
    for told in (one.number, "戊", one.population_digest, "后来补齐", "=1+1", *map(str, one.drawn)):
        assert told in found
    assert any("SHA-256" in cell for cell in found) and any("先发现的问题" in cell for cell in found)
    assert not [head for head in heads if any(head in cell for cell in found)]


def test_the_command_draws_notes_and_draws_again(
    demo_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, Any]:
        code = main(["--db", str(demo_db), *arguments])
        said = capsys.readouterr().out
        return code, json.loads(said) if "--json" in arguments else said

    code, drawn_one = run("sample", "draw", "--size", "4", "--seed", "己", "--by", "demo-auditor", "--json")
    assert code == 0 and len(drawn_one["drawn"]) == 4 and drawn_one["number"] == "抽样〔2021〕2号"
    first = str(drawn_one["drawn"][0])
    assert (
        run("sample", "note", "2021-2", first, "finding", "--text", "缺报告", "--by", "demo-auditor")[0] == 0
    )
    code, shown = run("sample", "show", "2021-2", "--json")
    assert code == 0 and shown["with_finding"] == 1 and shown["decisions"][0]["state"] == "finding"
    assert run("sample", "again", "2021-2", "--json") == (
        0,
        {"number": "抽样〔2021〕2号", "population": True, "drawn": True},
    )
    assert run("sample", "population", "2021-2", str(tmp_path / "p.txt"))[0] == 0
    content = (tmp_path / "p.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == drawn_one["population_digest"]
    assert run("sample", "export", "2021-2", str(tmp_path / "a" / "p.xlsx"))[0] == 0
    assert "发现问题 1" in run("sample", "list")[1]
    assert run("sample", "draw", "--by", "demo-clerk")[0] == 1
    assert run("sample", "show", "2021-9")[0] == 1


@pytest.mark.parametrize(
    ("frame", "zh", "en"),
    [
        (Frame(since="2021-06-30"), "2021-06-30 起", "from 2021-06-30"),
        (Frame(until="2021-08-31"), "到 2021-08-31 为止", "until 2021-08-31"),
        (
            Frame(since="2021-06-30", until="2021-08-31"),
            "2021-06-30 至 2021-08-31",
            "2021-06-30 to 2021-08-31",
        ),
    ],
)
def test_the_days_asked_are_said_without_an_open_end(frame: Frame, zh: str, en: str) -> None:
    ((_title, period),) = asked_words(frame, {}, {})
    assert (period.zh, period.en) == (zh, en)
