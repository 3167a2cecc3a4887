"""Why the list changed between two recorded runs: each name in one part, and the parts are the whole."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.canonical import instant_text
from data.decisions import decisions_of, run
from data.store import Database, open_writer, reading
from office.casework.in_force import in_force
from office.comparing import PartsDoNotAddUp
from office.deciding import decide_all
from office.gathering import gather
from office.programs import loaded, program_named, values_in_force
from office.recording import record_in
from office.refusal import Refused
from office.rulekeeping.list_changes import ListChanges, Name, list_changes, must_add_up
from office.rulekeeping.list_words import list_changes_xlsx, names_table, summary_words, why_words
from rules.program import Program
from tests.casework import H1P1, Clock, Office
from tests.entering import enter, good, household
from tests.random_drafts import drafts

PROGRAM = program_named()
SUBJECTS = ("H1/P1", "H1/P2", "H2/P1")


@cache
def template() -> Path:
    """An office with nothing done yet, made once."""
    file = Path(tempfile.mkdtemp()) / "template.db"
    Office(file).writer.close()
    return file


@contextmanager
def an_office() -> Iterator[Office]:
    """A copy of it, open."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office.__new__(Office)
        office.file = Path(shutil.copy(template(), Path(folder) / "office.db"))
        office.day, office.samples = date(2021, 1, 4), 0
        office.clock = Clock(office.day)
        office.clock.instant += timedelta(hours=1)
        office.writer = open_writer(office.file, clock=lambda: office.clock())
        with office.writer:
            yield office


def recorded(office: Office, program: Program = PROGRAM) -> int:
    """A run about all goods today."""
    with office.writer.transaction() as db:
        gathered = gather(db, office.day, instant_text(office.clock()))
        answers = decide_all(gathered, program, values_in_force(program, office.day))
        return record_in(db, answers, by="周审核", at=office.clock())


def changes(office: Office, first: int, second: int) -> ListChanges:
    with reading(office.file) as db:
        return list_changes(db, first, second)


def with_values(**values: int) -> Program:
    """The programme with other values since its beginning."""
    text = PROGRAM.text
    for name, value in values.items():
        head, _, rest = text.partition(f"[parameters.{name}]")
        old = PROGRAM.parameters[name].values[0].value
        text = head + f"[parameters.{name}]" + rest.replace(f"value = {old}", f"value = {value}", 1)
    return loaded(text.encode(), "other.toml")


def packaging_of(found: ListChanges) -> dict[str, Name]:
    return {name.subject: name for name in found.names if name.benefit == "packaging"}


def test_the_same_list_twice_has_no_change() -> None:
    with an_office() as office:
        office.passed()
        first = recorded(office)
        second = recorded(office, with_values(readmission_passes=4))
        assert second != first
        assert changes(office, first, second).names == ()
        assert changes(office, first, first).names == ()


def test_a_value_that_moves_an_answer_is_the_rules_and_one_a_day_longer_is_not() -> None:
    with an_office() as office:
        office.passed(date(2021, 3, 1)).on(date(2021, 4, 30))  # 60 days later
        first = recorded(office)
        same = recorded(office, with_values(inspection_validity_days=60))
        other = recorded(office, with_values(inspection_validity_days=59))
        assert changes(office, first, same).names == ()
        found = packaging_of(changes(office, first, other))
        assert {subject: (n.part, n.turns) for subject, n in found.items()} == {
            H1P1: ("rule", (("inspected_recently", "holds", "fails"),))
        }


def test_time_alone_is_data_and_says_so() -> None:
    with an_office() as office:
        first = recorded(office.passed())
        second = recorded(office.on(date(2021, 12, 1)))
        name = packaging_of(changes(office, first, second))[H1P1]
        assert (name.part, name.what, name.before, name.after) == (
            "data",
            ("time",),
            "eligible",
            "not_eligible",
        )


