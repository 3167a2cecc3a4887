"""抽样检查 and 与规则不同的处理 on the page: drawn, worked through, drawn again; who may; what an empty office sees."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.rulekeeping.populations import Frame
from data.rulekeeping.samples import Sample, findings_of, samples
from office import running
from office.audit.sampling import Wish, draw
from office.casework.asked import Doer
from tests.conftest import OpenPage, open_page

AUDITOR = Doer("demo-auditor")


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.subheader, *app.text]
    return "\n".join(str(element.value) for element in shown)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def table(app: AppTest, column: str) -> list[dict[Any, Any]]:
    return next(f.value for f in app.dataframe if column in f.value.columns).to_dict("records")


EVERYTHING = Frame()


def drawn(frame: Frame = EVERYTHING) -> Sample:
    """Three decisions of a frame."""
    return draw(running.writer(), Wish(frame, 3, seed="示例"), doer=AUDITOR)


@pytest.mark.parametrize(("view", "words"), [("sample", "还没有抽过样"), ("overrides", "没有依据判定的处理")])
def test_an_empty_office_sees_what_to_do_next(empty_app_test: OpenPage, view: str, words: str) -> None:
    app = empty_app_test("audit", "auditor", view=view)
    assert words in told(app)
    assert not app.main.get("vega_lite_chart")


def test_an_auditor_draws_and_stands_in_the_new_sample(app_test: OpenPage) -> None:
    app = app_test("audit", "auditor", view="sample", verdict="eligible", benefit="packaging")
    assert re.search(r"符合条件的存档判定 [\d,]+ 条", told(app))
    app.number_input(key="audit_sample_size").set_value(4)
    app.text_input(key="audit_sample_seed_0").set_value("当众定的")
    press(app, "抽取")
    with running.reader() as db:
        one, _of_the_demonstration = samples(db)
    assert (one.seed, len(one.drawn), one.asked["verdict"], one.recorded_by) == (
        "当众定的",
        4,
        "eligible",
        "示例审计员",
    )
    app = open_page("audit", "auditor", view="sample", sample=one.number)
    assert [row["id"] for row in table(app, "state")] == list(one.drawn)
    assert {row["verdict"] for row in table(app, "state")} == {"✔ 符合"}
    assert "重抽一致" in told(press(app, "现在重抽一遍"))


def test_a_decision_is_looked_at_and_noted_and_the_next_one_offered(app_test: OpenPage) -> None:
    app_test("audit", "auditor")
    one = drawn(Frame(rests="acted"))
    app = open_page("audit", "auditor", view="sample", sample=one.number, decision=str(one.drawn[0]))
    again = table(app, "way")
    assert len(again) == 3 and {row["same"] for row in again} == {"✔ 相同"}
    assert "还没有看" in told(app)
    press(app, "记录结果")
    assert "请先选结果" in told(app)
    app.radio(key=f"audit_sample_kind_{one.drawn[0]}_0").set_value("finding")
    press(app, "记录结果")
    assert "请写明发现的问题" in told(app)
    app.text_area(key=f"audit_sample_text_{one.drawn[0]}_0").set_value("没有附检验报告")
    press(app, "记录结果")
    assert "已记录“发现问题”" in told(app) and "没有附检验报告" in told(app)
    with running.reader() as db:
        assert [(f.decision_id, f.kind, f.text) for f in findings_of(db, one.id)] == [
            (one.drawn[0], "finding", "没有附检验报告")
        ]
    press(app, "下一条未看的")
    assert f"判定 {one.drawn[1]}" in told(app)
    assert [row["state"] for row in table(app, "state")] == ["！ 发现问题", "○ 未看", "○ 未看"]


@pytest.mark.parametrize("role", ["clerk", "reviewer"])
def test_others_look_and_have_no_form(app_test: OpenPage, role: str) -> None:
    app = app_test("audit", role, view="sample")
    assert not [button for button in app.button if button.label == "抽取"]
    one = drawn()
    app = open_page("audit", role, view="sample", sample=one.number, decision=str(one.drawn[0]))
    assert "再判定一次" in told(app) and not app.radio


@pytest.mark.parametrize(
    "address",
    [{"sample": "抽样〔2021〕9号"}, {"township": "xx"}, {"since": "2022-01-01", "until": "2021-01-01"}],
)
def test_a_broken_address_is_answered_calmly(app_test: OpenPage, address: dict[str, str]) -> None:
    assert told(app_test("audit", "auditor", view="sample", **address))


def test_the_overrides_are_listed_by_name_and_one_opens_with_its_reason(app_test: OpenPage) -> None:
    app = app_test("audit", "clerk", view="overrides")
    rows, people = table(app, "against"), table(app, "acts")
    names = [row["name"] for row in people]
    assert rows and names == sorted(names)
    assert sum(row["overrides"] for row in people) == len(rows)
    assert "不说明谁对谁错" in told(app)
    granted = next(row for row in rows if row["kind"] == "给予")
    app = open_page("audit", "clerk", view="overrides", person=granted["by"])
    assert {row["by"] for row in table(app, "against")} == {granted["by"]}
    with running.reader() as db:
        (number,) = db.execute("SELECT id FROM acts WHERE overrides = 1 AND kind = 'grant'").fetchone()
    app = open_page("audit", "clerk", view="overrides", act=str(number))
    assert "理由：现场看过样品" in told(app) and "规则现在的建议" in told(app)
