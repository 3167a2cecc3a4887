"""Checking a large file in a process of its own (`python -m office.importing_apart DATABASE`), so that the pages stay quick.

Python lets one thread of a process compute at a time: while a file of 100,000 rows is checked, whoever only looks
would wait for half a second. The child gets a line of JSON (register, the file's name, whether corrections are meant)
and the file; it answers with the pickled report, its rows packed, or with a refusal in words.
"""

from __future__ import annotations

import json
import os
import pickle  # nosec B403 # only what our own child has written is read
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from data.importing import made_ready
from data.packed import Packed
from data.problems import StoreProblem
from data.reading import ZIP
from data.register import REGISTERS, Register
from data.store import Database, reading
from data.words import Words
from office.importing import Report, prepare
from office.refusal import Refused, refuse

# From here on a file is checked apart; below, starting a process takes longer than the check. A workbook is packed.
LARGE, LARGE_WORKBOOK = 1_000_000, 250_000
MOST_SECONDS = 600.0
_ROOT = Path(__file__).resolve().parents[1]


def is_large(content: bytes) -> bool:
    """Whether checking a file takes so long that others would notice (some ten thousand rows)."""
    return len(content) > (LARGE_WORKBOOK if content.startswith(ZIP) else LARGE)


def prepare_beside(
    db: Database, path: Path, register: Register, name: str, content: bytes, *, update: bool = False
) -> Report:
    """What `prepare` gives, while others use the application: a large file is checked apart.

    `db` reads the database at `path`. Raises as `prepare_apart`.
    """
    if is_large(content):
        return prepare_apart(path, register, name, content, update=update)
    return prepare(db, register, name, content, update=update)


def prepare_apart(
    path: Path, register: Register, name: str, content: bytes, *, update: bool = False
) -> Report:
    """What `prepare` gives, rows packed and ready to be written; the check runs in a process of its own.

    Raises Refused where the database cannot be read or the process ends without an answer.
    """
    asked = json.dumps({"register": register.name, "name": name, "update": update})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "office.importing_apart", str(path.resolve())],
            input=asked.encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            cwd=_ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _no_answer() from None
    if done.returncode or not done.stdout:
        raise _no_answer()
    answer: Report | Words = pickle.loads(done.stdout)  # nosec B301 # what our own child has written
    if isinstance(answer, Words):
        raise Refused(answer)
    return answer


def packed(report: Report) -> Report:
    """The report with its rows ready to be written, and all that may be long packed."""
    return replace(
        report,
        faults=Packed(report.faults),
        left_out=Packed(report.left_out),
        raw=report.raw
        and replace(
            report.raw, sheets=tuple(replace(one, rows=Packed(one.rows)) for one in report.raw.sheets)
        ),
        ready=made_ready(report.plan) if report.plan else None,
        plan=report.plan
        and replace(
            report.plan, new=Packed(report.plan.new), changed=Packed(report.plan.changed), parents={}
        ),
    )


def _no_answer() -> Refused:
    return refuse(
        "核对文件的进程意外结束或用时过长，没有结果；没有写入任何内容。请再试一次，或把文件分成几个再导入。",
        "The process that checked the file ended without a result or took too long. Nothing was written;"
        " try again, or split the file into several.",
    )


def main() -> None:
    """Check the file on standard input against the database named on the command line."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed must not look like an answer
    with suppress(AttributeError, OSError):
        os.nice(10)  # pages come first (not on Windows)
    asked = json.loads(sys.stdin.buffer.readline())
    answer: Report | Words
    try:
        with reading(sys.argv[1]) as db:
            register = REGISTERS[asked["register"]]
            content = sys.stdin.buffer.read()
            answer = packed(prepare(db, register, asked["name"], content, update=asked["update"]))
    except StoreProblem as problem:
        answer = problem.words
    with answers:
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
