"""The register of traced batches (追溯批次): of whom, when harvested, inspected and certified how."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, code, day, number
from data.registers.naming import a_household, a_product
from data.words import Words


class TraceBatches(RegisterModel):
    trace_code: str = code("追溯码", "Trace code", ("批次的追溯码", "The code of the batch"), "ZS2021-0001")
    household_no: str = a_household("批次所属的户", "The household it comes from")
    product_code: str = a_product("批次的产品，该户须已登记此产品", "The product, one of this household's")
    harvested_on: str = day(
        "采收日期", "Harvested on", ("采收或出栏的日期", "The day it was harvested"), "2021-03-10"
    )
    quantity: Number = number(
        "数量",
        "Quantity",
        ("这一批的数量", "How much the batch holds"),
        "500.0",
        scale=1,
        unit=Words("公斤", "kg"),
        low=1,
    )
    sample_no: str = code(
        "检验样品编号",
        "Sample no.",
        (
            "检验的样品，须已登记；没有检验的留空",
            "The inspected sample; must be registered. Blank where none was",
        ),
        "S2021-0001",
        required=False,
    )
    conformity_no: str = code(
        "承诺达标合格证编号",
        "Certificate of conformity",
        ("承诺达标合格证的编号；没有的留空", "Its number; blank where there is none"),
        "HG2021-0001",
        required=False,
    )
    certificate_no: str = code(
        "认证证书编号",
        "Certificate no.",
        ("所用的认证，须已登记；没有的留空", "The certification used; must be registered. Blank where none"),
        "LB2020-0001",
        required=False,
    )
    packed_on: str = day(
        "包装日期",
        "Packed on",
        ("包装的日期；未包装的留空", "The day it was packed; blank while it is not"),
        "2021-03-17",
        required=False,
    )


ABOUT = About(
    model=TraceBatches,
    name="trace_batches",
    position=23,
    title=Words("追溯批次", "Traced batches"),
    key=("trace_code",),
    group="supply",
    clauses=("三(三)",),
    day="harvested_on",
    references=(
        Reference(("household_no", "product_code"), "goods"),
        Reference(("sample_no",), "inspections"),
        Reference(("certificate_no",), "certifications"),
    ),
    across=(not_before("packed_on", "harvested_on"),),
)
