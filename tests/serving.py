"""The whole application in a process of its own, for tests of the door and in the browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.visitor import Visitor

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(db: Path) -> Iterator[Visitor]:
    """The application on `db`; gives a visitor of it. Its words are shown if it does not start."""
    port = free_port()
    log = db.with_name(f"{db.stem}.{port}.log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "OFFICE_DB": str(db)},
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        visitor = Visitor("127.0.0.1", port)
        _wait_until_up(visitor, process, log)
        yield visitor
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait_until_up(visitor: Visitor, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if visitor.ask("GET", "/health").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the application did not start:\n{log.read_text('utf-8', 'replace')}")