def test_a_new_inspection_a_correction_and_a_row_of_the_registers_are_data_each_by_its_name() -> None:
    with an_office() as office:
        number = office.on(date(2021, 3, 1)).inspect("pass")
        office.inspect("pass", subject="H1/P2")
        first = recorded(office)
        office.on(date(2021, 3, 2)).correct(number, "fail", date(2021, 3, 1))
        office.inspect("fail", subject="H1/P2")
        enter(office.writer, "households", [household("H2", left_on="2021-03-02")], reason="已退出")
        enter(office.writer, "goods", [good("H2", "P2", registered_on="2021-03-02")])
        found = changes(office, first, recorded(office))
        assert {subject: (n.part, n.what) for subject, n in packaging_of(found).items()} == {
            "H1/P1": ("data", ("corrected",)),
            "H1/P2": ("data", ("inspected",)),
            "H2/P1": ("data", ("household",)),
            "H2/P2": ("data", ("registered",)),
        }


def test_what_only_rules_and_data_together_move_is_both() -> None:
    with an_office() as office:
        office.passed(date(2021, 3, 1))
        first = recorded(office)
        office.on(date(2021, 5, 10))
        second = recorded(office, with_values(inspection_validity_days=60))
        assert packaging_of(changes(office, first, second))[H1P1].part == "both"


def test_what_rules_and_data_each_move_is_both() -> None:
    with an_office() as office:
        office.passed(date(2021, 3, 1)).on(date(2021, 6, 1))
        first = recorded(office)
        office.on(date(2021, 12, 1))
        second = recorded(office, with_values(inspection_validity_days=60))
        assert packaging_of(changes(office, first, second))[H1P1].part == "both"


def test_an_act_without_another_verdict_is_an_act_and_names_it() -> None:
    with an_office() as office:
        first = recorded(office.passed())
        office.on(date(2021, 3, 2)).act("grant")
        found = changes(office, first, recorded(office))
        (name,) = found.names
        assert (name.part, name.state_before, name.state_after) == ("act", "none", "granted")
        with reading(office.file) as db:
            assert (
                "周审核" in why_words(db, found, name).zh and "2021年3月2日" in why_words(db, found, name).zh
            )


def test_the_sentence_counts_more_fewer_and_each_part() -> None:
    with an_office() as office:
        office.inspect("pass", subject="H1/P2")
        first = recorded(office)
        office.on(date(2021, 3, 2)).inspect("pass")
        office.inspect("fail", subject="H1/P2")
        found = changes(office, first, recorded(office))
        said = summary_words(found, "packaging")
        assert "多 1、少 1；有变化的共 2：规则 0、数据 2、两者 0、处理 0" in said.zh
        with reading(office.file) as db:
            table = names_table(db, found)
        assert list_changes_xlsx(found, table, heads=False)[:2] == b"PK"


def test_parts_that_are_not_the_whole_are_never_shown() -> None:
    with an_office() as office:
        first = recorded(office)
        found = changes(office, first, recorded(office.passed()))
        must_add_up(found)
        name = found.names[0]
        for names in (
            found.names[1:],
            (*found.names, name),
            (name._replace(after="revoked"), *found.names[1:]),
        ):
            with pytest.raises(PartsDoNotAddUp):
                must_add_up(replace(found, names=names))


def test_a_run_that_is_not_there_and_one_about_a_single_good_are_refused_in_words() -> None:
    with an_office() as office:
        first = recorded(office.passed())
        office.act("grant")
        with reading(office.file) as db:
            single = max(
                n for (n,) in db.execute("SELECT id FROM runs WHERE scope <> ''").fetchall() or [(0,)]
            )
        with pytest.raises(Refused, match="99"):
            changes(office, first, 99)
        if single:
            with pytest.raises(Refused, match=H1P1):
                changes(office, first, single)


MOVES = st.one_of(
    st.tuples(st.just("day"), st.sampled_from((1, 20, 70))),
    st.tuples(st.just("inspect"), st.sampled_from(SUBJECTS), st.sampled_from(("pass", "fail", "fail"))),
    st.tuples(st.just("inspect"), st.sampled_from(SUBJECTS), st.sampled_from(("pass", "pending"))),
    st.tuples(st.just("correct"), st.integers(0, 5), st.sampled_from(("pass", "fail"))),
    st.tuples(st.just("act"), st.sampled_from(SUBJECTS), st.sampled_from(("grant", "withhold"))),
    st.tuples(st.just("leave"), st.sampled_from(("H1", "H2"))),
    st.tuples(st.just("register")),
)
met: Counter[str] = Counter()


