"""The chain of a batch, link by link: a sign, what it is, what is known, and the way to the row it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from data.register import register
from office.registry.linking import row_address
from office.registry.tracing import Chain, Movement
from pages.parts import address
from pages.parts.evidence import conclusion_label
from pages.parts.language import _, say
from pages.parts.looks import FINDINGS
from pages.parts.registers_table import as_plain, in_words

Facts = Sequence[tuple[str, str]]


def show_chain(chain: Chain) -> None:
    """From the batch and its origin to where it went, in the order in which it happened."""
    batch = chain.batch
    product = chain.product["product_name"] if chain.product else ""
    st.subheader(as_plain(f"{batch['trace_code']}　{product}".rstrip("　")), anchor=False)
    _batch(chain)
    _origin(chain)
    _inspection(chain)
    _conformity(chain)
    _certificate(chain)
    _packing(chain)
    if not chain.movements:
        _missing(_("去向"), _("没有登记去向"))
    for movement in chain.movements:
        _movement(movement)


def title(name: str, column: str) -> str:
    """A column's title in the language of the run."""
    return say(register(name).column(column).title)


def said(name: str, row: Mapping[str, Any], column: str) -> str:
    """A value in words; "" for what is not filled in."""
    return in_words(register(name).column(column), row[column], {})


def _batch(chain: Chain) -> None:
    names = ("harvested_on", "quantity")
    facts = [(title("trace_batches", name), said("trace_batches", chain.batch, name)) for name in names]
    product = chain.product
    words = [product["product_name"], said("products", product, "category")] if product else []
    facts.insert(0, (_("产品"), " · ".join(words)))
    _link("trace_batches", chain.batch, _("采收"), facts, holds=True)


def _origin(chain: Chain) -> None:
    town = chain.township["township_name"] if chain.township else ""
    place = f"{town} {chain.village['village_name']}" if chain.village else ""
    facts = [
        (_("乡镇和村"), place),
        (_("户"), _("{head}，户编号末四位 {end}").format(head=chain.head, end=chain.household_end)),
    ]
    if chain.village is None:
        _missing(_("产地"), _("没有登记产地"))
    else:
        _link("villages", chain.village, _("产地"), facts, holds=True)


def _inspection(chain: Chain) -> None:
    row, again = chain.inspection, chain.reinspection
    if row is None:
        _missing(_("检验"), _("这一批没有登记检验"))
        return
    conclusion = (again or row)["conclusion"]
    facts = [
        (title("inspections", name), said("inspections", row, name))
        for name in ("sample_no", "sampling_date", "result_date", "method")
    ]
    facts.append((title("inspections", "conclusion"), conclusion_label(row["conclusion"])))
    if again is not None:
        told = f"{again['sample_no']} {conclusion_label(again['conclusion'])}"
        facts.append((_("复检"), told))
    holds = {"pass": True, "fail": False}.get(conclusion)  # nosec B105 # a result of a test
    _link("inspections", row, _("检验"), facts, holds=holds if chain.of_the_batch else None)
    if not chain.of_the_batch:
        st.warning(_("这个样品不是这一户的这种产品，请核对样品编号。"), icon=":material/warning:")


def _conformity(chain: Chain) -> None:
    number = chain.batch["conformity_no"]
    if number is None:
        _missing(_("合格证"), _("没有登记承诺达标合格证"))
        return
    facts = [(title("trace_batches", "conformity_no"), number)]
    _link("trace_batches", chain.batch, _("合格证"), facts, holds=True)


def _certificate(chain: Chain) -> None:
    row = chain.certificate
    if row is None:
        _missing(_("认证"), _("这一批没有登记认证"))
        return
    words = {
        "valid": _("包装当日有效"),
        "not_valid": _("包装当日无效"),
        "unknown": _("没有包装日期，无法确定当日是否有效"),
    }
    facts = [
        (title("certifications", name), said("certifications", row, name))
        for name in ("certificate_no", "kind", "issued_on", "expires_on")
    ]
    holds = {"valid": True, "not_valid": False}.get(chain.validity)
    _link("certifications", row, _("认证"), [*facts, (_("效力"), words[chain.validity])], holds=holds)


def _packing(chain: Chain) -> None:
    if chain.batch["packed_on"] is None:
        _missing(_("包装"), _("没有登记包装日期"))
        return
    name = "packed_on"
    facts = [(title("trace_batches", name), said("trace_batches", chain.batch, name))]
    _link("trace_batches", chain.batch, _("包装"), facts, holds=True)


def _movement(movement: Movement) -> None:
    row, shipment = movement.row, movement.shipment
    facts = [
        (title("trace_movements", name), said("trace_movements", row, name))
        for name in ("moved_on", "moved_to", "channel", "quantity")
    ]
    if shipment is not None:
        facts += [
            (title("shipments", name), said("shipments", shipment, name))
            for name in ("shipped_on", "destination_province")
        ]
        facts.append((title("shipments", "waybill_no"), _("末四位 {end}").format(end=movement.waybill_end)))
    way = _link("trace_movements", row, _("去向 {n}").format(n=row["step"]), facts, holds=True)
    if shipment is not None:
        with way:
            where = row_address("shipments", shipment["claim_no"])
            address.link("registers", _("看物流申报"), icon=":material/local_shipping:", **where)


def _link(name: str, row: Mapping[str, Any], what: str, facts: Facts, *, holds: bool | None) -> Any:
    """One link: its sign (colour is never alone), the facts, and where it is registered; gives the place of the ways."""
    kept = register(name)
    sign, body, way = st.columns([1, 6.8, 1.4], vertical_alignment="top")
    sign.html(_sign(what, "unknown" if holds is None else "holds" if holds else "fails"))
    body.markdown(
        "　".join(f"{label} **{as_plain(value) if value else _('不详')}**" for label, value in facts)
    )
    with way:
        where = row_address(name, [row[column] for column in kept.key])
        address.link("registers", _("看登记"), icon=":material/visibility:", **where)
    return way


def _missing(what: str, told: str) -> None:
    sign, body = st.columns([1, 8.2], vertical_alignment="top")
    sign.html(_sign(what, "unknown"))
    body.markdown(_("不详：{told}").format(told=told))


def _sign(what: str, finding: str) -> str:
    look = FINDINGS[finding]
    drawn = f'<span style="color:{look.colour};display:inline-block;width:1.3em">{look.sign}</span>'
    return f"<b>{drawn}{escape(what)}</b>"
