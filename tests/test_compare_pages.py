"""The pages that compare: a draft with what is in force, and one recorded list with another."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.rulekeeping.run_lists import runs_of_all_goods
from data.store import reading
from office import running
from office.__main__ import main
from office.casework.asked import Doer
from office.programs import program_named
from office.rulekeeping.drafting import Wish, save
from tests.conftest import OpenPage, open_page

REVIEWER = Doer("示例审核员", "reviewer")


def save_draft(name: str, program: str, parameter: str, value: int) -> None:
    """Save a draft in the running application's database."""
    base = program_named(program)
    head, _, rest = base.text.partition(f"[parameters.{parameter}]")
    text = f"{head}[parameters.{parameter}]" + re.sub(r"value = \d+", f"value = {value}", rest, count=1)
    save(running.writer(), Wish(name, program, base.digest, text, "", 0), doer=REVIEWER)


def compared(role: str = "reviewer", **params: str) -> AppTest:
    found = open_page("rule_changes", role, view="compare", **params)
    assert not found.exception
    return found


def said(app: AppTest) -> str:
    return " ".join(str(one.value) for one in [*app.caption, *app.info, *app.warning, *app.markdown])


def test_without_a_draft_the_page_says_what_to_do_next(empty_app_test: OpenPage) -> None:
    app = empty_app_test("rule_changes", "reviewer", view="compare")
    assert not app.exception and "还没有草稿可以对比" in said(app)


@pytest.mark.parametrize("by", ["why", "township", "product", "household", "names", "near", "cost"])
def test_a_draft_is_shown_every_way(app_test: OpenPage, by: str) -> None:
    app_test("today", "reviewer")
    save_draft("收紧示例", "produce-support", "inspection_validity_days", 60)
    app = compared(by=by, compared="draft:收紧示例")
    losing = {one.label: one.value for one in app.metric}["变差（个产品）"]
    assert int(losing) > 0 and "180天 → 60天" in said(app)
    moves = app.dataframe[0].value
    assert moves.iloc[-1, -1] == moves.iloc[:-1, -1].sum()  # the last line and column are the totals
    assert (moves.iloc[-1, 1:-1].sum()) == moves.iloc[-1, -1]


def test_a_group_opens_its_names_and_heads_of_household_are_for_those_who_may_see_them(
    app_test: OpenPage,
) -> None:
    app_test("today", "reviewer")
    save_draft("收紧示例", "produce-support", "inspection_validity_days", 60)
    app = compared(by="why", pick="why-1")
    groups, names = app.dataframe[1].value, app.dataframe[2].value
    assert len(names) == groups["loss"].iloc[0] and "head" in names
    elsewhere = compared(by="product", pick="why-1")
    assert len(elsewhere.dataframe) == 2 and "不能用" not in said(elsewhere)
    audited = compared("auditor", by="names")
    assert "head" not in audited.dataframe[1].value


def test_a_draft_of_the_claims_is_shown_in_yuan(app_test: OpenPage) -> None:
    app_test("today", "reviewer")
    save_draft("八角", "logistics-claim", "fen_per_shipment", 80)
    for by in ("township", "names"):
        app = compared(by=by)
        figures = {one.label: one.value for one in app.metric}
        assert float(figures["相差（元）"]) < 0 and not app.exception


def test_a_draft_with_a_fault_is_not_compared(app_test: OpenPage) -> None:
    app_test("today", "reviewer")
    base = program_named()
    text = base.text.replace("range   = [30, 730]", "range   = [30, 100]")
    save(running.writer(), Wish("有错", base.program, base.digest, text, "", 0), doer=REVIEWER)
    assert "还有问题，不能对比" in said(compared())


def test_the_changed_list_is_a_sentence_a_table_and_a_chart(app_test: OpenPage) -> None:
    app = app_test("audit", "auditor", view="changes")
    assert not app.exception
    assert re.search(r"有变化的共 \d+：规则 0、数据 \d+、两者 0、处理 \d+", said(app))
    table = app.dataframe[0].value
    assert "head" not in table and table["why"].str.len().min() > 0
    only_acts = open_page("audit", "clerk", view="changes", part="act")
    assert not only_acts.exception
    for shown in only_acts.dataframe:
        assert set(shown.value["part"]) <= {"处理"} and "head" in shown.value


def test_with_fewer_than_two_runs_the_page_says_what_to_do(empty_app_test: OpenPage) -> None:
    app = empty_app_test("audit", "auditor", view="changes")
    assert not app.exception and "要有两次存档才能对比" in said(app)


def test_the_command_says_why_a_list_changed_and_its_parts_add_up(
    demo_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with reading(demo_db) as db:
        second, first, *_ = (run.id for run in runs_of_all_goods(db))
    asked = ["--db", str(demo_db), "compare", "--runs", str(first), str(second)]
    assert main([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    for benefit, counts in document["before"].items():
        changed = [one for one in document["changed"] if one["benefit"] == benefit]
        assert sum(document["parts"][benefit].values()) == len(changed)
        for one in changed:
            counts[one["before"]] = counts.get(one["before"], 0) - 1
            counts[one["after"]] = counts.get(one["after"], 0) + 1
        left = {
            verdict: n for verdict, n in counts.items() if n and verdict != "null" and verdict is not None
        }
        assert left == document["after"][benefit]
    assert main(asked) == 0
    assert "规则没有变化" in capsys.readouterr().out
    assert main([*asked, "--as-of", "2021-06-30"]) == 2
    assert main([*asked[:-1], "999"]) == 1
    assert "没有第 999 次存档" in capsys.readouterr().err
