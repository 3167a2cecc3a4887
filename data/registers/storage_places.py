"""The register of storage places (存放点): where packaging equipment and materials lie until they are handed out."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import RegisterModel, code, name
from data.words import Words


class StoragePlaces(RegisterModel):
    place_code: str = code(
        "存放点编码", "Place code", ("存放点的编码", "The code of the storage place"), "K01"
    )
    place_name: str = name(
        "存放点名称",
        "Storage place",
        ("存放包装设备和包材的地点", "Where packaging equipment and materials are kept"),
        "示例镇电商服务站仓库",
    )
    township_code: str = code(
        "乡镇编码",
        "Township code",
        (
            "存放点所在乡镇，须已登记；县级仓库留空",
            "The township it lies in; must be registered. Blank for a store of the county",
        ),
        "653128100",
        required=False,
    )


ABOUT = About(
    model=StoragePlaces,
    name="storage_places",
    position=7,
    title=Words("存放点", "Storage places"),
    key=("place_code",),
    group="goods",
    clauses=("三(八)", "四(八)"),
    references=(Reference(("township_code",), "townships"),),
)
