"""The register of villages (村): the township each lies in, and whether it counts as a poor village."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import RegisterModel, YesNo, code, name, yes_no
from data.words import Words


class Villages(RegisterModel):
    village_code: str = code(
        "村编码",
        "Village code",
        ("本办公室统一使用的村编码", "The code the office uses for the village"),
        "V001",
    )
    township_code: str = code(
        "乡镇编码",
        "Township code",
        ("所属乡镇，须已登记", "The township it lies in; must be registered"),
        "653128100",
    )
    village_name: str = name("村名", "Village", ("行政村名称", "Name of the village"), "示例村01")
    poor_village: YesNo = yes_no(
        "是否贫困村", "Poor village", ("是否列为贫困村", "Whether it is listed as a poor village")
    )


ABOUT = About(
    model=Villages,
    name="villages",
    position=2,
    title=Words("村", "Villages"),
    key=("village_code",),
    group="villages",
    clauses=("一",),
    references=(Reference(("township_code",), "townships"),),
)
