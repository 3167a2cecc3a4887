"""Writing a checked file while others enter rows of the same register: compared anew, written where that changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from data.importing import RegisterChanged
from data.people import Person
from office.importing import Report
from office.registry.entering import write

MOST_TIMES = 5  # so often somebody else may come in between


def write_checked(
    report: Report, check_again: Callable[[], Report], person: Person, *, reason: str, source: str
) -> Report:
    """Write what the report shows; gives the report that was written, which shows the same.

    What somebody looked at and agreed to is what is written: where the file, compared with the register as it stands
    now, would do anything else, RegisterChanged is raised. Raises too as `office.registry.entering.write`.
    """
    for _time in range(MOST_TIMES):
        try:
            return write(report, person, "import", reason=reason, source=source)
        except RegisterChanged:
            again = check_again()
            if not does_the_same(report, again):
                raise
            report = again
    return write(report, person, "import", reason=reason, source=source)


def does_the_same(one: Report, other: Report) -> bool:
    """Whether both would write the same rows over the same versions, and leave out the same."""
    if one.plan is None or other.plan is None:
        return False
    return (
        (one.good, one.rows, one.unchanged, len(one.left_out))
        == (other.good, other.rows, other.unchanged, len(other.left_out))
        and list(one.plan.new) == list(other.plan.new)
        and list(one.plan.changed) == list(other.plan.changed)
    )
