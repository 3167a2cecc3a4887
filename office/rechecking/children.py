"""Processes beside this one that decide a large database again, each taking the next task when it has done one."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from office.rechecking.differing import Found, from_json, whole
from office.rechecking.tasks import Task

_ROOT = Path(__file__).resolve().parents[2]


class Children:
    """Begin with the block, are gone at its end; `found` waits for them. With `number` 0 there are none."""

    def __init__(self, path: Path, tasks: Sequence[Task], number: int, told: Callable[[int], None]) -> None:
        self._path, self._tasks, self._told = path.resolve(), tasks, told
        self._number = min(number, len(tasks))
        self._left: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._answers: dict[int, Found] = {}
        self._processes: list[subprocess.Popen[str]] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Children:
        for at in range(len(self._tasks)):
            self._left.put(at)
        for _ in range(self._number):
            process = _started(self._path)
            self._processes.append(process)
            self._threads.append(threading.Thread(target=self._serve, args=(process,), daemon=True))
            self._threads[-1].start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()

    def found(self) -> Found:
        """What they found, in the order of the tasks; a task that no child could do is a difference."""
        for thread in self._threads:
            thread.join()
        found = Found()
        for at, task in enumerate(self._tasks):
            found.join(self._answers.get(at) or _not_done(task, "–"))
        return found

    def _serve(self, process: subprocess.Popen[str]) -> None:
        """Hand one child its tasks, one after the other."""
        with suppress(OSError, ValueError):
            while True:
                try:
                    at = self._left.get_nowait()
                except queue.Empty:
                    return
                self._answers[at] = self._asked(process, self._tasks[at])

    def _asked(self, process: subprocess.Popen[str], task: Task) -> Found:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            answer = json.loads(line)
            if "done" in answer:
                with self._lock:
                    self._told(answer["done"])
            elif "failed" in answer:
                return _not_done(task, answer["failed"])
            else:
                return from_json(answer["found"])
        raise OSError("the child has ended")


def _started(path: Path) -> subprocess.Popen[str]:
    few_threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    return subprocess.Popen(
        [sys.executable, "-m", "office.rechecking.child", str(path)],
        cwd=_ROOT,
        env={**os.environ, **few_threads, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )


def _not_done(task: Task, why: str) -> Found:
    found = Found()
    found.add(
        whole(
            f"{task.kind} {task.id}",
            f"没有能够重新判定（{why}）。",
            f"It could not be decided again ({why}).",
        )
    )
    return found
