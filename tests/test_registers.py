"""The register definitions: complete in both languages, in dependency order, and one file is enough for a new one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.errors import SchemaErrors

from data.faults import UnknownRegister
from data.register import REGISTERS, About, Register, _register, register
from data.registers.fields import RegisterModel, YesNo, code, yes_no
from data.templates import template
from data.words import Words

ALL = list(REGISTERS.values())
ROOT = Path(__file__).parent.parent
# Every register in its order with its columns; ? where a cell may be blank.
TITLES = {
    "townships": "乡镇编码, 乡镇名称",
    "villages": "村编码, 乡镇编码, 村名, 是否贫困村",
    "households": "户编号, 村编码, 户主姓名, 建档日期, 退出日期?",
    "products": "产品编码, 产品名称, 类别, 是否标准化",
    "goods": "户编号, 产品编码, 来源, 是否符合网销?, 登记日期",
    "inspections": "样品编号, 户编号, 产品编码, 抽样日期, 结果日期?, 方法, 检测项目?, 检测值?, 限值?, 结论, 复检原样品编号?, 检测机构?",
    "storage_places": "存放点编码, 存放点名称, 乡镇编码?",
    "packaging_items": "物资编码, 物资名称, 类别, 计量单位",
    "shipments": "申报编号, 申报方, 户编号, 产品编码, 申报日期, 发货日期, 运单号, 电商平台?, 订单号?, 是否网销订单?, 发货地, 收货省份, 收货地是否本县?, 重量, 快递费, 是否退款?, 是否已享受其他物流补贴?",
    "bodies": "机构编码, 机构名称, 级别, 乡镇编码?, 村编码?, 成立日期, 撤销日期?",
    "officers": "任职编号, 机构编码, 姓名, 职务, 任职日期, 免职日期?",
    "assignments": "任务编号, 任务名称, 责任机构编码, 下达日期, 完成期限, 进度, 完成日期?, 备注?",
    "supervisions": "问题编号, 被督查机构编码, 督查日期, 发现的问题, 整改期限, 整改完成日期?, 整改情况?",
    "poor_village_periods": "村编码, 列入日期, 退出日期?",
    "stations": "站点编码, 站点名称, 级别, 乡镇编码?, 村编码?, 启用日期, 停用日期?, 代销农产品, 代购, 收发快递, 代缴费",
    "station_households": "站点编码, 户编号, 起始日期, 终止日期?",
    "station_returns": "站点编码, 月份, 上行额, 下行额, 服务额, 上行单数, 上报日期",
    "suppliers": "主体编码, 主体名称, 类别, 乡镇编码?, 登记日期, 认定定点日期?, 定点有效期至?, 注销日期?",
    "standards": "标准编号, 标准名称, 产品编码?, 环节, 发布日期, 废止日期?",
    "certifications": "证书编号, 认证类别, 主体编码, 产品编码?, 申请日期?, 发证日期?, 有效期至?, 注销日期?, 续展的原证书编号?",
    "production_bases": "基地编码, 基地名称, 村编码, 主体编码?, 产品编码, 面积, 挂牌日期?, 摘牌日期?",
    "catalogue_entries": "产品编码, 年度, 种植规模?, 养殖规模?, 产量, 产值, 品质特色?, 是否主导产品",
    "trace_batches": "追溯码, 户编号, 产品编码, 采收日期, 数量, 检验样品编号?, 承诺达标合格证编号?, 认证证书编号?, 包装日期?",
    "trace_movements": "追溯码, 序号, 日期, 去向, 渠道?, 数量, 物流申报编号?",
    "village_networks": "村编码, 固定宽带通达日期?, 移动宽带通达日期?",
    "broadband_counts": "乡镇编码, 月份, 固定宽带用户数, 常住户数",
    "couriers": "企业编码, 企业名称, 登记日期, 退出日期?",
    "outlets": "网点编码, 网点名称, 级别, 企业编码, 乡镇编码?, 村编码?, 依托站点编码?, 启用日期, 停用日期?",
    "outlet_villages": "网点编码, 村编码, 起始日期, 终止日期?",
    "cold_stores": "冷库编码, 冷库名称, 乡镇编码, 库容, 启用日期, 停用日期?",
    "outlet_rewards": "申报编号, 网点编码, 期间起, 期间止, 申报日期, 收发件数, 是否有固定门店?, 是否已享受其他奖补?",
    "training_plans": "计划编号, 计划名称, 年度, 对象, 计划人次, 批准日期",
    "practice_bases": "基地编码, 基地名称, 所在站点编码?, 容纳人数, 启用日期, 停用日期?",
    "training_sessions": "班次编号, 班次名称, 计划编号?, 实训基地编码?, 内容, 开始日期, 结束日期, 名额, 承办单位, 举办村编码?",
    "participants": "人员编号, 姓名, 类别, 户编号?, 村编码?, 登记日期, 离岗日期?",
    "attendances": "班次编号, 人员编号, 学时, 是否结业",
    "village_leaders": "村编码, 人员编号, 认定日期, 免去日期?",
    "followups": "跟踪编号, 人员编号, 跟踪日期, 方式, 结果, 备注?",
    "channels": "渠道编码, 渠道名称, 类别, 对接日期, 终止日期?",
    "listings": "渠道编码, 产品编码, 主体编码, 上架日期, 下架日期?",
    "counters": "站点编码, 设立日期, 撤除日期?",
    "purchases": "收购编号, 站点编码?, 主体编码?, 户编号, 产品编码, 收购日期, 数量, 金额",
    "promotions": "活动编号, 活动名称, 类型, 开始日期, 结束日期, 渠道编码?, 主办单位, 活动销售额?",
    "shops": "网店编码, 网店名称, 渠道编码, 店主类别, 户编号?, 村编码?, 代运营站点编码?, 启用日期, 停用日期?",
    "pairings": "网店编码, 主体编码, 起始日期, 终止日期?",
    "shop_sales": "网店编码, 月份, 支付额, 退款额, 订单数, 其中贫困户产品额?, 上报日期",
    "household_loans": "贷款编号, 户编号, 银行, 用途, 放款日期, 到期日期, 还清日期?, 本金, 年利率, 是否抵押或担保?",
    "enterprise_loans": "贷款编号, 主体编码?, 网店编码?, 银行, 用途, 放款日期, 到期日期, 还清日期?, 本金, 年利率, 是否抵押或担保?, 贫困户产品占销售比例?",
    "household_interest": "申报编号, 贷款编号, 期间起, 期间止, 逾期天数, 已付利息, 申报日期, 是否已享受其他贴息?",
    "enterprise_interest": "申报编号, 贷款编号, 期间起, 期间止, 逾期天数, 已付利息, 申报日期, 是否已享受其他贴息?",
    "finance_agents": "代办点编码, 村编码, 银行, 启用日期, 停用日期?",
    "demonstration_villages": "村编码, 确定日期, 建成日期?, 撤销日期?",
    "jobs": "岗位编号, 岗位, 用人单位, 站点编码?, 人员编号?, 是否贫困户, 上岗日期, 离岗日期?",
    "publicity_items": "宣传编号, 标题, 媒体, 内容, 日期, 机构编码?",
    "payouts": "到账编号, 户编号, 到账日期, 来源, 金额",
    "funds": "编号, 名称, 来源, 类别, 文号?, 下达日期, 金额?, 已使用?",
}


def named(one: Register) -> str:
    return one.name


def test_the_registers_stand_in_dependency_order() -> None:
    assert list(REGISTERS) == list(TITLES)
    for at, one in enumerate(ALL):
        earlier = set(list(REGISTERS)[: at + 1])
        assert {reference.register for reference in one.references} <= earlier


@pytest.mark.parametrize("one", ALL, ids=named)
def test_the_columns_are_those_of_the_contract_and_only_those_marked_may_be_blank(one: Register) -> None:
    titles = [column.title.zh + ("" if column.required else "?") for column in one.columns]
    assert ", ".join(titles) == TITLES[one.name]
    assert len(set(titles)) == len(titles), "a title names one column"


@pytest.mark.parametrize("one", ALL, ids=named)
def test_every_word_exists_in_both_languages(one: Register) -> None:
    words = [one.title, *(check.message for check in one.row_checks.values())]
    for column in one.columns:
        words += [column.title, column.description, *column.choices.values()]
    assert all(word.zh and word.en and word.zh != word.en for word in words)


@pytest.mark.parametrize("one", ALL, ids=named)
def test_keys_references_and_row_checks_name_existing_columns(one: Register) -> None:
    names = {*one.key, *one.blank_is, *one.blank_is.values()}
    names |= {name for reference in one.references for name in reference.columns}
    names |= {check.column for check in one.row_checks.values()}
    assert names <= set(one.by_name)
    assert all(one.column(name).required for name in one.key)


def test_names_of_people_and_words_about_them_are_personal() -> None:
    assert [(one.name, c.name) for one in ALL for c in one.columns if c.personal] == [
        ("households", "head_name"),
        ("officers", "officer_name"),
        ("participants", "participant_name"),
        ("followups", "note"),
    ]


def test_a_register_is_read_from_the_file_of_its_name_and_from_no_other() -> None:
    code = (
        "import sys; from data.register import register; register('households');"
        "print([m for m in sys.modules if m.startswith('data.registers.')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert [name for name in TITLES if f"'data.registers.{name}'" in ran.stdout] == ["households"]


def test_every_clause_is_one_of_the_plan() -> None:
    """三(一)…(八), 四(一)…(八), 五(一)…(四) and 一 are what the plan has; 二 holds principles."""
    known = {"一", *(f"三({n})" for n in "一二三四五六七八"), *(f"四({n})" for n in "一二三四五六七八")}
    known |= {f"五({n})" for n in "一二三四"}
    assert {clause for one in ALL for clause in one.clauses} == known


def test_an_unknown_register_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownRegister) as refused:
        register("payments")
    assert "inspections（检验）" in refused.value.words.zh


@pytest.mark.parametrize("one", ALL, ids=named)
def test_every_check_across_columns_has_its_words(one: Register) -> None:
    """A check without words would surface as the library's own; so each is made to fail by its name."""
    declared = {check.name for check in one.schema.checks}
    assert declared == set(one.row_checks)


def test_the_model_itself_refuses_what_must_not_be_stored() -> None:
    frame = pd.DataFrame(
        {"village_code": ["V 1"], "township_code": ["T"], "village_name": ["x"]}, dtype="str"
    )
    frame["poor_village"] = pd.array([2], dtype="Int64")
    with pytest.raises(SchemaErrors) as refused:
        register("villages").schema.validate(frame, lazy=True)
    assert set(refused.value.failure_cases["column"]) == {"village_code", "poor_village"}


def test_a_new_register_needs_nothing_but_its_own_definition() -> None:
    class Stations(RegisterModel):
        station_code: str = code("站点编码", "Station code", ("站点的编码", "The station's code"), "Z01")
        running: YesNo = yes_no("是否运营", "Running", ("是否在运营", "Whether it runs"))

        @pa.dataframe_check
        @classmethod
        def any_station(cls, frame: pd.DataFrame) -> bool:
            return len(frame) > 0

    stations = _register(About(Stations, "stations", 7, Words("站点", "Stations"), ("station_code",)))
    assert [column.kind for column in stations.columns] == ["code", "yes_no"]
    assert [check.name for check in stations.schema.checks] == ["any_station"]
    assert template(stations).startswith(b"PK")
