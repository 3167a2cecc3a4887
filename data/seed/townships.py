"""The county's nine townships and 其他单位, which `init` brings to every database."""

from __future__ import annotations

# Division code 653128; the last three digits have been stable since 2018.
_NAMES = {
    "653128100": "岳普湖镇",
    "653128101": "艾西曼镇",
    "653128102": "铁热木镇",
    "653128103": "也克先拜巴扎镇",
    "653128200": "岳普湖乡",
    "653128203": "阿其克乡",
    "653128204": "色也克乡",
    "653128206": "巴依阿瓦提乡",
    "653128207": "阿洪鲁库木乡",
}

# The notice is also addressed to state farms, which belong to no township. Not an official code.
OTHER_UNITS = "653128999"


def townships() -> list[dict[str, str]]:
    """The rows of the register of townships: the nine, then 其他单位."""
    names = {**_NAMES, OTHER_UNITS: "其他单位"}
    return [{"township_code": code, "township_name": name} for code, name in names.items()]
