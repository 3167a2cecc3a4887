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
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
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
MOST_MEMORY = 3 << 30  # bytes of address space; 100,000 rows need half of it
AT_ONCE = 2  # checks; each takes a processor and some hundred megabytes
_LOOKS = 0.5  # seconds between two looks whether the answer has come
_turns = threading.BoundedSemaphore(AT_ONCE)
TOO_BIG = Words(
    "文件太大，核对所需的内存超出了允许的量；没有写入任何内容。请分成几个文件导入。",
    "Checking the file needs more memory than is allowed; nothing was written. Split it into several files.",
)
_ROOT = Path(__file__).resolve().parents[1]


def is_large(content: bytes) -> bool:
    """Whether checking a file takes so long that others would notice (some ten thousand rows)."""
    return len(content) > (LARGE_WORKBOOK if content.startswith(ZIP) else LARGE)


def prepare_beside(
    db: Database,
    path: Path,
    register: Register,
    name: str,
    content: bytes,
    *,
    update: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> Report:
    """What `prepare` gives, while others use the application: a large file is checked apart.

    `db` reads the database at `path`. Raises as `prepare_apart`.
    """
    if is_large(content):
        return prepare_apart(path, register, name, content, update=update, meanwhile=meanwhile)
    return prepare(db, register, name, content, update=update)


def prepare_apart(
    path: Path,
    register: Register,
    name: str,
    content: bytes,
    *,
    update: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> Report:
    """What `prepare` gives, rows packed and ready to be written; the check runs in a process of its own.

    `meanwhile` is called twice a second while somebody waits for it; what it raises ends the check. At most
    `AT_ONCE` run at a time, the others wait for their turn. Raises Refused where the database cannot be read, the
    file needs too much memory, or the process ends without an answer.
    """
    asked = json.dumps({"register": register.name, "name": name, "update": update}).encode() + b"\n"
    while not _turns.acquire(timeout=_LOOKS):
        meanwhile()
    try:
        written = _answer_of(path, asked + content, meanwhile)
    finally:
        _turns.release()
    answer: Report | Words = pickle.loads(written)  # nosec B301 # what our own child has written
    if isinstance(answer, Words):
        raise Refused(answer)
    return answer


def _answer_of(path: Path, asked: bytes, meanwhile: Callable[[], object]) -> bytes:
    """What the child writes; it is ended where nobody waits for it any more."""
    until = time.monotonic() + MOST_SECONDS
    with (
        subprocess.Popen(
            [sys.executable, "-m", "office.importing_apart", str(path.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        ) as child,
        ThreadPoolExecutor(1) as hand,
    ):
        coming = hand.submit(child.communicate, asked)
        try:
            while not wait([coming], timeout=_LOOKS).done:
                if time.monotonic() > until:
                    raise _no_answer()
                meanwhile()
        except BaseException:
            child.kill()
            raise
        written, _ = coming.result()
    if child.returncode or not written:
        raise _no_answer()
    return written


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
    with suppress(
        ImportError, OSError, ValueError
    ):  # not on Windows; where less is allowed already, that holds
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked = json.loads(sys.stdin.buffer.readline())
    answer: Report | Words
    try:
        with reading(sys.argv[1]) as db:
            register = REGISTERS[asked["register"]]
            content = sys.stdin.buffer.read()
            answer = packed(prepare(db, register, asked["name"], content, update=asked["update"]))
    except StoreProblem as problem:
        answer = problem.words
    except MemoryError:
        answer = TOO_BIG
    with answers:
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
