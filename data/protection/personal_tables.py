"""What is personal in the tables beside the registers, column by column: every protected table, and those outside the chain.

`names`: people are named there. `words`: somebody wrote free words, which may speak of one. `tells`: by a number it
belongs to one household or good. `staff`: who of the office did it. Every other column was looked at and tells of nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.words import Words

KINDS: Mapping[str, Words] = {
    "names": Words("写有姓名", "names people"),
    "words": Words("自由填写的文字，可能写到人", "free words that may speak of a person"),
    "tells": Words("经编号联系到一户", "linked to a household by number"),
    "staff": Words("工作人员", "staff of the office"),
}


@dataclass(frozen=True)
class LookedAt:
    """A table's columns by kind, each kind a list of names; `nothing` are those that tell of nobody."""

    title: Words
    names: str = ""
    words: str = ""
    tells: str = ""
    staff: str = ""
    nothing: str = ""

    def columns(self, kind: str) -> tuple[str, ...]:
        return tuple(getattr(self, kind).split())


def _of(zh: str, en: str, **kinds: str) -> LookedAt:
    return LookedAt(Words(zh, en), **kinds)


# Columns of who recorded a row (`recorded_by`) are staff in every one of them and not repeated.
TABLES: Mapping[str, LookedAt] = {
    "settings": _of("设置", "Settings", words="value", nothing="key"),
    "chain": _of("记录链", "Chain", staff="actor", tells="body", nothing="seq at action prev hash"),
    "runs": _of(
        "判定存档",
        "Recorded runs",
        staff="recorded_by",
        nothing="id program digest scope as_of known_at known_seq parameters engines recorded_at recorded_seq goods"
        " decisions rows_digest",
    ),
    "decisions": _of(
        "判定",
        "Decisions",
        tells="good_entity subject verdict findings facts evidence",
        nothing="id run_id benefit row",
    ),
    "programs": _of("规则文本", "Rule texts", nothing="digest program text recorded_seq"),
    "acts": _of(
        "处理",
        "Acts",
        words="reason details",
        tells="good_entity subject state case_id decision_id",
        nothing="id benefit kind done_on effective_on overrides delivered_on defence_until document_no",
    ),
    "packaging_moves": _of(
        "包装物资收发",
        "Packaging moves",
        words="reason",
        tells="from_good to_good subject act_id",
        nothing="id slip_no kind item_entity quantity from_place to_place done_on",
    ),
    "settlements": _of(
        "结算",
        "Settlements",
        words="note",
        nothing="id number program digest claimed_until done_on known_at known_seq parameters engines pool lines due paid",
    ),
    "settlement_lines": _of(
        "结算行",
        "Settlement lines",
        tells="shipment_entity shipment_row claim_no subject household_no verdict findings facts evidence due capped paid",
        nothing="id settlement_id kind shipped_on row adjusts",
    ),
    "settlement_steps": _of(
        "结算的步骤",
        "Steps of settlements",
        words="reason",
        nothing="id settlement_id kind done_on document_no",
    ),
    "public_notices": _of(
        "公示",
        "Public notices",
        names="entries",
        nothing="id number kind settlement_id period_from period_to posted_on days ends_on place phone",
    ),
    "public_notice_steps": _of(
        "公示的步骤", "Steps of public notices", words="text", nothing="id notice_id kind done_on answers"
    ),
    "documents": _of(
        "文书",
        "Papers",
        names="context",
        tells="about subject",
        nothing="id number series year serial kind done_on",
    ),
    "reported_figures": _of(
        "签报的数字",
        "Reported figures",
        words="remark",
        nothing="id target as_of known_at done_on digest figures",
    ),
    "scenarios": _of("推演方案", "Scenarios", words="name note", nothing="id version removed levers"),
    "bulletins": _of(
        "通报",
        "Bulletins",
        words="remark",
        nothing="id month edition number done_on known_at context changes",
    ),
    "assessments": _of(
        "考核",
        "Assessments",
        words="remark",
        nothing="id period_from period_to edition number done_on known_at digest scores changes",
    ),
    "vetoes": _of(
        "一票否决", "Vetoes", words="reason", nothing="id township_code year kind done_on document_no"
    ),
    "rule_drafts": _of(
        "规则草稿", "Rule drafts", words="name note text", nothing="id program version removed based_on"
    ),
    "rule_cases": _of("规则用例", "Rule cases", words="name text", nothing="id program version removed"),
    "publications": _of(
        "规则发布",
        "Publications",
        words="reason",
        nothing="id program digest kind effective_on based_on done_on document_no",
    ),
    "publication_steps": _of(
        "发布的步骤",
        "Steps of publications",
        words="reason",
        nothing="id publication_id kind done_on document_no",
    ),
    "confirmations": _of(
        "口径确认",
        "Confirmed readings",
        words="remark",
        staff="confirmed_by",
        nothing="id file part kind stated confirmed_on document_no done_on",
    ),
    "audit_samples": _of(
        "抽样",
        "Audit samples",
        words="remark",
        nothing="id number seed size population population_digest asked drawn done_on",
    ),
    "audit_findings": _of(
        "抽样的发现", "Findings", words="text", tells="decision_id", nothing="id sample_id kind done_on"
    ),
    "rechecks": _of(
        "全部复核",
        "Re-checks",
        tells="first",
        nothing="id head_seq head_hash decisions differences seconds done_on",
    ),
    "accounts": _of(
        "人员与账号",
        "Accounts",
        words="reason",
        staff="login name role active kind password_digest code_digest",
        nothing="id",
    ),
    "personal_steps": _of(
        "个人信息记录",
        "Personal log",
        words="reason",
        tells="household_no",
        nothing="id kind register fields rows answers done_on",
    ),
    "backups": _of(
        "备份记录",
        "Backups",
        words="note",
        nothing="id kind cause file bytes sha256 head_seq head_hash counts copies seconds",
    ),
    "credentials": _of(
        "密码摘要（不在链上）", "Credentials (outside the chain)", staff="login password code code_until"
    ),
    "web_sessions": _of(
        "登录（不在链上）",
        "Sign-ins (outside the chain)",
        staff="login means created_at seen_at ended_at",
        nothing="token_hash",
    ),
    "sign_in_failures": _of(
        "登录失败（不在链上）",
        "Failed sign-ins (outside the chain)",
        staff="login failures last_at locked_until",
    ),
}
