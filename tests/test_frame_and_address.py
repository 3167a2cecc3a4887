"""What stands on every page, and the address that holds a page's state."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from office import running
from office.programs import program_named
from pages.parts import looks
from tests.conftest import OpenPage, open_page
from tests.links import links

PAGES = ["today", "goods", "good", "inspections", "clauses", "rules"]

READING = """
import streamlit as st
from datetime import date
from pages.parts import address
st.session_state["working_day"] = date(2021, 9, 30)
st.text(repr(address.text("q")))
st.text(repr(address.number("n", 3, 1, 10)))
st.text(repr(address.one_of("verdict", ["eligible", "revoked"], None)))
st.text(repr(address.some_of("township", ["100", "101", "102"])))
st.text(repr(address.the_day()))
"""


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_with_its_title_the_mark_and_the_day(app_test: OpenPage, page: str) -> None:
    app = app_test(page, "clerk")
    assert not app.exception
    assert len(app.title) == 1
    shown = _html(app)
    assert "演示数据" in shown and "工作日 2021年9月30日" in shown
    assert _foot(app) == ["示例录入员 · 录入员", "关于"]
    assert app.sidebar.date_input[0].value == date(2021, 9, 30)


def test_an_offices_database_carries_no_mark_and_the_clocks_day(app_test: OpenPage) -> None:
    app = app_test("today", "clerk")
    with running.writer().transaction() as db:
        db.execute("DELETE FROM settings WHERE key = 'demonstration'")
    app.run()
    assert "演示数据" not in _html(app)
    assert app.sidebar.date_input[0].value == running.working_day() != date(2021, 9, 30)


def test_the_day_of_the_address_is_the_day_of_the_page(app_test: OpenPage) -> None:
    app = app_test("goods", "auditor", day="2021-08-01")
    assert "工作日 2021年8月1日" in _html(app)
    assert app.sidebar.date_input[0].value == date(2021, 8, 1)


def test_choosing_a_day_writes_it_into_the_address_and_back_takes_it_out(app_test: OpenPage) -> None:
    app = app_test("goods", "auditor")
    app.sidebar.date_input[0].set_value(date(2021, 8, 1)).run()
    assert app.query_params["day"] in ("2021-08-01", ["2021-08-01"])
    app.button(key="frame_own_day").click().run()
    assert "day" not in app.query_params
    assert app.sidebar.date_input[0].value == date(2021, 9, 30)


@pytest.mark.parametrize("wrong", ["banana", "2021-02-30", "20210930", "1999-12-31", "2021-9-3", ""])
def test_a_day_that_is_none_is_left_aside_with_a_calm_note(app_test: OpenPage, wrong: str) -> None:
    app = app_test("goods", "auditor", day=wrong)
    assert not app.exception and not app.error
    assert [f"“day={wrong}”不能用" in info.value for info in app.info].count(True) == 1
    assert app.sidebar.date_input[0].value == date(2021, 9, 30)


def test_the_sidebar_links_to_the_pages_of_the_role_only_under_their_headings(app_test: OpenPage) -> None:
    clerk, administrator = app_test("today", "clerk"), open_page("today", "administrator")
    assert _links(clerk) == [
        *("今日", "待办", "资格清单", "一户一品", "检验", "包装物资", "物流补贴", "奖补与贴息", "公示"),
        *("目标", "台账", "追溯", "通报与考核"),
        *("方案对照", "规则", "改规则", "审计"),
        "个人信息",
    ]
    theirs = ["今日", "目标", "方案对照", "规则", "个人信息", "人员与账号", "备份与体检"]
    assert _links(administrator) == theirs
    assert _headings(clerk) == _headings(administrator) == ["帮扶办理", "统计", "依据", "保护"]


def test_the_page_one_is_on_is_marked_in_the_sidebar(app_test: OpenPage) -> None:
    bodies = "".join(str(element.proto.body) for element in app_test("goods", "clerk").sidebar.get("html"))
    assert re.findall(r'href="/(\w*)" target="_self" aria-current="page"', bodies) == ["goods"]


def test_a_page_knows_which_pages_its_reader_may_open(app_test: OpenPage) -> None:
    clerk, administrator = app_test("today", "clerk"), open_page("today", "administrator")
    assert clerk.session_state["pages"]["registers"] == "台账"
    assert list(administrator.session_state["pages"]) == [
        *("today", "targets", "clauses", "rules", "personal", "people", "system")
    ]


def test_links_carry_day_and_language(app_test: OpenPage) -> None:
    app = app_test("today", "clerk", day="2021-08-01", lang="en", township="100")
    assert {link.query for link in links(app.sidebar)} == {"day=2021-08-01&lang=en"}


def test_a_page_that_breaks_off_says_so_with_a_number_and_without_its_inside(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def page() -> None:
        from pages.parts import frame

        try:
            raise RuntimeError("户主姓名 of somebody")
        except RuntimeError as error:
            frame.failed(error)

    app = AppTest.from_function(page).run()
    said = app.error[0].value
    number = str(vars(caplog.records[-1])["details"]["number"])
    assert len(number) == 8 and number in said and "somebody" not in said


@pytest.mark.parametrize(
    ("params", "read"),
    [
        ({}, ["''", "3", "None", "[]", "datetime.date(2021, 9, 30)"]),
        (
            {"q": " H0001 ", "n": "10", "verdict": "revoked", "township": "102,100", "day": "2020-02-29"},
            ["'H0001'", "10", "'revoked'", "['100', '102']", "datetime.date(2020, 2, 29)"],
        ),
        (
            {"q": "x" * 101, "n": "11", "verdict": "x", "township": "100,999", "day": "0001-01-01"},
            ["''", "3", "None", "['100']", "datetime.date(2021, 9, 30)"],
        ),
        ({"n": "1e1", "township": ","}, ["''", "3", "None", "[]", "datetime.date(2021, 9, 30)"]),
        ({"n": "٣"}, ["''", "3", "None", "[]", "datetime.date(2021, 9, 30)"]),
    ],
    ids=["nothing", "all", "beyond", "odd", "foreign digits"],
)
def test_values_of_the_address_are_read_by_type(params: dict[str, str], read: list[str]) -> None:
    app = AppTest.from_string(READING)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert [text.value for text in app.text] == read


def test_what_cannot_be_used_leaves_the_address_so_that_it_is_said_once() -> None:
    app = AppTest.from_string(READING)
    app.query_params["township"] = "100,999"
    app.query_params["n"] = "x"
    assert len(app.run().info) == 2
    assert len(app.run().info) == 0
    assert dict(app.query_params) in ({"township": ["100"]}, {"township": "100"})


def test_a_control_and_the_address_agree_both_ways() -> None:
    app = AppTest.from_string(
        """
