"""The log of what was done with personal data, in words, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from data.lists import ListColumn, list_xlsx
from data.papers.filters import masked
from data.people import Person
from data.protection.personal_fields import WITHHELD
from data.protection.personal_steps import PersonalStep, heads_of
from data.protection.personal_tables import TABLES
from data.register import REGISTERS
from data.store import Database
from office.days import HERE, now
from office.personal.noting import STEP_WORDS
from office.personal.showing import PACK, WHOLE
from office.registry.listing import sees_names
from rules.program import Words

OTHERS = {
    WHOLE: Words("全部", "everything"),
    "packaging": Words("包装物资", "packaging"),
}


def where_words(one: PersonalStep) -> Words:
    """Where it was: a register, a table, a page."""
    if one.register in REGISTERS:
        title = REGISTERS[one.register].title
    elif one.register in TABLES:
        title = TABLES[one.register].title
    else:
        return OTHERS.get(one.register, Words(one.register, one.register))
    return Words(title.zh, title.en)


def field_words(one: PersonalStep) -> Words:
    """What of it: fields with the row that they are of, parts of an extract, the row of a wish."""
    if one.fields == PACK:
        return Words("审计包", "audit pack")
    names, at, row = one.fields.partition(" @ ")
    said = [_titled(name) for name in names.split(",")]
    place = f" · {row.replace('~', '/')}" if at else ""
    return Words("、".join(w.zh for w in said) + place, ", ".join(w.en for w in said) + place)


def reasons_shown(db: Database, found: Sequence[PersonalStep], role: str) -> list[str]:
    """Why each was done, as a role may see it.

    What a household said in its wish is for roles that see names only; so is the name of its head, which somebody may
    have written into a reason.
    """
    if sees_names(role):
        return [one.reason for one in found]
    heads = heads_of(db, found)
    return [_without(one, heads.get(one.household_no or "", ())) for one in found]


def _without(one: PersonalStep, names: Iterable[str]) -> str:
    if one.kind not in ("show", "extract"):
        return WITHHELD
    reason = one.reason
    for name in filter(str.strip, names):
        reason = reason.replace(name, masked(name))
    return reason


def log_xlsx(db: Database, steps: Sequence[PersonalStep], person: Person) -> bytes:
    """The log as a workbook; it names no household's people, only numbers."""
    columns = [
        ListColumn("号", 6),
        ListColumn("时间", 18),
        ListColumn("由谁", 16),
        ListColumn("做了什么", 14),
        ListColumn("哪里", 16),
        ListColumn("户编号", 12),
        ListColumn("内容", 40),
        ListColumn("行数", 8),
        ListColumn("理由", 50),
    ]
    rows = [
        [
            one.id,
            datetime.fromisoformat(one.recorded_at).astimezone(HERE).strftime("%Y-%m-%d %H:%M"),
            one.recorded_by,
            STEP_WORDS[one.kind].zh,
            where_words(one).zh,
            one.household_no,
            field_words(one).zh,
            one.rows,
            reason,
        ]
        for one, reason in zip(steps, reasons_shown(db, steps, person.role), strict=True)
    ]
    about = [("行数", str(len(rows))), ("导出", f"{person.name}，{now().astimezone(HERE):%Y-%m-%d %H:%M}")]
    return list_xlsx("个人信息查看记录", columns, rows, about)


def _titled(name: str) -> Words:
    """A field's title, a register's, a table's, or what stands there (the key of a row)."""
    for register in REGISTERS.values():
        if name in register.by_name and register.by_name[name].personal:
            title = register.by_name[name].title
            return Words(title.zh, title.en)
    found = REGISTERS.get(name) or TABLES.get(name)
    return (
        Words(found.title.zh, found.title.en)
        if found
        else Words(name.replace("~", "/"), name.replace("~", "/"))
    )
