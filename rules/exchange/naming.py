"""Names of a programme as identifiers that every engine reads alike: ASCII letters, digits and `_`, each one once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass
class Names:
    """The identifiers given so far; the same part and name always get the same one."""

    given: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, part: str, name: str) -> str:
        """The identifier of a fact, condition, … (`part`) of this name.

        Engines differ in what a name may hold (`-` is minus to some), so whatever is no ASCII letter or digit
        becomes `_`; names that then fall together are numbered. The name itself stands beside it in words.
        """
        key = (part, name)
        if key not in self.given:
            plain = f"{part}_{re.sub(r'[^A-Za-z0-9]', '_', name)}"
            taken, number, free = set(self.given.values()), 1, plain
            while free in taken:
                number += 1
                free = f"{plain}_{number}"
            self.given[key] = free
        return self.given[key]
