"""The database itself: does it open, is it whole, its WAL, its settings, the chain beside the anchors, who has it."""

from __future__ import annotations

from collections.abc import Iterator

from data import chain
from data.protection.condition import Condition, condition, in_use, sqlite_before
from data.store import Database
from data.words import Words
from office.backup.anchors import all_anchors, compare
from office.doctor.findings import Finding, State, Surroundings, size_words

LARGE_WAL = 200_000_000  # bytes
FAULT_FIXED = (3, 51, 3)
WHOLE, WAL, SETTINGS, SQLITE = (
    Words("数据库文件", "the database"),
    Words("预写日志（WAL）", "the write-ahead log (WAL)"),
    Words("数据库设置", "settings of the database"),
    Words("SQLite 版本", "version of SQLite"),
)
ANCHORS, LOCK = Words("链首对照", "the chain beside its anchors"), Words("谁在使用", "who has it")


def database_findings(around: Surroundings, db: Database) -> Iterator[Finding]:
    """Of an open reading connection's database."""
    found = condition(db)
    yield _whole(around, found)
    yield _wal(around)
    yield _settings(found)
    yield _sqlite(found)
    yield _anchors(around, db)
    yield _lock(around)


def _whole(around: Surroundings, found: Condition) -> Finding:
    size = around.path.stat().st_size
    means = Words(
        "这是 SQLite 自己的快速检查；全部核对用 verify。",
        "This is SQLite's own quick check; `verify` checks everything.",
    )
    if not found.faults:
        words = Words(f"完好，{size_words(size)}", f"whole, {size_words(size)}")
        return Finding("database", WHOLE, "fine", words, means)
    return Finding(
        "database",
        WHOLE,
        "wrong",
        Words(f"损坏：{found.faults[0]}", f"damaged: {found.faults[0]}"),
        means,
        Words(
            "停下应用，先另存现在的文件，再用最近一份好的备份恢复（restore）。",
            "Stop the application, keep the present file, then put the last good copy back (`restore`).",
        ),
    )


def _wal(around: Surroundings) -> Finding:
    wal = around.path.with_name(around.path.name + "-wal")
    size = wal.stat().st_size if wal.is_file() else 0
    large = size > LARGE_WAL
    return Finding(
        "wal",
        WAL,
        "look" if large else "fine",
        Words(size_words(size), size_words(size)),
        Words(
            "新的登记先写在这里，再并入数据库；它是数据库的一部分，不能删。",
            "What is recorded goes here first and is then folded in; it is part of the database: never delete it.",
        ),
        Words(
            "关闭应用再启动，它会并入数据库；还是很大的，请告诉维护人员。",
            "Stop the application and start it again, which folds it in; tell whoever maintains it if it stays large.",
        )
        if large
        else None,
    )


def _settings(found: Condition) -> Finding:
    good = found.journal_mode == "wal" and found.foreign_keys and found.synchronous == 2
    raw = f"journal_mode={found.journal_mode}, foreign_keys={int(found.foreign_keys)}, synchronous={found.synchronous}"
    words = (
        Words("预写日志、引用检查、断电保护都开着", "log, checks of references and power-cut safety are on")
        if good
        else Words(f"不是本系统设的样子（{raw}）", f"not as the office sets them ({raw})")
    )
    return Finding(
        "pragmas",
        SETTINGS,
        "fine" if good else "look",
        words,
        Words(
            "断电也不丢已经确认的登记，读和写互不等待。",
            "What was confirmed outlives a power cut, and reading and writing do not wait for each other.",
        ),
        None
        if good
        else Words(
            "启动一次应用，它会改回来；恢复备份以后第一次启动前是这样的。",
            "Start the application once and it sets them; after a restore it is like this until the first start.",
        ),
    )


def _sqlite(found: Condition) -> Finding:
    version = found.sqlite_version
    if not sqlite_before(FAULT_FIXED):
        return Finding(
            "sqlite",
            SQLITE,
            "fine",
            Words(version, version),
            Words("没有已知的问题。", "No known fault matters."),
        )
    return Finding(
        "sqlite",
        SQLITE,
        "fine",
        Words(version, version),
        Words(
            "3.51.3 以前，两个连接同时写可能损坏 WAL；本系统只用一个连接写，不会遇到。",
            "Before 3.51.3 two connections that write can damage the WAL; here only one ever writes.",
        ),
    )


def _anchors(around: Surroundings, db: Database) -> Finding:
    found = compare(db, all_anchors(around.folders))
    means = Words(
        "每次备份都把链首记在备份文件夹里：以前的记录被整条改写，就会与它不符。",
        "Every backup notes the chain's end in the backup folders: a chain that was rewritten does not have it.",
    )
    if found.differences:
        first = found.differences[0]
        return Finding(
            "anchors",
            ANCHORS,
            "wrong",
            Words(f"{first.place}：{first.message.zh}", f"{first.place}: {first.message.en}"),
            means,
            Words(
                "不要再办理；保留现在的文件和全部备份，运行 verify，并报告负责人。",
                "Record nothing more; keep the present file and every copy, run `verify`, and tell who is responsible.",
            ),
        )
    last = chain.head(db).seq
    if not found.anchors:
        return Finding(
            "anchors",
            ANCHORS,
            "look",
            Words("备份文件夹里还没有链首", "the backup folders have no anchors yet"),
            means,
            Words("做一次备份。", "Make a backup."),
        )
    words = Words(
        f"{found.anchors} 个全部相符，链现在到第 {last} 条",
        f"all {found.anchors} hold; the chain is at entry {last}",
    )
    return Finding("anchors", ANCHORS, "fine", words, means)


def _lock(around: Surroundings) -> Finding:
    used = in_use(around.path)
    state: State = "fine"
    found = Words("应用正在运行", "the application is running") if used else Words("没有在使用", "nobody")
    return Finding(
        "lock",
        LOCK,
        state,
        found,
        Words(
            "同一时间只有一个程序写数据库；restore 和 init 要先关闭应用。",
            "Only one program writes at a time; stop the application before `restore` or `init`.",
        ),
    )
