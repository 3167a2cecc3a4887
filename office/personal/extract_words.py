"""What is kept of a household in plain Chinese: one line per version of a row, by parts, as it is handed out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.comparing import shown
from data.numbers import number_text
from data.papers.filters import yuan
from data.protection.personal_rows import Kept, Row
from data.register import REGISTERS, Register
from data.store import Database
from office.audit.findings import KINDS as FINDINGS
from office.casework.asked import KIND_WORDS as ACTS
from office.casework.in_force import STATE_WORDS
from office.days import HERE
from office.deciding import Decision, reasons
from office.listing_words import reason_words
from office.paperwork.papers_of_goods_and_money import kind_words
from office.personal.noting import STEP_WORDS
from office.programs import program_kept
from office.stores.packaging import KIND_WORDS as MOVES
from rules.program import Program
from rules.slip import verdict_words

BENEFITS = {"packaging": "包装设备和包材", "logistics": "物流补贴申请资格"}
Said = Callable[[Database, Row], str]


@dataclass(frozen=True)
class Line:
    """One version of a row: what it is about, what it says, and who recorded it when (with a reason where it corrects)."""

    about: str
    text: str
    recorded: str


@dataclass(frozen=True)
class Part:
    """One register or one kind of casework."""

    name: str
    title: str
    lines: tuple[Line, ...]


def parts_of(db: Database, kept: Kept) -> list[Part]:
    """Every part that has anything, the registers first."""
    registers = [
        Part(name, REGISTERS[name].title.zh, tuple(_register_line(REGISTERS[name], row) for row in rows))
        for name, rows in kept.registers.items()
    ]
    casework = [
        Part(table, CASEWORK[table][0], tuple(_casework_line(db, table, row) for row in rows))
        for table, rows in kept.casework.items()
    ]
    return [*registers, *casework]


def _register_line(register: Register, row: Row) -> Line:
    told = [
        f"{column.title.zh}：{_cell(register, column.name, row)}"
        for column in register.columns
        if register.key != (column.name,) and row[column.name] is not None
    ]
    about = "/".join(str(row[name]) for name in register.key)
    version = f"（第{row['version']}版）" if row["version"] > 1 else ""
    return Line(f"{about}{version}", "；".join(told) or "（只有编号）", _recorded(row))


def _cell(register: Register, name: str, row: Row) -> str:
    column = register.column(name)
    value = row[name]
    if column.kind == "number":
        unit = column.unit.zh if column.unit else ""
        return f"{number_text(int(value), column.scale)} {unit}".strip()
    return shown(column, value).zh


def _casework_line(db: Database, table: str, row: Row) -> Line:
    about = str(row.get("subject") or row.get("number") or row.get("register") or "")
    return Line(about, CASEWORK[table][1](db, row), _recorded(row))


def _recorded(row: Mapping[str, Any]) -> str:
    at = datetime.fromisoformat(row["recorded_at"]).astimezone(HERE).strftime("%Y-%m-%d %H:%M")
    reason = row.get("reason") if row.get("version", 0) > 1 else None
    return f"{at} {row['recorded_by']}" + (f"，更正理由：{reason}" if reason else "")


def _decision(db: Database, row: Row) -> str:
    program = program_kept(db, row["program"], row["digest"])
    findings: dict[str, str] = json.loads(row["findings"])
    why = _why(program, row, findings)
    benefit = program.benefits[row["benefit"]].title.zh
    return f"{row['as_of']} 的判定，{benefit}：{verdict_words(row['verdict']).zh}（{why}）"


def _why(program: Program, row: Row, findings: dict[str, str]) -> str:
    decided = Decision(row["subject"], row["benefit"], row["verdict"], row["row"], findings, {})  # type: ignore[arg-type]
    names = reasons(program, decided)
    said = [
        reason_words(program, ("unknown" if findings[name] == "unknown" else "fails", name)).zh
        for name in names
    ]
    return "；".join(said) or "各项条件都满足"


def _act(db: Database, row: Row) -> str:
    benefit = BENEFITS.get(row["benefit"], row["benefit"])
    told = [f"{row['done_on']} {benefit}：{ACTS[row['kind']].zh}"]
    if row["state"]:
        told.append(f"自 {row['effective_on']} 起{STATE_WORDS[row['state']].zh}")
    if row["document_no"]:
        told.append(f"文号 {row['document_no']}")
    if row["reason"]:
        told.append(f"理由：{row['reason']}")
    if statement := json.loads(row["details"]).get("text"):
        told.append(f"陈述：{statement}")
    return "；".join(told)


def _move(db: Database, row: Row) -> str:
    told = f"{row['done_on']} {MOVES[row['kind']].zh} {row['item_name']} {row['quantity']} {row['item_unit']}，单号 {row['slip_no']}"
    return told + (f"，理由：{row['reason']}" if row["reason"] else "")


def _settled(db: Database, row: Row) -> str:
    sums = [
        f"{title} {yuan(row[name])} 元"
        for title, name in (("应付", "due"), ("实付", "paid"))
        if row[name] is not None
    ]
    told = f"{row['done_on']} 结算 {row['number']}，申报 {row['claim_no']}：{verdict_words(row['verdict']).zh if row['verdict'] else '调整'}"
    return "，".join([told, *sums])


def _document(db: Database, row: Row) -> str:
    return f"{row['done_on']} {kind_words(row['kind']).zh}，编号 {row['number']}"


def _finding(db: Database, row: Row) -> str:
    return f"{row['done_on']} 抽样检查判定 {row['decision_id']}：{FINDINGS[row['kind']].zh}" + (
        f"，{row['text']}" if row["text"] else ""
    )


def _notice(db: Database, row: Row) -> str:
    return (
        f"{row['posted_on']} 至 {row['ends_on']} 公示，编号 {row['number']}；姓名只写姓氏，户编号只写末四位"
    )


def _step(db: Database, row: Row) -> str:
    return f"{row['done_on']} {STEP_WORDS[row['kind']].zh}，{row['rows']} 行，理由：{row['reason']}"


CASEWORK: Mapping[str, tuple[str, Said]] = {
    "decisions": ("判定", _decision),
    "acts": ("处理", _act),
    "packaging_moves": ("包装物资收发", _move),
    "settlement_lines": ("物流补贴结算", _settled),
    "documents": ("文书", _document),
    "audit_findings": ("抽样检查", _finding),
    "public_notices": ("公示", _notice),
    "personal_steps": ("谁看过、要过本户的信息", _step),
}
