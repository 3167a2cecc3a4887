"""Papers get their numbers in order, are frozen with them, and come out the same however much later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word

from data import integrity
from data.casework import ledger
from data.casework.documents import (
    Numbered,
    all_documents,
    document,
    documents_about,
    next_number,
    number_from,
)
from data.papers.rendering import template
from data.store import Writer, reading
from office.casework.asked import Doer
from office.paperwork.letterhead import change_letterhead, letterhead
from office.paperwork.papers import Paper
from office.paperwork.printing import numbered, print_document, print_slip
from office.refusal import Refused
from tests import examples_of_papers as examples
from tests.entering import enter, enter_county, new_writer, sample
from tests.test_papers import text_of

SUBJECT = "H0001/P01"
END_OF_DAY = "2021-09-30T15:59:59.999999Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(path: Path) -> Any:
    with new_writer(path) as opened:
        yield opened


def filed(writer: Writer, *papers: Paper, about: str = "act:1") -> list[str]:
    """Number papers and record them in one entry; gives their numbers."""
    with writer.transaction() as db:
        found: list[Any] = []
        for paper in papers:
            found.append(numbered(db, paper, about=about, subject=SUBJECT, beside=[one.row for one in found]))
        rows = {"documents": [one.row for one in found]}
        ledger.record(db, "act", rows, at=writer.now(), by="示例录入员")
    return [one.number for one in found]


def test_numbers_run_by_series_and_year_from_one(writer: Writer) -> None:
    notice, slip = examples.notice(), examples.issue()
    later = replace(notice, done_on=date(2022, 1, 1))
    assert filed(writer, notice) == ["岳电商办告知〔2021〕1号"]
    assert filed(writer, slip, notice, notice) == [
        "岳电商办领用〔2021〕1号",
        "岳电商办告知〔2021〕2号",
        "岳电商办告知〔2021〕3号",
    ]
    assert filed(writer, later) == ["岳电商办告知〔2022〕1号"]


def test_a_number_is_found_however_its_brackets_were_typed() -> None:
    expected = Numbered("岳电商办告知", 2021, 12)
    for typed in (
        "岳电商办告知〔2021〕12号",
        "岳电商办告知[2021]12号",
        "岳电商办告知（2021） 12",
        "岳电商办告知【2021】12号",
    ):
        assert number_from(typed) == expected
    assert expected.text == "岳电商办告知〔2021〕12号"
    for typed in ("", "12", "岳电商办告知〔21〕1号", "〔2021〕1号", "岳电商办告知〔2021〕0号"):
        assert number_from(typed) is None


def test_a_paper_is_listed_by_what_it_is_about(writer: Writer) -> None:
    first, second = filed(writer, examples.notice(), about="act:7")[0], filed(writer, examples.receipt())[0]
    with writer.transaction() as db:
        assert [one.number for one in all_documents(db)] == [second, first]
        assert [one.number for one in documents_about(db, SUBJECT)] == [second, first]
        assert documents_about(db, "H9/P9") == []
        kept = document(db, first)
        assert kept and kept.context["good"]["product"] == "示例红枣"
        assert integrity.check(db) == []


def test_a_paper_comes_out_the_same_after_its_template_was_edited(writer: Writer, path: Path) -> None:
    before = filed(writer, examples.notice())[0]
    with reading(path) as db:
        first = print_document(db, before)
    own = path.parent / "templates"
    own.mkdir()
    edited = Word(BytesIO(template("intended_notice")))
    edited.add_paragraph("本行是办公室加的。")
    edited.save(str(own / "intended_notice.docx"))
    after = filed(writer, examples.notice())[0]
    again = filed(writer, examples.notice())[0]
    with reading(path) as db:
        assert print_document(db, before) == first
        assert "本行是办公室加的" not in text_of(first[1])
        assert "本行是办公室加的" in text_of(print_document(db, after)[1])
        (own / "intended_notice.docx").unlink()
        assert "本行是办公室加的" in text_of(print_document(db, again)[1])


def test_a_template_is_kept_once_however_many_papers_use_it(writer: Writer) -> None:
    numbers = [filed(writer, examples.notice())[0] for _ in range(3)]
    with writer.transaction() as db:
        kept = [document(db, number) for number in numbers]
    assert [bool(one and one.context["template"]["docx"]) for one in kept] == [True, False, False]
    assert [one and one.context["template"]["in"] for one in kept] == [None, numbers[0], numbers[0]]


@pytest.mark.parametrize("line", ["{{ nobody_knows }}", "{% if %}"])
def test_a_broken_template_of_the_offices_own_stops_the_paper_before_it_has_a_number(
    writer: Writer, path: Path, line: str
) -> None:
    own = path.parent / "templates"
    own.mkdir()
    edited = Word(BytesIO(template("intended_notice")))
    edited.add_paragraph(line)
    edited.save(str(own / "intended_notice.docx"))
    with pytest.raises(Refused) as refused:
        filed(writer, examples.notice())
    assert "intended_notice.docx" in refused.value.words.zh
    with writer.transaction() as db:
        assert all_documents(db) == []
    assert filed(writer, examples.issue()) == ["岳电商办领用〔2021〕1号"]


def test_the_foot_names_the_entry_that_froze_the_paper(writer: Writer, path: Path) -> None:
    number = filed(writer, examples.notice())[0]
    filed(writer, examples.notice())
    with reading(path) as db:
        seq, head = db.execute("SELECT seq, hash FROM chain ORDER BY seq DESC LIMIT 1 OFFSET 1").fetchone()
        assert f"链号 {seq} · {head[:16]}" in text_of(print_document(db, number)[1])


def test_a_paper_names_its_file_and_says_what_it_cannot_be(writer: Writer, path: Path) -> None:
    notice, settled = filed(writer, examples.notice(), examples.settlement())
    with reading(path) as db:
        assert print_document(db, notice)[0] == "拟处理决定事先告知书_岳电商办告知〔2021〕1号.docx"
        assert print_document(db, settled, "xlsx")[0] == "物流补贴结算表_岳电商办结算〔2021〕1号.xlsx"
        with pytest.raises(Refused):
            print_document(db, notice, "xlsx")
        with pytest.raises(Refused) as refused:
            print_document(db, "岳电商办告知〔2021〕9号")
    assert "岳电商办告知〔2021〕9号" in refused.value.words.zh


def test_names_are_masked_for_those_who_may_not_see_them(writer: Writer, path: Path) -> None:
    notice, settled = filed(writer, examples.notice(), examples.settlement())
    with reading(path) as db:
        shown = text_of(print_document(db, notice)[1])
        hidden = text_of(print_document(db, notice, heads=False)[1])
        table = text_of(print_document(db, settled, heads=False)[1])
    assert "示例户主（户编号" in shown
    assert "示例户主" not in hidden and "示*（户编号" in hidden
    assert "阿卜杜热合曼" not in table


def test_a_name_that_begins_another_does_not_give_the_rest_of_it_away(writer: Writer, path: Path) -> None:
    one, other = (
        replace(examples.settled(at, 1), head_name=name) for at, name in ((1, "古丽"), (2, "古丽娜尔"))
    )
    number = filed(writer, replace(examples.settlement(), households=(one, other)))[0]
    with reading(path) as db:
        text = text_of(print_document(db, number, heads=False)[1])
    assert "古*" in text
    assert "丽" not in text and "娜尔" not in text


def test_a_settlement_keeps_the_number_it_had_as_a_draft(writer: Writer) -> None:
    with writer.transaction() as db:
        given = numbered(db, examples.settlement(), about="settlement:1", number="结算〔2021〕4号")
        assert given.number == "结算〔2021〕4号"
        with pytest.raises(ValueError):
            numbered(db, examples.settlement(), about="settlement:1", number="第四号")


def test_a_number_is_given_once(writer: Writer) -> None:
    with writer.transaction() as db:
        number = next_number(db, "岳电商办告知", date(2021, 9, 30))
        assert number.serial == 1
    filed(writer, examples.notice())
    with writer.transaction() as db:
        assert next_number(db, "岳电商办告知", date(2021, 9, 30)).serial == 2


def test_a_slip_is_printed_for_any_day_and_what_was_known_then(writer: Writer, path: Path) -> None:
    enter_county(writer)
    enter(writer, "inspections", [sample("S1", "2021-03-16")])
    with reading(path) as db:
        name, content = print_slip(db, "H1/P1", date(2021, 3, 20), END_OF_DAY, "packaging")
        assert print_slip(db, "H1/P1", date(2021, 3, 20), END_OF_DAY, "packaging")[1] == content
        earlier = print_slip(db, "H1/P1", date(2021, 3, 15), END_OF_DAY, "packaging")[1]
        masked = print_slip(db, "H1/P1", date(2021, 3, 20), END_OF_DAY, "packaging", heads=False)[1]
    assert name == "资格判定单_H1_P1_packaging_2021-03-20.docx"
    text = text_of(content)
    assert "S1" in text and "示例户主" in text and "2021年3月20日" in text
    assert "S1" not in text_of(earlier)
    assert "示例户主" not in text_of(masked)


@pytest.mark.parametrize(
    ("subject", "benefit", "day"),
    [
        ("H9/P9", "packaging", date(2021, 3, 20)),
        ("H1/P1", "loans", date(2021, 3, 20)),
        ("H1/P1", "packaging", date(2019, 3, 20)),
    ],
)
def test_a_slip_that_cannot_be_is_refused(
    writer: Writer, path: Path, subject: str, benefit: str, day: date
) -> None:
    enter_county(writer)
    with reading(path) as db, pytest.raises(Refused):
        print_slip(db, subject, day, END_OF_DAY, benefit)


def test_the_offices_lines_are_changed_for_papers_from_then_on(writer: Writer, path: Path) -> None:
    before = filed(writer, replace(examples.notice(), letterhead=_head(path)))[0]
    change_letterhead(writer, {"phone": "0998-0000001", "prefix": "示电商办"}, doer=Doer("示例管理员"))
    after = filed(writer, replace(examples.notice(), letterhead=_head(path)))[0]
    assert (before, after) == ("岳电商办告知〔2021〕1号", "示电商办告知〔2021〕1号")
    with reading(path) as db:
        assert "0998-0000001" not in text_of(print_document(db, before)[1])
        assert "0998-0000001" in text_of(print_document(db, after)[1])
        assert integrity.check(db) == []


@pytest.mark.parametrize("wrong", [{"phone": " "}, {"prefix": "示〔2021〕"}, {"name": "长" * 61}])
def test_a_line_that_cannot_stand_on_paper_is_refused(
    writer: Writer, path: Path, wrong: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        change_letterhead(writer, {"address": "示例路", **wrong}, doer=Doer("示例管理员"))
    assert _head(path).address == ""


def _head(path: Path) -> Any:
    with reading(path) as db:
        return letterhead(db)
