"""Beside the app: a programme from outside is first run in a child process with limits of time and memory.

The child answers in JSON, one line for each request; it never gets more than the programme's text and
ready facts, and whatever happens to it is a `ChildFailed` here.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from rules.program import Words

Request = Mapping[str, Any]
_ROOT = Path(__file__).resolve().parent.parent


class ChildFailed(RuntimeError):
    """The child was too slow, too large, or ended; nothing is known of its programme."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def run_apart(task: str, request: Request, *, seconds: float = 60, megabytes: int = 1024) -> dict[str, Any]:
    """One task (see `rules.tasks`) in a child of its own. Raises ChildFailed."""
    with Child(megabytes=megabytes) as child:
        return child.ask(task, request, seconds=seconds)


class Child:
    """A child process that answers one request after the other; renewed after `renew_after` of them."""

    def __init__(self, *, megabytes: int = 1024, renew_after: int = 200) -> None:
        self._megabytes = megabytes
        self._renew_after = renew_after
        self._asked = 0
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, task: str, request: Request, *, seconds: float = 60) -> dict[str, Any]:
        """The task's result. A child that failed is killed and the next request gets a new one."""
        line = json.dumps({"task": task, "seconds": seconds, **request}, default=_encoded)
        process = self._running()
        self._asked += 1
        try:
            assert process.stdin is not None
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer = self._lines.get(timeout=seconds)
        except queue.Empty:
            self.close()
            raise ChildFailed(_too_slow(seconds)) from None
        except OSError:
            answer = ""
        if not answer:
            code = self.close()
            raise ChildFailed(_ended(code, self._megabytes))
        result: dict[str, Any] = json.loads(answer)
        if "failed" in result:
            self.close()
            raise ChildFailed(_broke(result["failed"]))
        return result

    def close(self) -> int | None:
        """End the child and give its exit code."""
        process, self._process, self._asked = self._process, None, 0
        if process is None:
            return None
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=0.2)
        process.kill()
        return process.wait()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._asked >= self._renew_after:
            self.close()
        if self._process is None:
            self._process = _started(self._megabytes)
            self._lines = queue.SimpleQueue()
            threading.Thread(target=_read, args=(self._process, self._lines), daemon=True).start()
        return self._process


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _started(megabytes: int) -> subprocess.Popen[str]:
    few_threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    return subprocess.Popen(
        [sys.executable, "-m", "rules.tasks", str(megabytes)],
        cwd=_ROOT,
        env={**os.environ, **few_threads, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )


def _read(process: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    """Pass the child's lines on; an empty one when it has ended."""
    assert process.stdout is not None
    with process.stdout as stream, suppress(OSError, ValueError):
        for line in stream:
            lines.put(line)
    lines.put("")


def _too_slow(seconds: float) -> Words:
    return Words(
        f"检查规则文件超过 {seconds:g} 秒，已停止。请简化规则文件。",
        f"checking the programme took more than {seconds:g} seconds and was stopped; make it simpler",
    )


def _ended(code: int | None, megabytes: int) -> Words:
    return Words(
        f"检查规则文件的进程意外结束（代码 {code}，内存上限 {megabytes} MB）。规则文件未被使用。",
        f"the process that checked the programme ended unexpectedly (code {code}, limit {megabytes} MB); "
        "the programme is not used",
    )


def _broke(what: str) -> Words:
    return Words(
        f"检查规则文件时出错：{what}。规则文件未被使用。",
        f"checking the programme failed: {what}; it is not used",
    )
