"""Recorded decisions that would be otherwise now are found, all of them and no others, and stay as they were."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.integrity import check
from data.store import Database
from office.__main__ import main
from office.casework.asked import Doer
from office.deciding import decide_all
from office.gathering import gather, known_now
from office.programs import program_kept
from office.recording import decided_at, record_in
from office.refusal import Refused
from office.then_and_now.looking import Wish, look_in
from office.then_and_now.past import Past, otherwise_since, past_decisions
from tests.casework import BEGIN, CLERK, H1P1, Office
from tests.entering import enter, household, product

ADMINISTRATOR = Doer("示例管理员", "administrator")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office.db")


def keep(office: Office) -> int:
    """Decide everything today and keep it."""
    with office.writer.transaction() as db:
        at = office.clock()
        return record_in(db, decided_at(db, office.day, at), by="周审核", at=at)


def found(office: Office) -> list[Past]:
    with office.writer.transaction() as db:
        return list(past_decisions(db).found)


def told(office: Office) -> list[tuple[str, str, str, str | None]]:
    return [(one.subject, one.benefit, one.then, one.now) for one in found(office) if one.differs]


def to_look_at(office: Office) -> list[int]:
    with office.writer.transaction() as db:
        return [one.decision for one in past_decisions(db).open]


def look(office: Office, decisions: list[int], text: str = "已核对", doer: Doer = CLERK) -> int:
    with office.writer.transaction() as db:
        return look_in(db, Wish(decisions, text), doer=doer, at=office.clock(), day=office.day)


def test_a_correction_lists_the_decisions_it_would_change_with_both_verdicts(office: Office) -> None:
    office.on(date(2021, 3, 1))
    number = office.inspect("pass")
    keep(office)
    assert told(office) == []
    office.on(date(2021, 5, 6)).correct(number, "fail", date(2021, 3, 1))
    assert told(office) == [
        (H1P1, "packaging", "eligible", "not_eligible"),
        (H1P1, "logistics", "eligible", "not_eligible"),
    ]
    assert found(office)[0].facts["last_conclusion"] == ("pass", "fail")


@pytest.mark.parametrize(("late", "number"), [(0, 2), (1, 0)], ids=["result that day", "result a day later"])
def test_a_late_result_concerns_decisions_from_its_result_day_on(
    office: Office, late: int, number: int
) -> None:
    office.on(date(2021, 3, 10))
    keep(office)
    office.on(date(2021, 3, 20)).inspect(
        "pass", date(2021, 3, 1), result_date=(date(2021, 3, 10) + timedelta(days=late)).isoformat()
    )
    assert len(told(office)) == number


def test_what_was_known_when_it_was_decided_changes_nothing(office: Office) -> None:
    office.on(date(2021, 3, 10)).inspect("pass", date(2021, 3, 1))
    keep(office)
    office.on(date(2021, 3, 20)).inspect("fail", date(2021, 3, 20))
    assert found(office) == []


def test_facts_that_changed_without_another_verdict_are_told_apart(office: Office) -> None:
    office.on(date(2021, 3, 10)).inspect("pass", date(2021, 3, 1))
    keep(office)
    office.on(date(2021, 3, 20)).inspect("pass", date(2021, 3, 5))
    assert told(office) == [] and to_look_at(office) == []
    assert [dict(one.facts)["inspections"] for one in found(office)] == [(1, 2), (1, 2)]


def test_a_household_that_had_left_by_then_and_a_product_corrected_are_found(office: Office) -> None:
    office.on(date(2021, 3, 10)).inspect("pass", date(2021, 3, 1))
    keep(office)
    enter(office.writer, "households", [household("H1", left_on="2021-03-10")], reason="补记退出")
    assert (H1P1, "packaging", "eligible", "not_eligible") in told(office)
    enter(office.writer, "households", [household("H1", left_on="2021-03-11")], reason="改正退出日期")
    assert told(office) == [], "one day later it had not left yet"
    enter(office.writer, "products", [product("P1", standardised=1)], reason="核实为标准化")
    assert {one[0] for one in told(office)} == {H1P1, "H2/P1"}, "every good of the product"


def test_a_good_that_was_not_registered_by_that_day_after_all_has_no_verdict_now(office: Office) -> None:
    keep(office)
    good = {"household_no": "H1", "product_code": "P1", "source": "grown", "fit_for_online_sale": 1}
    enter(office.writer, "goods", [{**good, "registered_on": "2021-06-01"}], reason="登记日期录错")
    assert [one[3] for one in told(office)] == [None, None]


def test_a_decision_about_one_good_alone_is_found_too(office: Office) -> None:
    office.passed()
    office.act("grant")
    office.on(date(2021, 5, 6)).correct("S001", "fail", date(2021, 3, 1))
    assert {(one.as_of, one.subject) for one in found(office)} == {(date(2021, 3, 1), H1P1)}


def test_a_look_closes_it_and_what_is_recorded_later_opens_it_again(office: Office) -> None:
    office.on(date(2021, 3, 1)).inspect("pass")
    keep(office)
    office.on(date(2021, 5, 6)).correct("S001", "fail", date(2021, 3, 1))
    first, second = to_look_at(office)
    assert look(office, [first]) == 1
    assert to_look_at(office) == [second]
    office.on(date(2021, 5, 7)).correct("S001", "pending", date(2021, 3, 1))
    assert to_look_at(office) == [first, second]
    with office.writer.transaction() as db:
        assert check(db) == []


@pytest.mark.parametrize(
    ("decisions", "text", "doer"),
    [([], "已核对", CLERK), ([1], " ", CLERK), ([1], "已核对", ADMINISTRATOR), ([99], "已核对", CLERK)],
    ids=["none chosen", "nothing said", "not their task", "no such decision"],
)
def test_a_look_is_refused_in_words_and_nothing_is_kept(
    office: Office, decisions: list[int], text: str, doer: Doer
) -> None:
    office.on(date(2021, 3, 1)).inspect("pass")
    keep(office)
    office.on(date(2021, 5, 6)).correct("S001", "fail", date(2021, 3, 1))
    with pytest.raises(Refused):
        look(office, decisions, text, doer)
    assert len(to_look_at(office)) == 2


def test_one_that_was_looked_at_meanwhile_is_refused(office: Office) -> None:
    office.on(date(2021, 3, 1)).inspect("pass")
    keep(office)
    office.on(date(2021, 5, 6)).correct("S001", "fail", date(2021, 3, 1))
    first, second = to_look_at(office)
    look(office, [first])
    with pytest.raises(Refused, match="already"):
        look(office, [first, second])
    assert to_look_at(office) == [second]


def test_how_many_an_import_made_otherwise_is_told_by_its_entry(office: Office) -> None:
    office.on(date(2021, 3, 1)).inspect("pass")
    keep(office)
    with office.writer.transaction() as db:
        before = db.execute("SELECT max(seq) FROM chain").fetchone()[0]
        assert otherwise_since(db, before) == 0
    office.on(date(2021, 5, 6)).correct("S001", "fail", date(2021, 3, 1))
    with office.writer.transaction() as db:
        after = db.execute("SELECT max(seq) FROM chain").fetchone()[0]
        assert (otherwise_since(db, before), otherwise_since(db, after)) == (2, 0)


def by_hand(db: Database) -> dict[int, str | None]:
    """Every recorded decision decided again by itself: those that get another verdict, with the one of now."""
    rows = db.execute(
        "SELECT d.id, d.subject, d.benefit, d.verdict, r.as_of, r.digest, r.parameters FROM decisions AS d"
        " JOIN runs AS r ON r.id = d.run_id"
    ).fetchall()
    otherwise: dict[int, str | None] = {}
    for number, subject, benefit, verdict, as_of, digest, values in rows:
        try:
            gathered = gather(db, date.fromisoformat(as_of), known_now(db), subject)
            program = program_kept(db, "produce-support", digest)
            now = decide_all(gathered, program, json.loads(values)).of(0, benefit).verdict
        except Refused:
            now = None
        if now != verdict:
            otherwise[number] = now
    return otherwise


steps = st.tuples(
    st.integers(0, 300),
    st.sampled_from(["inspect", "inspect", "keep", "keep", "correct", "left", "again"]),
    st.sampled_from(["pass", "fail", "fail"]),
    st.integers(0, 120),
    st.sampled_from(["H1/P1", "H1/P2", "H2/P1"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=3, max_size=14))
def test_they_are_those_found_by_deciding_every_single_one_again(
    story: list[tuple[int, str, str, int, str]],
) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder) / "office.db")
        originals: list[tuple[str, str, date]] = []
        for day, what, conclusion, late, subject in sorted(story):
            office.on(BEGIN + timedelta(days=day))
            sampled = office.day - timedelta(days=late)
            if what == "inspect":
                originals.append((office.inspect(conclusion, sampled, subject), subject, sampled))
            elif what == "keep":
                keep(office)
            elif what == "left":
                left = household("H1", left_on=(office.day - timedelta(days=late)).isoformat())
                enter(office.writer, "households", [left], reason="退出")
            elif what == "again" and originals:
                number, of, _ = originals[late % len(originals)]
                office.inspect(conclusion, office.day, of, reinspection_of=number)
            elif what == "correct" and any(of == H1P1 for _, of, _ in originals):
                number, _, on = next(one for one in originals if one[1] == H1P1)
                office.correct(number, conclusion, on - timedelta(days=late // 4))
        with office.writer.transaction() as db:
            before = db.execute("SELECT * FROM decisions").fetchall()
            ours = {one.decision: one.now for one in past_decisions(db).found if one.differs}
            assert ours == by_hand(db)
            assert db.execute("SELECT * FROM decisions").fetchall() == before
        office.writer.close()


def test_an_import_on_the_command_line_says_how_many_decisions_it_makes_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path / "office.db")
    office.on(date(2021, 3, 1)).inspect("pass")
    keep(office)
    office.writer.close()
    file = tmp_path / "late.csv"
    rows = "样品编号,户编号,产品编码,抽样日期,方法,结论\n{0},H1,P1,{1},速测,不合格\n"

    def brought(number: str, day: str, *how: str) -> str:
        file.write_text(rows.format(number, day), "utf-8")
        assert main(["--db", str(office.file), "import", "inspections", str(file), *how]) == 0
        return capsys.readouterr().out

    assert json.loads(brought("T1", "2021-03-05", "--json"))["past_decisions"] == 0, "after the day decided"
    assert json.loads(brought("T2", "2021-03-01", "--json"))["past_decisions"] == 2
    assert "有 2 条按现在所知会不同" in brought("T3", "2021-02-27")