import streamlit as st
from pages.parts import address
found = address.one_of("verdict", ["eligible", "revoked"], "eligible")
key = address.follow("goods_verdict", found)
st.selectbox("v", ["eligible", "revoked"], key=key, on_change=address.keep, args=("verdict", key, "eligible"))
st.text(found)
"""
    ).run()
    app.selectbox(key="goods_verdict").set_value("revoked").run()
    assert app.text[0].value == "revoked" and "verdict" in app.query_params
    app.selectbox(key="goods_verdict").set_value("eligible").run()
    assert app.text[0].value == "eligible" and "verdict" not in app.query_params
    app.query_params["verdict"] = "revoked"
    assert app.run().selectbox(key="goods_verdict").value == "revoked"


def test_days_and_instants_read_as_the_office_writes_them() -> None:
    assert looks.day_words(date(2020, 3, 16), "zh") == "2020年3月16日"
    assert looks.day_words(date(2020, 3, 16), "en") == "2020-03-16"
    assert looks.time_words("2021-09-30T18:05:00.000000Z", "en") == "2021-10-01 02:05"
    assert looks.number_words(1234567) == "1,234,567"


def test_a_verdicts_colour_never_stands_alone_and_can_be_read_on_white() -> None:
    every = [*looks.VERDICTS.values(), *looks.FINDINGS.values(), *looks.STATUSES.values()]
    assert all(look.sign.strip() for look in every)
    for name in ("produce-support", "logistics-claim"):
        better = program_named(name).better
        assert len({looks.VERDICTS[verdict].sign for verdict in better}) == len(better)
    assert min(_contrast(look.colour) for look in every) >= 4.5


def _html(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def _links(app: AppTest) -> list[str]:
    """The pages under their headings; the sidebar's foot leads to two more."""
    return [link.words for link in links(app.sidebar)][:-2]


def _foot(app: AppTest) -> list[str]:
    return [link.words for link in links(app.sidebar)][-2:]


def _headings(app: AppTest) -> list[str]:
    """The headings over the links of the sidebar."""
    bodies = "".join(str(element.proto.body) for element in app.sidebar.get("html"))
    return re.findall(r'class="office-section">([^<]+)<', bodies)


def _contrast(colour: str) -> float:
    """Contrast to white, WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
