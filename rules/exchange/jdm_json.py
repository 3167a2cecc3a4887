"""A programme as a GoRules JDM file (JSON): one graph, inputs on the left, findings and verdicts as its result."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.exchange.building import model_of
from rules.exchange.layout import TOP, places
from rules.exchange.model import Beside, Cell, Input, Model, Table
from rules.exchange.words import SIGNS
from rules.program import Program

_TYPES = {"choice": "string", "yes_no": "boolean", "count": "integer"}


def jdm(program: Program, day: date) -> str:
    """The programme with the values in force on `day`. Raises NotInForce."""
    model = model_of(program, day)
    at = places(model)
    right = max(x for x, _ in at.values()) + 400
    nodes = [
        _node("request", "request", "inputNode", (-360, TOP), {"schema": _schema(model)}),
        *(
            _node(t.name, t.name, "decisionTableNode", at[t.name], _table(t, model.labels))
            for t in model.tables
        ),
        _node("response", "response", "outputNode", (right, TOP), {}),
    ]
    document = {
        "contentType": "application/vnd.gorules.decision",
        "description": model.about,
        "nodes": nodes,
        "edges": _edges(model),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _node(key: str, name: str, kind: str, at: tuple[int, int], content: dict[str, Any]) -> dict[str, Any]:
    position = {"x": at[0], "y": at[1]}
    return {"id": key, "name": name, "type": kind, "position": position, "content": content}


def _schema(model: Model) -> str:
    """What may be handed in, as JSON Schema; what is left out is unknown, as null is."""
    properties = {one.name: _property(one) for one in model.inputs}
    return json.dumps(
        {"type": "object", "description": model.about, "properties": properties}, ensure_ascii=False
    )


def _property(one: Input) -> dict[str, Any]:
    found: dict[str, Any] = {"title": one.label, "description": one.about, "type": _TYPES[one.kind]}
    if one.kind == "count":
        found["minimum"] = 0
    if one.choices:
        found["enum"] = list(one.choices)
    if one.may_be_unknown:
        found["type"] = [found["type"], "null"]
        if one.choices:
            found["enum"].append(None)
    return found


def _table(table: Table, labels: Mapping[str, str]) -> dict[str, Any]:
    columns = [{"id": f"in{i}", "name": labels[name], "field": name} for i, name in enumerate(table.columns)]
    rules = [
        {
            "_id": f"{table.name}.{number}",
            "_description": row.about,
            **{f"in{i}": _cell(cell) for i, cell in enumerate(row.cells)},
            "out": _literal(row.answer),
        }
        for number, row in enumerate(table.rows, 1)
    ]
    return {
        "hitPolicy": "first",
        "description": table.about,
        "inputs": columns,
        "outputs": [{"id": "out", "name": table.label, "field": table.name}],
        "rules": rules,
    }


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Beside):
        return f"{SIGNS[cell.operator]} {cell.threshold}"
    return ", ".join(map(_literal, cell.values))


def _literal(value: str | bool) -> str:
    """A value in ZEN, whose texts know no escapes: quotes of one kind stand between quotes of the other."""
    if isinstance(value, bool):
        return "true" if value else "false"
    pieces = re.findall(r'"+|[^"]+', value) or [""]
    return " + ".join(f"'{piece}'" if piece.startswith('"') else f'"{piece}"' for piece in pieces)


def _edges(model: Model) -> list[dict[str, str]]:
    """A table is joined to all that it reads, and to the result."""
    inputs = {one.name for one in model.inputs}
    joined: dict[tuple[str, str], None] = {}
    for table in model.tables:
        sources = ["request" if column in inputs else column for column in table.columns]
        joined |= dict.fromkeys((source, table.name) for source in sources or ["request"])
        joined[table.name, "response"] = None
    return [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in joined
    ]
