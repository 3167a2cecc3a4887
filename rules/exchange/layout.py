"""Where the boxes of a drawing stand: inputs left, each table to the right of all that it reads."""

from __future__ import annotations

from rules.exchange.model import Model

WIDTH, HEIGHT = 280, 60
_APART, _BELOW, TOP = 400, 90, 120  # an editor's title covers the upper left corner


def places(model: Model) -> dict[str, tuple[int, int]]:
    """Left and top of the box of every input and table."""
    layer = {one.name: 0 for one in model.inputs}
    for table in model.tables:
        layer[table.name] = 1 + max((layer[column] for column in table.columns), default=0)
    standing: dict[int, int] = {}
    found = {}
    for name, at in layer.items():
        row = standing.get(at, 0)
        standing[at] = row + 1
        found[name] = (40 + at * _APART, TOP + row * _BELOW)
    return found