@given(st.lists(MOVES, max_size=8), st.lists(MOVES, max_size=8), drafts(), drafts(), st.booleans())
@settings(
    max_examples=25,
    deadline=None,
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # each example is an office: shrinking takes minutes
    suppress_health_check=list(HealthCheck),
)
def whatever_happened(
    before: list[tuple[Any, ...]], after: list[tuple[Any, ...]], old: Program, new: Program, same: bool
) -> None:
    with an_office() as office:
        _happen(office, before)
        first = recorded(office, old)
        _happen(office, after)
        second = recorded(office, old if same else new)
        found = changes(office, first, second)
        with reading(office.file) as db:
            expected = told_again(db, first, second, old, old if same else new)
        assert {(n.subject, n.benefit): n.part for n in found.names} == expected
        assert len(found.names) == len(expected)
        met.update(expected.values())
        for benefit in found.benefits:
            parts = found.parts(benefit)
            assert sum(parts.values()) == sum(b == benefit for _, b in expected)


def test_every_name_is_in_the_part_that_its_definition_says_whatever_happened() -> None:
    met.clear()
    whatever_happened()
    assert {"rule", "data", "both", "act"} <= met.keys(), met


def told_again(
    db: Database, first: int, second: int, old: Program, new: Program
) -> dict[tuple[str, str], str]:
    """The definition, told one good at a time: the parts by (subject, benefit)."""
    runs = [run(db, number) for number in (first, second)]
    lists = [
        {(d.subject, d.benefit): d.verdict for d in decisions_of(db, number)} for number in (first, second)
    ]
    found = {}
    for subject, benefit in {**lists[0], **lists[1]}:
        was, now = (one.get((subject, benefit)) for one in lists)
        new_rules_old_data = _alone(db, subject, benefit, new, runs[1], runs[0])
        old_rules_new_data = _alone(db, subject, benefit, old, runs[0], runs[1])
        by_rules, by_data = new_rules_old_data != was, old_rules_new_data != was
        states = [in_force(db, subject, benefit, r.as_of, r.known_at).state for r in runs if r]
        if was != now and by_rules and not by_data:
            found[subject, benefit] = "rule"
        elif was != now and by_data and not by_rules:
            found[subject, benefit] = "data"
        elif was != now:
            found[subject, benefit] = "both"
        elif states[0] != states[1]:
            found[subject, benefit] = "act"
    return found


def _alone(db: Database, subject: str, benefit: str, program: Program, rules: Any, data: Any) -> str | None:
    """What one side's rules say of one good on the other side's data."""
    try:
        gathered = gather(db, data.as_of, data.known_at, subject)
    except Refused:
        return None
    if benefit not in program.benefits:
        return None
    return decide_all(gathered, program, rules.parameters).of(0, benefit).verdict


def _happen(office: Office, moves: list[tuple[Any, ...]]) -> None:
    for kind, *more in moves:
        if kind == "day":
            office.on(office.day + timedelta(days=more[0]))
        elif kind == "inspect":
            office.inspect(more[1], subject=more[0])
        elif kind == "correct":
            _correct(office, *more)
        elif kind == "act":
            with suppress(Refused):
                office.act(more[1], subject=more[0], override=True, reason="示例理由")
        elif kind == "leave":
            row = household(more[0], left_on=office.day.isoformat())
            enter(office.writer, "households", [row], reason="退出")
        else:
            enter(office.writer, "goods", [good("H2", "P2", registered_on="2021-01-04")], reason="补登记")


def _correct(office: Office, number: int, conclusion: str) -> None:
    """Correct the conclusion of one of the inspections there are."""
    with reading(office.file) as db:
        rows = db.execute(
            "SELECT sample_no, household_no, product_code, sampling_date, result_date, method FROM inspections"
            " WHERE version = 1 ORDER BY id"
        ).fetchall()
    if number < len(rows):
        names = ("sample_no", "household_no", "product_code", "sampling_date", "result_date", "method")
        blank = dict.fromkeys(("item", "measured", "limit_value", "reinspection_of", "agency"))
        row = dict(zip(names, rows[number], strict=True)) | blank | {"conclusion": conclusion}
        enter(office.writer, "inspections", [row], reason="更正")
