"""The application in a process of its own on a free port, for what is measured from outside."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.setting import ROOT

_START_SECONDS = 120


@dataclass(frozen=True)
class Served:
    """Where it answers, and the number of its process."""

    address: str
    process: int


@contextmanager
def served(path: Path, log: Path | None = None) -> Iterator[Served]:
    """Serve the database until the block ends; what it says goes to `log`, else nowhere."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = {**os.environ, "OFFICE_DB": str(path)}
    with (
        Path(log or os.devnull).open("wb") as said,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        ) as process,
    ):
        try:
            _until_it_answers(port, process)
            yield Served(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise TimeoutError(f"the application did not start (exit code {process.poll()})") from None
        finally:
            connection.close()
        time.sleep(0.2)
