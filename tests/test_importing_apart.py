"""A large file is checked in a process of its own: the same report, the same rows, and words where that process ends."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.faults import Fault
from data.integrity import check
from data.marked import marked_copy
from data.packed import BLOCK, Packed
from data.raw import Raw
from data.register import REGISTERS
from data.store import open_writer, reading
from office import importing_apart
from office.importing import Report, carry_out, prepare, report_document, source_of
from office.importing_apart import AT_ONCE, is_large, prepare_apart, prepare_beside
from office.refusal import Refused
from soak.setting import inspections

INSPECTIONS = REGISTERS["inspections"]


@pytest.fixture
def path(demo_master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_master, tmp_path / "demo.db"))


def both(path: Path, content: bytes, name: str = "a.csv", *, update: bool = False) -> tuple[Report, Report]:
    with reading(path) as db:
        here = prepare(db, INSPECTIONS, name, content, update=update)
    return here, prepare_apart(path, INSPECTIONS, name, content, update=update)


def alike(here: Report, apart: Report) -> None:
    assert report_document(here) == report_document(apart)
    assert list(here.left_out) == list(apart.left_out)
    assert (here.plan is None) == (apart.plan is None)
    if here.plan and apart.plan:
        assert list(here.plan.new) == list(apart.plan.new)
        assert list(here.plan.changed) == list(apart.plan.changed)
        assert (here.plan.as_of_seq, here.plan.next_id) == (apart.plan.as_of_seq, apart.plan.next_id)
    assert (here.raw is None) == (apart.raw is None)
    if here.raw and apart.raw:
        for mine, theirs in zip(here.raw.sheets, apart.raw.sheets, strict=True):
            assert [list(row) for row in mine.rows] == [list(row) for row in theirs.rows]
            assert replace(mine, rows=()) == replace(theirs, rows=())


def test_a_good_file_is_written_as_if_it_had_been_checked_here(path: Path, tmp_path: Path) -> None:
    content = inspections(path, 2_500, "A")
    here, apart = both(path, content)
    alike(here, apart)
    assert apart.good and apart.accepted == 2_500 and apart.ready and apart.ready.laid
    other = Path(shutil.copy(path, tmp_path / "other.db"))
    rows = []
    for file, report in ((path, here), (other, apart)):
        with open_writer(file) as writer:
            carry_out(writer, report, by="demo-clerk", source=source_of(content))
        with reading(file) as db:
            assert check(db) == []
            rows.append(db.execute("SELECT * FROM inspections ORDER BY id DESC LIMIT 2500").fetchall())
    without_instant = [[row[:-6] for row in table] for table in rows]
    assert without_instant[0] == without_instant[1]


def test_corrections_are_those_found_here(path: Path) -> None:
    content = inspections(path, 30, "C")
    with open_writer(path) as writer, reading(path) as db:
        carry_out(writer, prepare(db, INSPECTIONS, "a.csv", content), by="demo-clerk")
    changed = content.replace("合格".encode(), "不合格".encode()).replace("不不".encode(), "不".encode())
    here, apart = both(path, changed, update=True)
    alike(here, apart)
    assert apart.plan and apart.plan.changed
    with open_writer(path) as writer:
        carry_out(writer, apart, by="demo-clerk", reason="按报告更正")
    with reading(path) as db:
        assert check(db) == []


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        "样品编号,户编号\r\nS1,\r\n".encode(),
        "样品编号,户编号,产品编码,抽样日期,结果日期,方法,检测项目,结论,检测机构\r\nS1,H,P,x,y,?,农残,也许,甲\r\n".encode(),
        "说明\r\n样品编号,户编号,别的\r\n合计,,\r\n".encode(),
    ],
)
def test_faults_stand_where_they_stand_here(path: Path, content: bytes) -> None:
    here, apart = both(path, content)
    alike(here, apart)
    assert apart.faults and all(isinstance(fault, Fault) for fault in apart.faults)


def test_a_good_file_keeps_its_rows_only_as_what_will_be_written(path: Path) -> None:
    for report in both(path, inspections(path, 3, "G")):
        assert report.good and report.raw == Raw(())


def test_another_version_of_the_register_meanwhile_is_noticed(path: Path) -> None:
    content = inspections(path, 3, "T")
    report = prepare_apart(path, INSPECTIONS, "a.csv", content)
    with open_writer(path) as writer:
        with reading(path) as db:
            carry_out(writer, prepare(db, INSPECTIONS, "b.csv", inspections(path, 1, "U")), by="demo-clerk")
        with pytest.raises(Exception, match="changed since"):
            carry_out(writer, report, by="demo-clerk")


def test_a_database_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no database"):
        prepare_apart(tmp_path / "none.db", INSPECTIONS, "a.csv", b"x")


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> list[subprocess.Popen[bytes]]:
    """Another program runs instead of the check; gives the processes that were begun."""
    popen, begun = subprocess.Popen, []

    def other(command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        begun.append(popen([command[0], "-c", program], **more))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", other)
    return begun


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "import os, signal; os.kill(os.getpid(), 9)", ""])
def test_a_process_that_ends_without_an_answer_is_said_in_words(
    path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    instead(monkeypatch, program)
    with pytest.raises(Refused, match="without a result"):
        prepare_apart(path, INSPECTIONS, "a.csv", inspections(path, 3, "E"))


def test_who_leaves_ends_the_check_and_gives_the_turn_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, begun = inspections(path, 3, "M"), instead(monkeypatch, "import time; time.sleep(60)")

    def leave() -> None:
        raise KeyboardInterrupt

    for _ in range(AT_ONCE + 1):
        with pytest.raises(KeyboardInterrupt):
            prepare_apart(path, INSPECTIONS, "a.csv", content, meanwhile=leave)
    assert [one.returncode for one in begun] == [-9] * (AT_ONCE + 1)


def test_no_more_than_so_many_are_checked_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, begun = inspections(path, 3, "N"), instead(monkeypatch, "import time; time.sleep(1.5)")
    most, asked = [0], threading.Event()

    def look() -> None:
        most[0] = max(most[0], sum(one.poll() is None for one in begun))
        if len(begun) == AT_ONCE:
            asked.set()

    def one_check(_number: int) -> None:
        with pytest.raises(Refused, match="without a result"):
            prepare_apart(path, INSPECTIONS, "a.csv", content, meanwhile=look)

    with ThreadPoolExecutor(AT_ONCE + 2) as pool:
        list(pool.map(one_check, range(AT_ONCE + 2)))
    assert len(begun) == AT_ONCE + 2 and most[0] == AT_ONCE and asked.is_set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_needs_too_much_memory_is_said_in_words(path: Path) -> None:
    program = (
        "from office import importing_apart as apart;"
        "apart.prepare = lambda *_, **__: bytearray(apart.MOST_MEMORY); apart.main()"
    )
    asked = b'{"register": "inspections", "name": "a.csv", "update": false}\n'
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        input=asked,
        capture_output=True,
        cwd=importing_apart._ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert pickle.loads(done.stdout) == importing_apart.TOO_BIG, done.stderr[-300:]


def test_a_process_that_takes_too_long_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_apart, "MOST_SECONDS", 0.01)
    with pytest.raises(Refused, match="took too long"):
        prepare_apart(path, INSPECTIONS, "a.csv", inspections(path, 3, "L"))


def test_small_files_are_checked_here_and_large_ones_apart(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_large(b"x" * 1_000_000) and is_large(b"x" * 1_000_001)
    assert not is_large(b"PK\x03\x04" + b"x" * 200_000) and is_large(b"PK\x03\x04" + b"x" * 250_000)
    calls: list[str] = []
    monkeypatch.setattr(importing_apart, "prepare_apart", lambda *_, **__: calls.append("apart"))
    monkeypatch.setattr(importing_apart, "prepare", lambda *_, **__: calls.append("here"))
    with reading(path) as db:
        for content in (b"x", b"x" * 1_000_001):
            prepare_beside(db, path, INSPECTIONS, "a.csv", content)
    assert calls == ["here", "apart"]


def test_the_marked_copy_of_a_large_file_unpacks_every_block_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = inspections(path, 5 * BLOCK, "M").replace("合格".encode(), "好".encode(), 1)
    report = prepare_apart(path, INSPECTIONS, "a.csv", content)
    unpacked, real = list[int](), Packed._unpacked

    def counted(self: Packed[object], number: int) -> list[object]:
        unpacked.append(number)
        assert len(unpacked) < 20
        return real(self, number)

    monkeypatch.setattr(Packed, "_unpacked", counted)
    again: Report = pickle.loads(pickle.dumps(report))
    assert again.raw and len(marked_copy(INSPECTIONS, again.raw, again.faults)) > 10_000
    assert unpacked


SLICES = st.builds(
    slice,
    st.none() | st.integers(-5000, 5000),
    st.none() | st.integers(-5000, 5000),
    st.none() | st.integers(-7, 7).filter(bool),
)


@given(st.integers(0, 2 * BLOCK + 5), st.lists(SLICES, max_size=5), st.lists(st.integers(-1, 1), max_size=5))
def test_packed_rows_are_the_rows(length: int, slices: list[slice], around: list[int]) -> None:
    rows = [(number, str(number)) for number in range(length)]
    packed: Packed[tuple[int, str]] = pickle.loads(pickle.dumps(Packed(rows)))
    assert len(packed) == length and list(packed) == rows
    for part in slices:
        assert list(packed[part]) == rows[part]
    for at in around:
        for place in (at, BLOCK + at, length + at, -length + at):
            if -length <= place < length:
                assert packed[place] == rows[place]
            else:
                with pytest.raises(IndexError):
                    packed[place]
