"""Inside a child process: does tasks of a re-check, a line each (`python -m office.rechecking.child DATABASE`).

It only reads. Answers are lines of JSON: `{"done": n}` on the way, `{"found": …}` at the end of a task.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TextIO

from data.store import reading
from office.rechecking.differing import as_json
from office.rechecking.tasks import Task, Work


def main() -> None:
    """Do tasks until the parent closes the pipe."""
    answers: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed must not look like an answer

    def tell(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    with reading(sys.argv[1]) as db:
        work = Work(db, lambda number: tell({"done": number}))
        for line in sys.stdin:
            try:
                tell({"found": as_json(work.do(Task._make(json.loads(line))))})
            except Exception as error:  # the parent says it, with the task
                tell({"failed": f"{type(error).__name__}: {error}"[:500]})


if __name__ == "__main__":
    main()
