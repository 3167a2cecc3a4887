"""Every kind of paper is filled in from its type: whole, readable, and the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from data.papers.making import SHEETS, made
from data.papers.rendering import kinds, render, template
from data.papers.workbooks import workbook
from office.casework.asked import HOW, TO
from office.paperwork.papers import Paper, context
from office.paperwork.papers_of_goods_and_money import PAPERS, Returnable
from tests import examples_of_papers as examples

EVERY = [pytest.param(paper, id=f"{paper.kind}-short") for paper in examples.SHORT] + [
    pytest.param(paper, id=f"{paper.kind}-long") for paper in examples.LONG
]


def on_paper(paper: Paper) -> dict[str, Any]:
    """The paper's context as it is when it is printed."""
    number = f"{paper.letterhead.prefix}{paper.series}〔2021〕1号"
    return {**context(paper), "number": number, "chain": {"number": 128, "hash": "0123456789abcdef"}}


def printed(paper: Paper) -> bytes:
    return render(paper.kind, on_paper(paper), template(paper.kind))


def pairs_of(docx: bytes) -> list[tuple[str, str]]:
    """The rows of a paper's form: what each is called, and its value."""
    return [(row.cells[0].text, row.cells[1].text) for row in Document(BytesIO(docx)).tables[0].rows]


def text_of(docx: bytes) -> str:
    """Every word of a Word file: body, tables and foot."""
    document = Document(BytesIO(docx))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines += [paragraph.text for section in document.sections for paragraph in section.footer.paragraphs]
    return "\n".join(lines)


@pytest.mark.parametrize("paper", EVERY)
def test_a_paper_has_its_number_its_day_and_its_mark_and_nothing_left_to_fill_in(paper: Paper) -> None:
    text = text_of(printed(paper))
    assert on_paper(paper)["number"] in text
    assert "链号 128 · 0123456789abcdef" in text
    assert "2021年9月30日" in text or paper.kind == "hearing_note"
    said = text.replace("{{ b }}", "")  # one household said just that
    for left in ("{{", "}}", "{%", "None", "nan", "Undefined", "True", "False", "[]"):
        assert left not in said


