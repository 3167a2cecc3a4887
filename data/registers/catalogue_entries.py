"""The register of the county's produce (特色产品目录): scale, output, value and quality of a product in a year."""

from __future__ import annotations

from data.numbers import LARGEST_SUM
from data.register import About, Reference
from data.registers.fields import Number, RegisterModel, YesNo, number, text, yes_no
from data.registers.naming import a_product
from data.words import Words


class CatalogueEntries(RegisterModel):
    product_code: str = a_product("目录中的产品", "The product")
    year: Number = number(
        "年度",
        "Year",
        ("数据所属的年度", "The year the figures are of"),
        "2020",
        scale=0,
        unit=Words("年", "year"),
        low=1990,
        high=2100,
    )
    scale: Number = number(
        "种植规模",
        "Area grown",
        ("种植的面积；不是种植的留空", "The area grown; blank where it is not grown"),
        "3500.0",
        scale=1,
        unit=Words("亩", "mu"),
        required=False,
    )
    heads: Number = number(
        "养殖规模",
        "Animals raised",
        ("养殖的头数或只数；不是养殖的留空", "How many animals; blank where none are raised"),
        "",
        scale=0,
        unit=Words("头只", "head"),
        required=False,
    )
    output: Number = number(
        "产量", "Output", ("全年的产量", "The year's output"), "860.0", scale=1, unit=Words("吨", "t")
    )
    value: Number = number(
        "产值",
        "Value",
        ("全年的产值", "The year's value"),
        "12900000.00",
        high=LARGEST_SUM,
        scale=2,
        unit=Words("元", "yuan"),
    )
    quality: str = text(
        "品质特色", "Quality", ("品质和特色", "What is good and special about it"), "肉厚、含糖高"
    )
    main_product: YesNo = yes_no(
        "是否主导产品",
        "Main product",
        ("是否列为主导产品", "Whether it is a main product of the county"),
        "是",
    )


ABOUT = About(
    model=CatalogueEntries,
    name="catalogue_entries",
    position=22,
    title=Words("特色产品目录", "Catalogue of produce"),
    key=("product_code", "year"),
    group="supply",
    clauses=(
        "四(四)",
        "三(三)",
    ),
    day="year",
    references=(Reference(("product_code",), "products"),),
)
