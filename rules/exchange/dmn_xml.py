"""A programme as DMN 1.3 (XML): decision tables with FEEL cells, their requirements, and a drawing of them."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET  # nosec B405 # it only writes

from rules.exchange.building import model_of
from rules.exchange.layout import HEIGHT, WIDTH, places
from rules.exchange.model import Beside, Cell, Input, Model, Table
from rules.exchange.words import SIGNS
from rules.program import FactKind, Program

_OMG = "www.omg.org/spec/DMN"  # begins the standard's names of its parts; nothing is fetched from there
MODEL = f"https://{_OMG}/20191111/MODEL/"
_DRAWING = f"https://{_OMG}/20191111/DMNDI/"
_PLACES = f"http://{_OMG}/20180521/DC/"
_LINES = f"http://{_OMG}/20180521/DI/"
_TYPES: dict[FactKind, str] = {"choice": "string", "yes_no": "boolean", "count": "number"}
_NO_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # may not stand in XML at all
Element = ET.Element


def dmn(program: Program, day: date) -> str:
    """The programme with the values in force on `day`. Raises NotInForce."""
    model = model_of(program, day)
    root = Element(
        "definitions",
        {
            "xmlns": MODEL,
            "xmlns:dmndi": _DRAWING,
            "xmlns:dc": _PLACES,
            "xmlns:di": _LINES,
            "id": "definitions",
            "name": model.program,
            "namespace": f"urn:sha256:{model.digest}",
            "exporter": "county-office",
        },
    )
    _described(root, model.about)
    for one in model.inputs:
        data = ET.SubElement(root, "inputData", _named(one))
        _described(data, one.about)
        _variable(data, one.name, one.kind)
    for table in model.tables:
        _decision(root, model, table)
    _draw(root, model)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _decision(root: Element, model: Model, table: Table) -> None:
    decision = ET.SubElement(root, "decision", _named(table))
    _described(decision, table.about)
    _variable(decision, table.name, table.kind)
    inputs = {one.name for one in model.inputs}
    for number, column in enumerate(dict.fromkeys(table.columns), 1):
        needed = ET.SubElement(decision, "informationRequirement", {"id": f"{table.name}.needs_{number}"})
        ET.SubElement(
            needed, "requiredInput" if column in inputs else "requiredDecision", {"href": f"#{column}"}
        )
    _decision_table(decision, model, table)


def _decision_table(decision: Element, model: Model, table: Table) -> None:
    made = ET.SubElement(decision, "decisionTable", {"id": f"{table.name}.table", "hitPolicy": "FIRST"})
    for number, column in enumerate(table.columns, 1):
        words = {"id": f"{table.name}.in_{number}", "label": _in_xml(model.labels[column])}
        read = ET.SubElement(made, "input", words)
        asked = ET.SubElement(
            read,
            "inputExpression",
            {"id": f"{table.name}.asks_{number}", "typeRef": _TYPES[model.kinds[column]]},
        )
        _text(asked, column)
    output = {"id": f"{table.name}.out", "label": _in_xml(table.label), "typeRef": _TYPES[table.kind]}
    answered = ET.SubElement(made, "output", output)
    if table.answers:
        _text(ET.SubElement(answered, "outputValues"), _listed(table.answers))
    for number, row in enumerate(table.rows, 1):
        key = f"{table.name}.row_{number}"
        rule = ET.SubElement(made, "rule", {"id": key})
        _described(rule, row.about)
        for place, cell in enumerate(row.cells, 1):
            _text(ET.SubElement(rule, "inputEntry", {"id": f"{key}.in_{place}"}), _cell(cell))
        _text(ET.SubElement(rule, "outputEntry", {"id": f"{key}.out"}), _listed((row.answer,)))


def _cell(cell: Cell) -> str:
    """A unary test in FEEL; null meets no comparison and is none of the words."""
    if cell is None:
        return "-"
    if isinstance(cell, Beside):
        return f"{SIGNS[cell.operator]} {cell.threshold}"
    return _listed(cell.values)


def _listed(values: tuple[str | bool, ...]) -> str:
    return ", ".join(map(_literal, values))


def _literal(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return '"' + re.sub(r'[\\"\x00-\x1f]', _escaped, value) + '"'


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign in '\\"' else f"\\u{ord(sign):04x}"


def _draw(root: Element, model: Model) -> None:
    """The tables and what they read as a drawing, without which most editors show an empty sheet."""
    diagram = ET.SubElement(ET.SubElement(root, "dmndi:DMNDI"), "dmndi:DMNDiagram", {"id": "diagram"})
    at = places(model)
    for name, (x, y) in at.items():
        shape = ET.SubElement(diagram, "dmndi:DMNShape", {"id": f"{name}.shape", "dmnElementRef": name})
        box = {"x": str(x), "y": str(y), "width": str(WIDTH), "height": str(HEIGHT)}
        ET.SubElement(shape, "dc:Bounds", box)
    for table in model.tables:
        for number, column in enumerate(dict.fromkeys(table.columns), 1):
            key = f"{table.name}.needs_{number}"
            line = ET.SubElement(diagram, "dmndi:DMNEdge", {"id": f"{key}.line", "dmnElementRef": key})
            for (x, y), side in ((at[column], WIDTH), (at[table.name], 0)):
                ET.SubElement(line, "di:waypoint", {"x": str(x + side), "y": str(y + HEIGHT // 2)})


def _variable(parent: Element, name: str, kind: FactKind) -> None:
    ET.SubElement(parent, "variable", {"id": f"{name}.value", "name": name, "typeRef": _TYPES[kind]})


def _named(part: Input | Table) -> dict[str, str]:
    return {"id": part.name, "name": part.name, "label": _in_xml(part.label)}


def _in_xml(words: str) -> str:
    return _NO_XML.sub("\ufffd", words)


def _described(parent: Element, words: str) -> None:
    if words:
        ET.SubElement(parent, "description").text = _in_xml(words)


def _text(parent: Element, words: str) -> None:
    ET.SubElement(parent, "text").text = words
