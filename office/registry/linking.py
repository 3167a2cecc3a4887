"""Where a row of a register is found: its key in an address, and the address of its page."""

from __future__ import annotations

from collections.abc import Sequence

from data.register import REGISTERS, Register

BETWEEN = "~"  # stands in no code, day or number
MOST_DIGITS = 18  # more of them are no number that a database could hold
KeyParts = str | int | Sequence[str | int]


def key_text(key: KeyParts) -> str:
    """A row's key as an address has it: `H0001~P01`."""
    parts = [key] if isinstance(key, str | int) else key
    return BETWEEN.join(str(part) for part in parts)


def key_from(register: Register, text: str) -> tuple[str | int, ...] | None:
    """The key that an address names, its parts as they are stored; None where it can be no key of this register."""
    parts = text.split(BETWEEN)
    if len(parts) != len(register.key) or not all(parts):
        return None
    kinds = [register.column(name).kind for name in register.key]
    if any(kind == "number" and not _is_number(part) for kind, part in zip(kinds, parts, strict=True)):
        return None
    return tuple(int(p) if kind == "number" else p for kind, p in zip(kinds, parts, strict=True))


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MOST_DIGITS


def row_address(register_name: str, key: KeyParts) -> dict[str, str]:
    """What the page `registers` is asked with to show this row: `address.link("registers", …, **row_address(…))`."""
    return {"register": REGISTERS[register_name].name, "key": key_text(key)}


def rows_address(register_name: str, of: str, key: KeyParts) -> dict[str, str]:
    """The same for the list of those rows of a register that refer to the row `key` of the register `of`."""
    return {
        "register": REGISTERS[register_name].name,
        "of": REGISTERS[of].name,
        "of_key": key_text(key),
    }
