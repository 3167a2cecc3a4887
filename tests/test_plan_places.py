"""Nothing of the plan is without a place: the parts are its whole text, and every register, rule and target stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import rules
from data.register import REGISTERS
from office.programs import programs_with_the_software
from office.rule_book import cited_parts
from pages.parts.address import PAGE_FILES
from rules.faults import ProgramFaults
from rules.load_assessment import assessment
from rules.load_targets import targets
from rules.plan import clauses, stands_in
from rules.plan_places import PlanPart, bare, plan_parts, read_plan_parts
from rules.procedure import procedure_parameters
from rules.program import Citation

FILE = (Path(rules.__file__).parent / "plan_places.toml").read_text("utf-8")


def test_the_parts_one_after_the_other_are_the_whole_plan() -> None:
    parts = plan_parts()
    for clause in clauses():
        own = [part for part in parts if part.clause == clause.name]
        assert "".join(bare(part.quote) for part in own) == bare(clause.text), clause.name
        assert [part.start for part in own] == [
            len("".join(bare(earlier.quote) for earlier in own[:at])) for at in range(len(own))
        ]


def test_every_sentence_has_a_place_or_says_why_it_needs_none() -> None:
    parts = plan_parts()
    for clause in clauses():
        for sentence in clause.sentences:
            own = [part for part in parts if part.holds(clause.name, sentence) or part.clause == clause.name]
            placed = [p for p in own if bare(p.quote) in bare(sentence) or bare(sentence) in bare(p.quote)]
            assert placed, (clause.name, sentence)
            for part in placed:
                assert part.registers or part.pages or part.why or part.kind == "heading"


def test_a_clause_is_never_headings_alone() -> None:
    for clause in clauses():
        kinds = {part.kind for part in plan_parts() if part.clause == clause.name}
        assert kinds != {"heading"}, clause.name


def test_principles_stand_in_part_two_and_only_there() -> None:
    assert {part.clause[0] for part in plan_parts() if part.kind == "principle"} == {"二"}
    of_two = {part.kind for part in plan_parts() if part.clause.startswith("二")}
    assert of_two == {"principle", "heading"}


def test_every_register_has_its_place_in_each_clause_it_carries_out() -> None:
    placed: dict[str, set[str]] = {}
    for part in plan_parts():
        for name in part.registers:
            placed.setdefault(name, set()).add(part.clause)
    assert placed.keys() == REGISTERS.keys()
    missing = {name: set(kept.clauses) - placed[name] for name, kept in REGISTERS.items()}
    assert {name: clauses for name, clauses in missing.items() if clauses} == {}


def test_every_page_named_is_a_page() -> None:
    named = {page for part in plan_parts() for page in part.pages}
    assert named <= PAGE_FILES.keys() | {"trace"}


@pytest.mark.parametrize("name", list(targets()))
def test_every_target_stands_beside_the_words_it_quotes(name: str) -> None:
    assert _places(targets()[name].citation), name


def test_every_rule_stands_beside_the_words_it_quotes() -> None:
    cited = [part.citation for program in programs_with_the_software() for part in cited_parts(program)]
    cited += [period.citation for period in procedure_parameters().values()]
    cited += [item.citation for item in assessment().items.values()]
    assert [citation for citation in cited if not _places(citation)] == []


def test_a_repeated_clause_takes_its_rules_from_the_first() -> None:
    quote = "取消申请农产品上行物流补贴申请资格"
    assert {part.clause for part in plan_parts() if part.holds("三(八)", quote)} == {"三(八)", "四(八)"}
    assert not stands_in(quote, "四(一)")


def test_words_that_run_from_one_part_into_the_next_stand_in_both_and_in_no_third() -> None:
    found = [part.quote for part in plan_parts() if part.holds("四(二)", "全部电商服务站点,功能覆盖到村")]
    assert found == ["2021年底实现商品物流覆盖全部电商服务站点,", "功能覆盖到村。"]
    assert not any(part.holds("四(二)", "没有这样的话") or part.holds("四(二)", " ") for part in plan_parts())


def test_a_parts_own_words_stand_in_it_and_not_in_its_neighbours() -> None:
    for part in plan_parts():
        if part.same_as is None:
            held = [other for other in plan_parts() if other.holds(part.clause, part.quote)]
            assert [other for other in held if other.same_as is None] == [part]


def test_every_part_says_in_english_what_it_is() -> None:
    parts = plan_parts()
    assert all(part.english.strip() for part in parts)
    assert all(note.zh and note.en for part in parts for note in (part.why, part.note) if note is not None)


def test_what_the_plan_leaves_open_is_noted() -> None:
    notes = " ".join(part.note.zh for part in plan_parts() if part.note)
    for open_point in ("三者不一致", "缺标题“三”", "逐字相同", "没有基期", "“绝大多数”没有数字", "人次"):
        assert open_point in notes


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        ('"已建档立卡贫困村为重点对象，"', '"建档立卡贫困村为重点对象，"', "parts[6].quote", "方案接下来是"),
        ('kind   = "principle"', 'kind   = "rule"', "parts[17].kind", "应为"),
        ('registers = ["townships", "bodies"]\n', "", "parts[2].registers", "没有写由什么落实"),
        ('registers = ["townships", "bodies"]', 'registers = ["bodies", "bodies"]', "parts[2]", "重复"),
        ('clause    = "四(六)"', 'clause    = "四(九)"', "parts", "应为"),
        ('same_as   = "三(八)"', 'same_as   = "三(七)"', "parts", "不是逐字相同"),
        ("why    = {", "wy    = {", "parts[1].wy", "未知的键"),
        ('kind   = "heading"', 'kind   = "principle"', "parts[16].why", "缺少这个键"),
        ('kind      = "carried_out"', 'kind      = "statement"', "parts[2].kind", "carried_out"),
    ],
)
def test_a_fault_of_the_file_is_named_at_its_place(before: str, after: str, key: str, said: str) -> None:
    assert before in FILE
    changed = FILE.replace(before, after, 1)
    with pytest.raises(ProgramFaults) as found:
        read_plan_parts(changed.encode(), "plan_places.toml")
    assert any(fault.key.startswith(key) and said in fault.message.zh for fault in found.value.faults)


def test_one_word_left_out_is_one_fault_not_a_hundred() -> None:
    changed = FILE.replace("力取服务站点", "力争服务站点", 1)
    with pytest.raises(ProgramFaults) as found:
        read_plan_parts(changed.encode(), "plan_places.toml")
    assert len(found.value.faults) == 1 and "力取服务站点" in found.value.faults[0].message.zh


def test_the_last_part_left_out_is_missed() -> None:
    changed = FILE[: FILE.rindex("[[parts]]")]
    with pytest.raises(ProgramFaults) as found:
        read_plan_parts(changed.encode(), "plan_places.toml")
    assert "及时宣传推广" in found.value.faults[0].message.zh


def _places(citation: Citation) -> list[PlanPart]:
    return [part for part in plan_parts() if part.holds(citation.clause, citation.quote)]
