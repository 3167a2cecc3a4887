"""A whole re-check in a process of its own (`python -m office.rechecking.apart DATABASE [alone]`), so that the app stays at hand.

The child tells lines of JSON: `{"done", "total", "what"}` on the way, then `{"result": …}` or `{"refused": words}`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TextIO

from data.problems import StoreProblem
from data.words import Words
from office.rechecking.differing import as_told, from_told
from office.rechecking.whole import Progress, Rechecked, recheck
from office.refusal import Refused, refuse

_ROOT = Path(__file__).resolve().parents[2]


def recheck_apart(path: Path, progress: Progress, *, alone: bool = False) -> Rechecked:
    """What `recheck` gives; `alone` as there. Raises Refused where it says no or ends without an answer."""
    process = subprocess.Popen(
        [sys.executable, "-m", "office.rechecking.apart", str(path.resolve()), *(["alone"] if alone else [])],
        cwd=_ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    assert process.stdout is not None
    with process, process.stdout as lines, suppress(ValueError):
        for line in lines:
            answer = json.loads(line)
            if "result" in answer:
                return _result(answer["result"])
            if "refused" in answer:
                raise Refused(Words(**answer["refused"]))
            progress(answer["done"], answer["total"], Words(**answer["what"]))
    raise refuse(
        "复核的进程意外结束，没有结果；没有改动任何内容。请再试一次。",
        "The process that re-checked ended without a result. Nothing was changed; please try again.",
    )


def _result(told: Mapping[str, Any]) -> Rechecked:
    known = {field.name: told[field.name] for field in fields(Rechecked)}
    differences = tuple(from_told(one) for one in told["differences"])
    return Rechecked(
        **{**known, "differences": differences, "notes": tuple(Words(**one) for one in told["notes"])}
    )


def main() -> None:
    """Re-check the database named on the command line and tell how far it is."""
    answers: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed must not look like an answer
    last: tuple[int, str] | None = None

    def tell(answer: Mapping[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    def progress(done: int, total: int, what: Words) -> None:
        nonlocal last
        at = (100 * done // total if total else 0), what.zh
        if at != last:
            last = at
            tell({"done": done, "total": total, "what": asdict(what)})

    try:
        found = recheck(sys.argv[1], progress=progress, alone=sys.argv[2:] == ["alone"])
    except StoreProblem as problem:
        tell({"refused": {"zh": problem.words.zh, "en": problem.words.en}})
        return
    tell({"result": {**asdict(found), "differences": [as_told(one) for one in found.differences]}})


if __name__ == "__main__":
    main()
