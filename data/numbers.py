"""Between a person's number and the whole number that is stored: 1234.50 元 is 123450 分. Exact, never a float."""

from __future__ import annotations

import re

from data.words import Words

LARGEST = 10**10 - 1  # as stored: 99,999,999.99 元; one digit more would look like a mobile number
LARGEST_SUM = (
    10**12 - 1
)  # as stored, for a county's sums in 元 with two decimals: ten digits before the point

_NUMBER = re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")


def read_number(text: str, *, scale: int, low: int, unit: Words | None, high: int = LARGEST) -> int | Words:
    """Half-width text as value × 10^scale, or why it cannot be: `1,234.50`, also with its unit behind it."""
    units = (unit.zh, unit.en) if unit else ()
    bare = next((text[: -len(word)] for word in units if text.casefold().endswith(word)), text)
    found = _NUMBER.fullmatch(bare.strip())
    if found is None:
        return _expected(scale, unit)
    sign, whole, fraction = found[1], found[2].replace(",", ""), (found[3] or "").rstrip("0")
    if len(fraction) > scale:
        return _too_fine(scale, unit)
    digits = (whole + fraction.ljust(scale, "0")).lstrip("0") or "0"
    if sign and digits != "0":
        return Words("不能是负数。", "It must not be negative.")
    if len(digits) > len(str(max(LARGEST, high))):
        most = number_text(max(LARGEST, high), scale)
        return Words(
            f"数目过大，最多 {most}{unit.zh if unit else ''}。",
            f"The number is too large; at most {most}{_after(unit)}.",
        )
    if int(digits) < low:
        return Words(
            f"至少 {number_text(low, scale)}{unit.zh if unit else ''}。",
            f"At least {number_text(low, scale)}{_after(unit)}.",
        )
    if int(digits) > high:
        return Words(
            f"最多 {number_text(high, scale)}{unit.zh if unit else ''}。",
            f"At most {number_text(high, scale)}{_after(unit)}.",
        )
    return int(digits)


def number_text(value: int, scale: int) -> str:
    """The stored number in its unit, with all its decimals: 123450 at scale 2 is `1234.50`."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).zfill(scale + 1)
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}" if scale else sign + digits


def _expected(scale: int, unit: Words | None) -> Words:
    example = number_text(12345 * 10**scale // 100 if scale else 12, scale)
    zh = f"以{unit.zh}为单位，" if unit else ""
    en = f" in {unit.en}" if unit else ""
    return Words(f"请填数字（{zh}例如 {example}）。", f"Enter a number{en}, such as {example}.")


def _too_fine(scale: int, unit: Words | None) -> Words:
    if scale == 0:
        return Words("只能填整数。", "It must be a whole number.")
    zh = f"（单位：{unit.zh}）" if unit else ""
    en = f" ({unit.en})" if unit else ""
    return Words(
        f"小数最多 {scale} 位{zh}，没有四舍五入。", f"At most {scale} decimals{en}; nothing is rounded."
    )


def _after(unit: Words | None) -> str:
    return f" {unit.en}" if unit else ""
