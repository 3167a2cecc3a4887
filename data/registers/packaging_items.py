"""The register of packaging items (包装物资): durable equipment, and materials that are used up."""

from __future__ import annotations

from data.register import About
from data.registers.fields import RegisterModel, choice, code, name
from data.words import Words

ITEM_KINDS = {
    "equipment": ("设备(可收回)", "Equipment (can be taken back)"),
    "material": ("包材(消耗)", "Material (used up)"),
}


class PackagingItems(RegisterModel):
    item_code: str = code("物资编码", "Item code", ("包装物资的编码", "The code of the item"), "W01")
    item_name: str = name("物资名称", "Item", ("包装物资的名称", "What the item is called"), "示例真空包装机")
    item_kind: str = choice(
        "类别",
        "Kind",
        (
            "设备可以收回；包材用掉即消耗，只收回未用的",
            "Equipment can be taken back; of materials only what has not been used",
        ),
        ITEM_KINDS,
        also_read={"设备": "equipment", "包材": "material"},
    )
    item_unit: str = name(
        "计量单位",
        "Unit",
        ("清点这种物资的单位，如台、个、卷", "What it is counted in, such as pieces or rolls"),
        "台",
    )


ABOUT = About(
    model=PackagingItems,
    name="packaging_items",
    position=8,
    title=Words("包装物资", "Packaging items"),
    key=("item_code",),
    group="goods",
    clauses=("三(八)", "四(八)"),
)
