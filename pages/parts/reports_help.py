"""带动户、检验与补贴: what the office's own work came to in the bulletin's month, in lines of words."""

from __future__ import annotations

import streamlit as st

from data.papers.filters import yuan
from office.reports.bulletin_data import BulletinFigures
from pages.parts.language import _, _n


def help_lines(found: BulletinFigures) -> None:
    """Households led, inspections, verdicts and subsidy: counts only."""
    help_ = found.help
    st.markdown(
        _n("本月带动贫困户 **{n}** 户（同一户只计一次）；只列户数，不列户名。", found.whole.led)
        + "\n\n"
        + _("检验样品 {samples} 份：合格 {passed}，不合格 {failed}，待确证和不适用 {pending}。").format(
            samples=help_.samples, passed=help_.passed, failed=help_.failed, pending=help_.pending
        )
    )
    if help_.goods is not None:
        st.markdown(
            _(
                "月末帮扶农产品 {goods} 个，按规则判定符合包装支持的 {packaging} 个，符合申请物流补贴的 {logistics} 个。"
            ).format(
                goods=f"{help_.goods:,}",
                packaging=f"{help_.eligible_packaging or 0:,}",
                logistics=f"{help_.eligible_logistics or 0:,}",
            )
        )
    st.markdown(
        _("本月确认结算物流补贴申报 {claims} 单、{households} 户，合计 {money} 元。").format(
            claims=f"{help_.claims_settled:,}",
            households=f"{help_.households_settled:,}",
            money=yuan(help_.settled),
        )
    )
