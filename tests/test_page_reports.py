"""The page of bulletin and assessment: a month looked at and issued, editions, points opened to their rows, vetoes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.reporting.assessments import assessments, vetoes
from data.reporting.bulletins import bulletins
from office import running
from tests.conftest import OpenPage, open_page
from tests.links import links


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.subheader, *app.text]
    return "\n".join(str(element.value) for element in shown)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def table(app: AppTest, column: str) -> list[dict[Any, Any]]:
    """The first table that has a column, row by row."""
    return next(f.value for f in app.dataframe if column in f.value.columns).to_dict("records")


def issued(app: AppTest, sure: str, label: str) -> AppTest:
    """Tick that it was looked at, and press."""
    next(box for box in app.checkbox if box.key and box.key.startswith(sure)).check().run()
    return press(app, label)


def test_an_empty_office_sees_what_to_do_next(empty_app_test: OpenPage) -> None:
    app = empty_app_test("reports", "clerk")
    assert not app.main.get("vega_lite_chart")  # no picture of nothing
    words = told(app)
    assert "到“台账”导入站点月报" in words and "这个月还没有印发过通报" in words
    assert "还没有印发过通报" in told(empty_app_test("reports", "clerk", view="issued"))
    assert "还没有印发过考核结果" in told(empty_app_test("reports", "auditor", view="assessed"))
    assert "没有一票否决的记录" in told(empty_app_test("reports", "auditor", view="vetoes"))
    assert "还没有登记乡镇" in told(empty_app_test("reports", "auditor", view="assessment"))
    assert "还没有登记乡镇" not in told(empty_app_test("reports", "reviewer", view="vetoes"))


def test_the_townships_on_screen_add_up_to_the_county(app_test: OpenPage) -> None:
    rows = table(app_test("reports", "clerk"), "sold")
    *parts, whole = rows
    assert whole["place"] == "全县" and len(parts) >= 9
    for column in ("sold", "bought", "services", "total", "orders"):
        assert round(sum(float(str(row[column])) for row in parts) * 100) == round(
            float(str(whole[column])) * 100
        )


def test_a_reviewer_issues_what_was_looked_at_and_a_second_time_is_told_that_nothing_changed(
    app_test: OpenPage,
) -> None:
    app = open_page("reports", "reviewer", month="2021-06")
    area = next(f for f in app.text_area if f.key and f.key.startswith("reports_problems"))
    area.set_value("示例问题一")
    with running.reader() as db:
        before = len([one for one in bulletins(db) if one.month == "2021-06"])
    app = issued(app, "reports_sure", "印发2021年6月通报")
    assert "已印发。" in told(app) and "2021年6月" in told(app)
    with running.reader() as db:
        of_month = [one for one in bulletins(db) if one.month == "2021-06"]
    assert len(of_month) == before + 1
    assert of_month[0].context["figures"]["text"]["problems"] == "示例问题一"
    app = open_page("reports", "reviewer", month="2021-06")
    assert f"已印发第{before + 1}版" in told(app) and "完全相同" in told(app)
    assert "没有印发新的一版" in told(issued(app, "reports_sure", "印发2021年6月通报"))


def test_the_button_waits_for_the_tick(app_test: OpenPage) -> None:
    app = app_test("reports", "reviewer", month="2021-06")
    assert next(b for b in app.button if b.key == "reports_issue").disabled


@pytest.mark.parametrize("role", ["clerk", "auditor"])
def test_others_read_but_issue_nothing(app_test: OpenPage, role: str) -> None:
    for view in ("bulletin", "assessment", "vetoes"):
        app = open_page("reports", role, view=view)
        assert not app.exception
        assert not {button.key for button in app.button} & {"reports_issue", "reports_issue_scores"}
        assert not [area for area in app.text_area if area.key and "reports" in area.key]


def test_a_cell_of_the_assessment_opens_its_computation_and_rows(app_test: OpenPage) -> None:
    app = app_test("reports", "auditor", view="assessment", township="653128101", item="transactions")
    words = told(app)
    assert "艾西曼镇　电子商务交易额增长" in words and "办公室口径，待确认" in words
    assert any("站点月报" in one.label for one in app.expander)
    assert any("register=station_returns" in link.query for link in links(app.main, "registers"))
    rows = table(app, "total")
    assert [row["place"] for row in rows][:2] == ["岳普湖镇", "艾西曼镇"] and len(rows) == 9


def test_an_assessment_is_issued_and_found_again(app_test: OpenPage) -> None:
    app = issued(open_page("reports", "reviewer", view="assessment"), "reports_scores_sure", "印发考核结果")
    assert "已印发。" in told(app)
    with running.reader() as db:
        newest = assessments(db)[0]
    app = open_page("reports", "auditor", view="assessed", number=newest.number)
    assert newest.number in told(app)
    assert "下载 考核结果（Word）" in [e.proto.label for e in app.main.get("download_button")]


def test_a_veto_is_imposed_with_its_reason_shown_in_the_scores_and_lifted(app_test: OpenPage) -> None:
    app = press(open_page("reports", "reviewer", view="vetoes"), "否决")
    assert "请写明理由" in told(app)
    next(f for f in app.text_area if (f.key or "").startswith("reports_veto_reason")).set_value(
        "示例：经核实月报数不实"
    )
    assert "已记录" in told(press(app, "否决"))
    row = table(open_page("reports", "auditor", view="assessment"), "veto")[0]
    assert list(row)[:3] == ["place", "total", "veto"]  # why a sum is 0 stands beside it
    assert row["total"] == "0.00" and "否决（第" in str(row["veto"])
    app = open_page("reports", "reviewer", view="vetoes", act="lift")
    assert not any(f.value for f in app.text_area)  # the reason of the one act is none of the other
    next(f for f in app.text_area if (f.key or "").startswith("reports_veto_reason")).set_value(
        "示例：复核无误"
    )
    press(app, "撤销否决")
    with running.reader() as db:
        assert [one.kind for one in vetoes(db)][:2] == ["lift", "impose"]
    assert table(open_page("reports", "auditor", view="assessment"), "veto")[0]["total"] != "0.00"


def test_no_name_of_a_household_stands_on_the_page(app_test: OpenPage) -> None:
    for view in ("bulletin", "assessment"):
        app = open_page("reports", "clerk", view=view)
        cells = [str(value) for frame in app.dataframe for value in frame.value.to_numpy().ravel()]
        assert not [cell for cell in cells if "示例户" in cell]


def test_a_month_that_is_none_is_left_aside_calmly(app_test: OpenPage) -> None:
    assert "已不予理会" in told(app_test("reports", "clerk", month="2031-01"))


def test_the_page_is_not_for_the_administrator(empty_app_test: Callable[..., AppTest]) -> None:
    with pytest.raises(ValueError, match="reports"):
        empty_app_test("reports", "administrator")
