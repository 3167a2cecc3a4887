"""Under whose name something is recorded: a person's, never a blank or a number that is not ours to keep."""

from __future__ import annotations

from data.personal import personal_number
from office.refusal import Refused, refuse

LONGEST = 60


def named(by: str) -> str:
    """The name as it is kept. Raises Refused for a blank, an over-long one, or one that holds an ID number."""
    name = " ".join(by.split())
    if not name:
        raise refuse("请写明经办人姓名", "say who does it: a name is needed")
    if len(name) > LONGEST:
        raise refuse(f"经办人姓名最多 {LONGEST} 个字", f"a name has at most {LONGEST} characters")
    if (refused := personal_number(name, is_code=False)) is not None:
        raise Refused(refused)
    return name
