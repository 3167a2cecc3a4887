"""The register of certifications (认证): green, organic, geographical indication, pollution-free, SC; a renewal names what it renews."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import is_sc_number, needs, not_before, not_itself, one_of
from data.registers.fields import RegisterModel, choice, code, day
from data.registers.naming import a_product, a_supplier
from data.words import Words

KINDS = {
    "green": ("绿色食品", "Green food"),
    "organic": ("有机", "Organic"),
    "geographical": ("农产品地理标志", "Geographical indication"),
    "pollution_free": ("无公害", "Pollution-free"),
    "sc": ("食品生产许可(SC)", "Food production licence (SC)"),
}


class Certifications(RegisterModel):
    certificate_no: str = code(
        "证书编号",
        "Certificate no.",
        (
            "证书的编号；办理中的填申请编号，发证后另登记证书、此行填注销日期",
            "The certificate's number; of an application its own: once issued, enter the certificate and withdraw this row",
        ),
        "LB2020-0001",
    )
    kind: str = choice("认证类别", "Kind", ("认证的类别", "The kind of certification"), KINDS)
    supplier_code: str = a_supplier("取得认证的主体", "The supplier that holds it")
    product_code: str = a_product(
        "认证的产品；不限于一种的留空", "The product; blank where it is not about one", required=False
    )
    applied_on: str = day(
        "申请日期",
        "Applied on",
        ("提出申请的日期", "The day it was applied for"),
        "2020-02-10",
        required=False,
    )
    issued_on: str = day(
        "发证日期",
        "Issued on",
        ("发证的日期；办理中的留空", "The day it was issued; blank while in progress"),
        "2020-08-15",
        required=False,
    )
    expires_on: str = day(
        "有效期至",
        "Expires on",
        ("有效期的最后一天；长期有效的留空", "The last day it holds; blank where it has no end"),
        "2023-08-14",
        required=False,
        may_be_future=True,
    )
    withdrawn_on: str = day(
        "注销日期", "Withdrawn on", ("注销或撤销的日期", "The day it was withdrawn"), "", required=False
    )
    renewal_of: str = code(
        "续展的原证书编号",
        "Renewal of",
        ("续展时填原证书编号，新认证的留空", "The certificate it renews; blank for a new one"),
        "",
        required=False,
    )


ABOUT = About(
    model=Certifications,
    name="certifications",
    position=20,
    title=Words("认证", "Certifications"),
    key=("certificate_no",),
    group="supply",
    clauses=(
        "三(三)",
        "四(四)",
    ),
    day="issued_on",
    references=(
        Reference(("supplier_code",), "suppliers"),
        Reference(("product_code",), "products"),
        Reference(("renewal_of",), "certifications"),
    ),
    across=(
        one_of("issued_on", "applied_on"),
        not_before("issued_on", "applied_on"),
        not_before("expires_on", "issued_on"),
        needs("expires_on", "issued_on"),
        not_before("withdrawn_on", "issued_on"),
        is_sc_number("certificate_no", "kind", "issued_on"),
        not_itself("renewal_of", "certificate_no"),
    ),
)
