"""The register of products (产品): what kinds of produce there are, and which are standardised."""

from __future__ import annotations

from data.register import About
from data.registers.fields import RegisterModel, YesNo, choice, code, name, yes_no
from data.words import Words

CATEGORIES = {
    "fruit": ("果品", "Fruit"),
    "dried_fruit": ("干果", "Dried fruit"),
    "vegetable": ("蔬菜", "Vegetables"),
    "grain_oil": ("粮油", "Grain and oil"),
    "livestock": ("畜产", "Livestock"),
    "egg": ("禽蛋", "Eggs"),
    "bee_product": ("蜂产品", "Bee products"),
    "spice": ("香料", "Spices"),
    "other": ("其他", "Other"),
}


class Products(RegisterModel):
    product_code: str = code(
        "产品编码",
        "Product code",
        ("本办公室统一使用的产品编码", "The code the office uses for the product"),
        "P01",
    )
    product_name: str = name(
        "产品名称", "Product", ("产品的通用名称", "Common name of the product"), "示例杏干"
    )
    category: str = choice("类别", "Category", ("产品所属的类别", "The kind of produce"), CATEGORIES)
    standardised: YesNo = yes_no(
        "是否标准化",
        "Standardised",
        (
            "是否为标准化产品；规划的检验和包装扶持针对非标准化产品",
            "Whether the product is standardised; the plan's support is for those that are not",
        ),
    )


ABOUT = About(
    model=Products,
    name="products",
    position=4,
    title=Words("产品", "Products"),
    key=("product_code",),
    group="goods",
    clauses=("三(八)", "四(四)", "四(八)"),
)
