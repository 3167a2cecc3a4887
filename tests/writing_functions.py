"""Every function of office/ that writes, found in its source: what it calls, and whether it asks who may."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Function = tuple[str, str]  # module, name

# What writes, wherever it is called from: a transaction of the one writer, and every door of data/ into the tables.
WRITING_METHODS = frozenset({"transaction"})
ASKING = frozenset({"allowed", "must_be_allowed"})


@cache
def functions() -> Mapping[Function, ast.FunctionDef]:
    """Every function of office/, methods too, under module and name."""
    found: dict[Function, ast.FunctionDef] = {}
    for path in sorted((ROOT / "office").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found[module, node.name] = node
    return found


@cache
def openers() -> frozenset[Function]:
    """The functions that open a transaction of the writer themselves."""
    return frozenset(name for name, node in functions().items() if _called(node) & WRITING_METHODS)


@cache
def asking() -> frozenset[Function]:
    """The functions that ask who may, themselves or through what they call inside office/."""
    found = {name for name, node in functions().items() if _called(node) & ASKING}
    while more := {name for name in functions() if name not in found and _calls(name) & found}:
        found |= more
    return frozenset(found)


@cache
def _calls(name: Function) -> frozenset[Function]:
    """The functions of office/ that a function calls by their name, from its own module or imported."""
    module, _ = name
    known = _imported(module)
    called = _called(functions()[name])
    return frozenset(target for one in called for target in ((module, one), *known.get(one, ())))


@cache
def _imported(module: str) -> Mapping[str, tuple[Function, ...]]:
    """What names in a module stand for functions of office/: `from office.x import f`, or `x.f` of an imported x."""
    tree = ast.parse((ROOT / Path(*module.split("."))).with_suffix(".py").read_text("utf-8"))
    found: dict[str, tuple[Function, ...]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("office"):
            for one in node.names:
                said = one.asname or one.name
                found[said] = ((node.module, one.name),)
                inside = f"{node.module}.{one.name}"
                for name in functions():
                    if name[0] == inside:
                        found[name[1]] = (*found.get(name[1], ()), name)
    return found


def _called(node: ast.FunctionDef) -> frozenset[str]:
    return frozenset(_names(node))


def _names(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Name):
                yield call.func.id
            elif isinstance(call.func, ast.Attribute):
                yield call.func.attr
