"""What people did: in the order of doing, resting on decisions that are there, taking away only by two persons."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from .deciding import Known
from .pack import Pack
from .told import Difference, shown

FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by their category that show nothing
ON_A_DECISION = ("grant", "withhold", "reinstate", "notify", "revoke")
OTHER_PERSON = {  # step, what it belongs to, by which column, which kinds need another person
    "settlement_steps": ("settlements", "settlement_id", ("check", "confirm")),
    "publication_steps": ("publications", "publication_id", ("publish",)),
}


def wanted_decisions(pack: Pack) -> Known:
    """The ids of decisions that something refers to."""
    wanted: set[int] = set()
    for name in ("acts", "audit_findings"):
        if name in pack.tables:
            wanted |= {row["decision_id"] for row in _rows(pack, name) if row["decision_id"] is not None}
    return Known(wanted)


def check_acts(pack: Pack, decisions: Known) -> Iterator[Difference]:
    """Acts, the steps of settlements and publications, and what was found about decisions."""
    names = _names(pack)
    yield from _acts(pack, decisions, names)
    for steps, (of, column, kinds) in OTHER_PERSON.items():
        if steps in pack.tables:
            yield from _second_person(pack, steps, of, column, kinds, names)
    if "audit_findings" in pack.tables:
        for row in _rows(pack, "audit_findings"):
            if row["decision_id"] not in decisions.found:
                yield _of(
                    "audit_findings", row, "decision_id", "没有这条判定。", "There is no such decision."
                )


def _acts(pack: Pack, decisions: Known, names: list[set[str]]) -> Iterator[Difference]:
    by_id: dict[int, dict[str, Any]] = {}
    last: dict[tuple[Any, Any], str] = {}
    state: dict[tuple[Any, Any], str] = {}
    steps: dict[Any, dict[str, dict[str, Any]]] = {}  # of each case, the last of its kind
    for number, act in enumerate(_rows(pack, "acts"), start=1):
        by_id[act["id"]] = act
        about = (act["good_entity"], act["benefit"])
        if act["id"] != number:
            yield _of("acts", act, "id", f"应是第 {number} 号。", f"Its number should be {number}.")
        if act["done_on"] < last.get(about, ""):
            zh, en = "早于同一事项的上一次处理。", "It lies before the act before it about the same."
            yield _of("acts", act, "done_on", zh, en)
        last[about] = act["done_on"]
        yield from _on_its_decision(act, decisions)
        if act["state"] is not None:
            yield from _takes_effect(act, state.get(about, ""))
            state[about] = act["effective_on"]
        if act["case_id"] is not None:
            yield from _in_its_case(act, by_id.get(act["case_id"]), names)
            yield from _in_turn(act, by_id.get(act["case_id"]), steps.setdefault(act["case_id"], {}))
            steps[act["case_id"]][act["kind"]] = act


def _takes_effect(act: dict[str, Any], before: str) -> Iterator[Difference]:
    """From the day of doing on, what is taken away from the next; never before the act before it counts."""
    on = act["effective_on"]
    if on < max(act["done_on"], before) or (act["kind"] == "revoke" and on == act["done_on"]):
        zh, en = "生效日早于办理当天或上一次的生效日，或取消当天就生效。", "It counts from too early a day."
        yield _of("acts", act, "effective_on", zh, en)


def _in_turn(
    act: dict[str, Any], notice: dict[str, Any] | None, before: dict[str, dict[str, Any]]
) -> Iterator[Difference]:
    """Taking away: delivered, heard, the period over, as it was announced."""
    delivered = before.get("deliver")
    if notice is not None and act["kind"] == "deliver" and act["delivered_on"] < notice["done_on"]:
        zh, en = "送达早于告知书。", "It was delivered before the notice was issued."
        yield _of("acts", act, "delivered_on", zh, en)
    if act["kind"] != "revoke":
        return
    if delivered is None or "hear" not in before:
        zh, en = "没有送达或没有记录申辩就作了决定。", "It was decided without delivery or hearing."
        yield _of("acts", act, "kind", zh, en)
    elif act["done_on"] <= delivered["defence_until"]:
        until = delivered["defence_until"]
        zh, en = f"申辩期到 {until} 才满。", f"The defence period lasted until {until}."
        yield _of("acts", act, "done_on", zh, en)
    if notice is not None and act["overrides"] != notice["overrides"]:
        zh, en = "与告知书的不同。", "It is another one than the notice's."
        yield _of("acts", act, "overrides", zh, en)


def _on_its_decision(act: dict[str, Any], decisions: Known) -> Iterator[Difference]:
    if act["decision_id"] is None:
        if act["kind"] in ON_A_DECISION:
            yield _of("acts", act, "decision_id", "没有所依据的判定。", "It rests on no decision.")
        return
    decision = decisions.found.get(act["decision_id"])
    if decision is None:
        yield _of("acts", act, "decision_id", "没有这条判定。", "There is no such decision.")
        return
    subject, benefit, verdict, day = decision
    if (subject, benefit, day) != (act["subject"], act["benefit"], act["done_on"]):
        zh = f"所依据的判定说的是 {day} 的 {subject} {benefit}。"
        en = f"The decision it rests on is about {subject} {benefit} on {day}."
        yield _of("acts", act, "decision_id", zh, en)
    if act["kind"] == "revoke" and (act["state"] == "revoked") != (verdict == "revoked"):
        zh, en = f"规则的建议是 {verdict}。", f"The rules said {verdict}."
        yield _of("acts", act, "state", zh, en)
    against = (act["kind"] in ("grant", "reinstate") and verdict != "eligible") or (
        act["kind"] in ("withhold", "notify") and verdict == "eligible"
    )
    if against and act["overrides"] != 1:
        zh, en = f"与规则建议（{verdict}）不同而没有注明。", f"It goes against the rules ({verdict}) unsaid."
        yield _of("acts", act, "overrides", zh, en)


def _in_its_case(
    act: dict[str, Any], notice: dict[str, Any] | None, names: list[set[str]]
) -> Iterator[Difference]:
    if notice is None or notice["kind"] != "notify":
        yield _of("acts", act, "case_id", "所属的告知书不存在。", "There is no notice that it belongs to.")
    elif act["kind"] == "revoke" and _same(names, notice["recorded_by"], act["recorded_by"]):
        who = f"{shown(act['recorded_by'])} = {shown(notice['recorded_by'])} (acts {notice['id']})"
        zh, en = f"提出人和决定人是同一人：{who}。", f"Who proposed also decided: {who}."
        yield _of("acts", act, "recorded_by", zh, en)


def _second_person(
    pack: Pack, steps: str, of: str, column: str, kinds: tuple[str, ...], names: list[set[str]]
) -> Iterator[Difference]:
    first = {row["id"]: row for row in _rows(pack, of)}
    for step in _rows(pack, steps):
        begun = first.get(step[column])
        if begun is None:
            yield _of(steps, step, column, "所属的一条不存在。", "What it belongs to is not there.")
        elif step["kind"] in kinds and _same(names, begun["recorded_by"], step["recorded_by"]):
            zh, en = "起草人和经手人是同一人。", "Who began it also carried it through."
            yield _of(steps, step, "recorded_by", zh, en)


def _rows(pack: Pack, name: str) -> Iterator[dict[str, Any]]:
    columns = pack.table(name).columns
    return (dict(zip(columns, row, strict=True)) for row in pack.rows(name))


def _names(pack: Pack) -> list[set[str]]:
    """The spellings that belong to one person each."""
    accounts = _rows(pack, "accounts") if "accounts" in pack.tables else iter(())
    return [{_spelt(row["login"]), _spelt(row["name"])} for row in accounts]


def _same(names: list[set[str]], one: str, other: str) -> bool:
    either = {_spelt(one), _spelt(other)}
    return len(either) == 1 or any(either <= of_one for of_one in names)


def _spelt(name: str) -> str:
    """A name without what may differ from one writing to the next: width, case, blanks, dots."""
    folded = unicodedata.normalize("NFKC", str(name)).casefold()
    return "".join(c for c in folded if c.isalnum() and c not in FILLERS) or folded.strip()


def _of(table: str, row: dict[str, Any], column: str, zh: str, en: str) -> Difference:
    return Difference(f"{table} {shown(row['id'])}", f"{column}：{zh}", f"{column}: {en}")
