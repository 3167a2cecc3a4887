"""关于 / Which version this is, of what it is made, and where the chain stands; to be printed."""

from __future__ import annotations

from office import running
from office.about import installation, this_copy
from office.installed import parts
from pages.parts.about_sheet import show_copy, show_installation, show_parts, to_be_printed
from pages.parts.door import need

person = need("clerk", "reviewer", "auditor", "administrator")

with running.reader() as db:
    there = installation(db)
to_be_printed()
show_installation(there, person)
show_copy(this_copy())
show_parts(parts())
