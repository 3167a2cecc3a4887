"""The register of inspections (检验): one sample's conclusion each, the evidence that decisions rest on."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from data.register import About, Reference, RowCheck
from data.registers.fields import RegisterModel, choice, code, day, not_before, text
from data.words import Words

METHODS = {"rapid": ("速测", "Rapid test"), "quantitative": ("定量", "Quantitative")}
CONCLUSIONS = {
    "pass": ("合格", "Pass"),
    "fail": ("不合格", "Fail"),
    "pending": ("待确证", "To be confirmed"),
    "not_applicable": ("不适用", "Not applicable"),
}


class Inspections(RegisterModel):
    sample_no: str = code(
        "样品编号", "Sample no.", ("样品的唯一编号", "The sample's own number, given once"), "S2021-0001"
    )
    household_no: str = code(
        "户编号", "Household no.", ("送检的户，须已登记", "The household; must be registered"), "H0001"
    )
    product_code: str = code(
        "产品编码",
        "Product code",
        ("送检的产品，该户须已登记此产品", "The product; must be registered for this household"),
        "P01",
    )
    sampling_date: str = day(
        "抽样日期", "Sampled on", ("抽取样品的日期", "The day the sample was taken"), "2021-03-16"
    )
    result_date: str = day(
        "结果日期",
        "Result on",
        ("出具结果的日期；留空即为抽样日期", "The day the result was given; blank means the sampling date"),
        "2021-03-17",
        required=False,
    )
    method: str = choice("方法", "Method", ("检验方法", "How it was tested"), METHODS)
    item: str = text(
        "检测项目", "Item tested", ("检测的项目", "What was tested for"), "有机磷和氨基甲酸酯类农药残留"
    )
    measured: str = text(
        "检测值", "Measured", ("原样填写检测结果，连同单位", "The result as reported, with its unit"), "12.5%"
    )
    limit_value: str = text(
        "限值", "Limit", ("原样填写限值，连同单位", "The limit as reported, with its unit"), "50%"
    )
    conclusion: str = choice("结论", "Conclusion", ("检验结论", "What the inspection concluded"), CONCLUSIONS)
    reinspection_of: str = code(
        "复检原样品编号",
        "Re-inspection of",
        (
            "复检时填原样品编号，不是复检的留空",
            "The original sample's number if this is a re-inspection, else blank",
        ),
        "",
        required=False,
    )
    agency: str = text(
        "检测机构", "Inspected by", ("出具结果的机构", "The body that gave the result"), "示例检测站"
    )

    @pa.dataframe_check
    @classmethod
    def result_not_before_sampling(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return not_before(frame, "result_date", "sampling_date")

    @pa.dataframe_check
    @classmethod
    def reinspection_concludes(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """A re-inspection replaces a conclusion, so it must have one that counts."""
        return frame["reinspection_of"].isna() | ~frame["conclusion"].isin(["pending", "not_applicable"])

    @pa.dataframe_check
    @classmethod
    def not_its_own_reinspection(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return frame["reinspection_of"].isna() | (frame["reinspection_of"] != frame["sample_no"])


ABOUT = About(
    model=Inspections,
    name="inspections",
    position=6,
    title=Words("检验", "Inspections"),
    key=("sample_no",),
    group="goods",
    clauses=("三(三)", "三(八)", "四(八)"),
    day="sampling_date",
    references=(
        Reference(("household_no", "product_code"), "goods"),
        Reference(("reinspection_of",), "inspections"),
    ),
    blank_is={"result_date": "sampling_date"},
    row_checks={
        "result_not_before_sampling": RowCheck(
            "result_date",
            Words(
                "结果日期不能早于抽样日期。",
                "The result cannot be given before the sample was taken.",
            ),
        ),
        "reinspection_concludes": RowCheck(
            "conclusion",
            Words(
                "复检的结论只能是合格或不合格。",
                "A re-inspection must conclude pass or fail (合格, 不合格).",
            ),
        ),
        "not_its_own_reinspection": RowCheck(
            "reinspection_of",
            Words("复检原样品编号不能是本样品。", "A sample cannot be the re-inspection of itself."),
        ),
    },
)