@pytest.mark.parametrize("paper", EVERY)
def test_the_same_paper_is_the_same_bytes(paper: Paper) -> None:
    content = printed(paper)
    assert printed(paper) == content
    with ZipFile(BytesIO(content)) as opened:
        assert {part.date_time for part in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = Document(BytesIO(content)).core_properties
    assert properties.created == properties.modified
    assert properties.created and properties.created.date() == paper.done_on
    assert properties.author == properties.last_modified_by == paper.letterhead.name


def test_there_is_a_type_a_template_and_an_example_of_every_kind() -> None:
    assert set(PAPERS) == set(SHEETS) == set(kinds()) == {paper.kind for paper in examples.SHORT}
    assert len({paper.series for paper in PAPERS.values()}) == len(PAPERS)


@pytest.mark.parametrize("kind", SHEETS)
def test_the_shipped_template_is_what_its_text_makes(kind: str) -> None:
    """If this fails: python -m data.papers.making"""

    def parts(archive: bytes) -> dict[str, bytes]:
        with ZipFile(BytesIO(archive)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}

    assert parts(template(kind)) == parts(made(kind))


def test_a_slip_shows_conditions_evidence_values_and_what_would_change_it() -> None:
    text = text_of(printed(examples.slip()))
    for said in (
        "长期不合格",
        "出现此情形",
        f"三(八)：“{examples.QUOTE}”",
        "办公室口径，待确认",
        "S2021-0001（第2版）",
        "180天",
        "2020年3月16日",
        "假设值",
        "2021年9月30日 18:05",
        "再连续2次检验合格",
        "0123456789abcdef",
    ):
        assert said in text


def test_a_slip_without_evidence_values_or_a_way_out_says_so_or_leaves_the_part_out() -> None:
    paper = examples.slip(count=0)
    bare = {**on_paper(paper), "parameters": [], "changes": [], "number": ""}
    text = text_of(render("decision_slip", bare, template("decision_slip")))
    assert "没有计入的检验。" in text
    assert "没有用到带数值的口径。" in text
    assert "怎样会改变结论" not in text
    assert "四、您可以" in text
    assert "〔2021〕1号" not in text


def test_a_notice_says_what_is_intended_how_long_one_may_answer_and_that_answering_never_harms() -> None:
    text = text_of(printed(examples.notice()))
    assert "拟对上述产品收回包装设备及未使用的包材" in text
    assert "次日起5个工作日内" in text
    assert "不会使处理加重" in text
    assert "口头提出的，由工作人员如实记录" in text
    assert "与规则给出的建议不一致" not in text


def test_a_notice_of_not_giving_any_more_threatens_nothing_worse() -> None:
    milder = {**on_paper(examples.notice()), "outcome": "withheld"}
    text = text_of(render("intended_notice", milder, template("intended_notice")))
    assert "拟不再给予上述产品“包装设备和包材”" in text
    assert "拟对上述产品收回" not in text


def test_an_override_is_told_on_the_notice() -> None:
    assert "与规则给出的建议不一致，理由：样品" in text_of(printed(examples.notice(count=10)))


def test_a_decision_answers_the_defence_and_names_the_remedies_without_a_note_of_ours() -> None:
    text = text_of(printed(examples.decision()))
    assert "您提出：去年的样品是别家的。" in text
    assert "经复核：经核对抽样单" in text
    assert "60日内依法申请行政复议" in text
    assert "6个月内依法向人民法院提起行政诉讼" in text
    assert "受理法院：＿＿＿＿＿＿＿＿。" in text and "由办公室确认" not in text
    assert "可以申请恢复：连续合格（不少于2次）。" in text and "。。" not in text
    assert "已经用完的包材不需退回" in text


def test_what_somebody_wrote_ends_with_one_stop_however_it_was_written() -> None:
    for written in ("与领导小组会议一致", "与领导小组会议一致。"):
        text = text_of(printed(replace(examples.decision(), overrides=written, restored_when=written)))
        assert "理由：与领导小组会议一致。" in text and "可以申请恢复：与领导小组会议一致。" in text
        assert "。。" not in text


def test_the_inspections_that_count_are_marked() -> None:
    first, second, third = examples.evidence(3)
    kept = (replace(second, counts=True), first, third)
    for paper in (examples.slip(), examples.notice(), examples.decision()):
        table = next(
            table
            for table in Document(BytesIO(printed(replace(paper, evidence=kept)))).tables
            if table.rows[0].cells[0].text == "样品编号"
        )
        assert table.rows[0].cells[-1].text == "据以认定"
        assert [row.cells[-1].text for row in table.rows[1:]] == ["是", "", ""]


@pytest.mark.parametrize(
    ("way", "title", "signs", "witness"),
    [
        ("in_person", "签收人", "", "／"),
        ("entrusted", "受托单位及签收人", "", "／"),
        ("left", "见证人", "／", ""),
        ("post", "邮件号", "／", "／"),
        ("electronic", "送达说明", "／", "／"),
    ],
)
def test_a_receipt_asks_for_the_signatures_that_its_way_of_delivery_has(
    way: str, title: str, signs: str, witness: str
) -> None:
    assert TO[way].zh == title
    paper = replace(
        examples.receipt(), way=way, how=HOW[way].zh, received_title=title, received_by="示例 123"
    )
    rows = dict(pairs_of(printed(paper)))
    assert rows[title] == "示例 123" and rows["受送达人"] == "示例户主"
    assert rows["受送达人或代收人签名"] == signs and rows["见证人签名"] == witness


def test_a_receipt_to_be_filled_in_by_hand_has_every_line_free() -> None:
    rows = dict(pairs_of(printed(examples.receipt())))
    assert {rows[name] for name in ("受送达人或代收人签名", "签收人", "见证人签名")} == {""}


def test_nothing_taken_away_is_delivered_by_public_announcement() -> None:
    assert set(HOW) == set(TO) and "public" not in HOW


@pytest.mark.parametrize("address", ["", "示例县示例路1号二楼"])
def test_a_public_notice_says_where_it_hangs_and_leaves_no_address_empty(address: str) -> None:
    paper = examples.public_notice()
    paper = replace(paper, place="示例镇政务公开栏", letterhead=replace(paper.letterhead, address=address))
    cells = load_workbook(BytesIO(workbook(paper.kind, on_paper(paper)))).active
    assert cells is not None
    sheet = "\n".join(str(cell.value) for row in cells.iter_rows() for cell in row if cell.value)
    for text in (text_of(printed(paper)), sheet):
        assert "张贴地点：示例镇政务公开栏" in text
        assert ("办公地点" in text) is bool(address) and "＿" not in text


def test_a_decision_about_the_subsidy_leaves_earlier_shipments_alone() -> None:
    text = text_of(printed(examples.decision(count=10)))
    assert "该日以前发货的物流补贴申报不受影响" in text
    assert "包材" not in text.split("四、决定")[1].split("五、救济途径")[0].replace(examples.QUOTE, "")


def test_silence_is_told_as_silence() -> None:
    text = text_of(printed(examples.hearing(said="")))
    assert "没有收到陈述、申辩" in text
    assert "以上笔录" not in text


def test_what_was_said_stands_as_it_was_said() -> None:
    text = text_of(printed(examples.hearing(said="一 <b>&amp; {{ x }}\n二\x07")))
    assert "一 <b>&amp; {{ x }}" in text
    assert "二" in text and "\x07" not in text


def test_a_settlement_has_a_table_and_words_for_every_household() -> None:
    text = text_of(printed(examples.settlement()))
    assert "52.48 元，人民币伍拾贰元肆角捌分" in text
    assert text.count("本户实付：人民币贰拾陆元贰角肆分。") == 2
    assert "不设总额" in text


def test_the_sums_of_a_settlement_are_those_of_its_lines() -> None:
    paper = examples.settlement(3, 4, 999)
    lines = [line for one in paper.households for line in one.lines]
    assert (paper.claims, paper.total_fee) == (12, 12 * 999)
    assert paper.total_paid == sum(line.paid for line in lines)
    assert paper.total_due == sum(one.total_due for one in paper.households)


def test_no_more_can_be_asked_back_than_is_held() -> None:
    fields = dict(item_code="A", item_name="示例", item_kind="equipment", unit="台", held=2)
    assert Returnable(**fields, to_return=2).to_return == 2  # type: ignore[arg-type]
    for wrong in (0, 3):
        with pytest.raises(ValueError):
            Returnable(**fields, to_return=wrong)  # type: ignore[arg-type]
