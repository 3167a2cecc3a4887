"""The chain of entries: numbers, instants, and the hash that each entry carries of itself and the one before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .canonical import encode, hashed, json_text
from .pack import Pack
from .told import Difference

FORMAT = "office-chain-v1"


@dataclass(frozen=True)
class Entry:
    """One entry whose hash holds; `body` is what it says."""

    seq: int
    at: str
    actor: str
    action: str
    body: dict[str, Any]
    hash: str


def genesis(install_id: str) -> str:
    """What stands before the first entry of an installation."""
    return _hash(json_text({"format": FORMAT, "install_id": install_id}))


def read_chain(pack: Pack, anchor: tuple[int, str] | None) -> tuple[list[Entry], Difference | None]:
    """Every entry up to the first that does not hold, and what does not. A paper bears the beginning of a hash."""
    settings = {str(key): str(value) for key, value in pack.rows("settings")}
    prev, at = settings.get("genesis", ""), ""
    entries: list[Entry] = []
    if prev != genesis(settings.get("install_id", "")):
        return [], Difference(
            "chain 0",
            "链的起点与本安装的编号不符（settings 的 install_id、genesis）。",
            "The chain's beginning is not that of this installation (settings: install_id, genesis).",
        )
    for row in pack.rows("chain"):
        expected = len(entries) + 1
        entry, fault = _checked(expected, prev, at, row)
        if fault or entry is None:
            return entries, fault
        if anchor and anchor[0] == expected and not entry.hash.startswith(anchor[1]):
            zh, en = "此条与纸面上的链首不符。", "This entry is not the one printed on the paper."
            return entries, Difference(f"chain {expected}", zh, en)
        entries.append(entry)
        prev, at = entry.hash, entry.at
    return entries, _at_the_end(pack, entries, anchor)


def _checked(expected: int, prev: str, at: str, row: list[Any]) -> tuple[Entry | None, Difference | None]:
    def wrong(zh: str, en: str) -> tuple[None, Difference]:
        return None, Difference(f"chain {expected}", zh, en)

    if row[0] != expected:
        return wrong(
            f"缺少此条（下一条是第 {row[0]} 条）。", f"This entry is missing (the next one is {row[0]})."
        )
    if not all(isinstance(cell, str) for cell in row[1:]):
        return wrong("有空缺的项。", "Something is missing in it.")
    seq, when, actor, action, body, before, own = row
    if before != prev:
        return wrong("prev：与前一条不相接。", "prev: it does not continue the entry before it.")
    if when < at:
        return wrong("at：时间早于前一条。", "at: its instant lies before that of the entry before it.")
    named = "".join(
        f'"{name}":{encode(text)},'
        for name, text in zip(("action", "actor", "at"), (action, actor, when), strict=True)
    )
    if _hash(f'{{{named}"body":{body},"prev":"{before}","seq":{seq}}}') != own:
        return wrong("hash：内容与其哈希值不符。", "hash: its content does not have its hash.")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return wrong("body：不是 JSON 对象。", "body: it is no JSON object.")
    return Entry(seq, when, actor, action, said, own), None


def _at_the_end(pack: Pack, entries: list[Entry], anchor: tuple[int, str] | None) -> Difference | None:
    last = len(entries)
    head = pack.about.get("head")
    told = (head.get("seq"), head.get("hash")) if isinstance(head, dict) else None
    if entries and told != (last, entries[-1].hash):
        return Difference(
            f"chain {last}",
            "链首与清单和说明上写的不符。",
            "The head is not the one that the pack's list states.",
        )
    if anchor and not 1 <= anchor[0] <= last:
        return Difference(
            f"chain {last}",
            f"纸面上是第 {anchor[0]} 条，链到此为止。",
            f"The chain ends here; the paper says entry {anchor[0]}.",
        )
    return None


def _hash(text: str) -> str:
    return hashed(f"{FORMAT}\0{text}")
