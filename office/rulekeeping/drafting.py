"""Drafts of rules, saved as versions that are never changed; what a draft may begin from; a value put into its text.

save(writer, Wish(...), doer=…) · remove(writer, name, …)    in a transaction of their own on the office's day
save_in(db, …, at=) · remove_in(db, …, at=)                  inside the caller's

A draft may be saved with any fault in it: it decides nothing. Only what is sound can be proposed (`publishing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.rulekeeping.drafts import SavedDraft, draft_versions, standing_drafts
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.programs import LARGEST, program_in_force, program_named, program_names
from office.refusal import Refused, refuse
from office.signing import kept_name, kept_text
from rules.program import Words

LONGEST_NAME = 30
LONGEST_NOTE = 200


@dataclass(frozen=True)
class Wish:
    """What is to be saved. `based_on`: digest of the text it began from; `seen`: the version that the person saw (0: none)."""

    name: str
    program: str
    based_on: str
    text: str
    note: str = ""
    seen: int | None = None


class Meanwhile(Refused):
    """Somebody else saved the same draft, or took it away, after the person opened it; `theirs` is what stands now."""

    def __init__(self, words: Words, theirs: SavedDraft | None) -> None:
        super().__init__(words)
        self.theirs = theirs


def drafts(db: Database) -> tuple[SavedDraft, ...]:
    """The drafts that stand, the one saved last first."""
    return standing_drafts(db)


def draft_named(db: Database, name: str) -> SavedDraft:
    """One draft. Raises Refused, naming those that there are."""
    found = {one.name: one for one in standing_drafts(db)}
    if name in found:
        return found[name]
    zh, en = ("、".join(found), ", ".join(found)) if found else ("（还没有保存过）", "(none is saved)")
    raise refuse(f"没有名为“{name}”的草稿；已有：{zh}", f'there is no draft "{name}"; there are: {en}')


def save(writer: Writer, wish: Wish, *, doer: Doer) -> SavedDraft:
    """Save a draft, or a new version of it. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        return save_in(db, wish, doer=doer, at=now())


def save_in(db: Database, wish: Wish, *, doer: Doer, at: datetime) -> SavedDraft:
    """The same inside the caller's transaction, at an instant of the caller's."""
    by = allowed(db, doer, "draft_rules")
    name = kept_name(wish.name, Words("草稿名称", "the draft's name"), LONGEST_NAME)
    if wish.program not in program_names(db):
        raise refuse(
            f"没有名为“{wish.program}”的规则", f'there is no programme "{wish.program}"'
        )  # a draft changes what is published; a new programme needs code beside it
    kept_text(wish.text, Words("规则文件", "the programme's text"), LARGEST)
    note = kept_text(wish.note, Words("说明", "the note"), LONGEST_NOTE) if wish.note.strip() else None
    last = _last(db, name, wish.seen)
    if last is not None and not last.removed:
        if last.program != wish.program:
            raise refuse(
                f"草稿“{name}”是另一套规则的，请换一个名称",
                f'the draft "{name}" is of another programme: choose another name',
            )
        if (last.text, last.note) == (wish.text, note):
            raise refuse(f"草稿“{name}”与已保存的完全相同", f'the draft "{name}" is saved just so already')
    row: dict[str, Cell] = {
        "id": next_id(db, "rule_drafts"),
        "name": name,
        "program": wish.program,
        "version": last.version + 1 if last is not None else 1,
        "removed": 0,
        "based_on": wish.based_on,
        "text": wish.text,
        "note": note,
    }
    record(db, "rule_draft", {"rule_drafts": [row]}, at=at, by=by)
    return draft_versions(db, name)[-1]


def remove(writer: Writer, name: str, *, doer: Doer, seen: int | None = None) -> SavedDraft:
    """Take a draft's name away; its versions stay in the record. Raises Refused."""
    with writer.transaction() as db:
        return remove_in(db, name, doer=doer, at=now(), seen=seen)


def remove_in(db: Database, name: str, *, doer: Doer, at: datetime, seen: int | None = None) -> SavedDraft:
    """The same inside the caller's transaction, at an instant of the caller's."""
    by = allowed(db, doer, "draft_rules")
    standing = draft_named(db, name)
    _last(db, name, seen)
    row: dict[str, Cell] = {
        "id": next_id(db, "rule_drafts"),
        "name": name,
        "program": standing.program,
        "version": standing.version + 1,
        "removed": 1,
        "based_on": standing.based_on,
        "text": standing.text,
        "note": standing.note,
    }
    record(db, "rule_draft", {"rule_drafts": [row]}, at=at, by=by)
    return draft_versions(db, name)[-1]


def text_to_begin(db: Database, program: str, source: str, day: date, uploaded: bytes | None = None) -> str:
    """The text a draft begins with: `in_force` on the day, the file on `disk`, or what was uploaded. Raises Refused."""
    if source == "in_force":
        return program_in_force(db, day, program).text
    if source == "disk":
        return program_named(program).text
    if uploaded is None:
        raise refuse("请先选择要上传的规则文件", "choose the file first")
    return text_of(uploaded)


def text_of(data: bytes) -> str:
    """A file's bytes as the text of a draft. Raises Refused."""
    if len(data) > LARGEST:
        raise refuse("规则文件超过 1 MB，没有读取", "the file is larger than 1 MB and was not read")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise refuse(
            "文件不是 UTF-8 文本，没有读取。请另存为 UTF-8 再上传",
            "the file is not UTF-8 text and was not read: save it as UTF-8",
        ) from None


def first_of_next_month(day: date) -> date:
    """From when a new value counts unless somebody says otherwise."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _last(db: Database, name: str, seen: int | None) -> SavedDraft | None:
    """The newest version. Raises Meanwhile where it is not the one that the person saw."""
    versions = draft_versions(db, name)
    last = versions[-1] if versions else None
    version = last.version if last is not None and not last.removed else 0
    if seen is not None and seen != version:
        raise _meanwhile(name, last, seen)
    return last


def _meanwhile(name: str, last: SavedDraft | None, seen: int) -> Meanwhile:
    if last is None or last.removed:
        words = Words(
            f"草稿“{name}”已被删除，没有保存。可以换一个名称保存您的修改。",
            f'the draft "{name}" was removed meanwhile and nothing was saved. Save yours under another name.',
        )
        return Meanwhile(words, None)
    if seen == 0:
        words = Words(
            f"已有名为“{name}”的草稿（第 {last.version} 版，{last.recorded_by}保存），没有保存。请换一个名称。",
            f'there is a draft "{name}" already (version {last.version}, saved by {last.recorded_by}). Nothing was saved:'
            " choose another name.",
        )
        return Meanwhile(words, last)
    words = Words(
        f"{last.recorded_by}在您修改期间保存了“{name}”第 {last.version} 版，您的没有保存，也没有丢失。"
        "请比较两份，再换一个名称保存，或放弃您的修改。",
        f'{last.recorded_by} saved version {last.version} of "{name}" while you were working. Yours was not saved and is'
        " not lost: compare the two, then save it under another name or give it up.",
    )
    return Meanwhile(words, last)
