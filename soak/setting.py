"""What the trials share: a demonstration database made once and kept, files to import, people who act."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from filelock import FileLock

from data.settings import day_of_entry
from data.store import Writer, open_reader
from office.casework.asked import Doer
from office.days import now
from office.starting import start_demonstration

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "var" / "soak"
CLERK, REVIEWER, HEAD = Doer("demo-clerk"), Doer("demo-reviewer"), Doer("demo-head")
ADMINISTRATOR = Doer("demo-administrator")
DAY = date(2021, 9, 30)
_TITLES = "样品编号,户编号,产品编码,抽样日期,结果日期,方法,检测项目,结论,检测机构"


def base(households: int = 150) -> Path:
    """A demonstration database, made unless one of this layout lies there; it is only copied."""
    path = KEPT / f"demo-{households}-{_layout()}.db"

    def make(fresh: Path) -> None:
        start_demonstration(fresh, households=households, seed=1)

    return made_once(path, make)


def made_once(path: Path, make: Callable[[Path], None]) -> Path:
    """What lies under this name, made if it does not; two trials at once make it once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.making"):
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            make(fresh)
            fresh.rename(path)
    return path


@contextmanager
def own_copy(of: Path) -> Iterator[Path]:
    """A copy in a folder of its own, both gone at the end."""
    with TemporaryDirectory(prefix="soak-") as folder:
        yield Path(shutil.copy(of, Path(folder) / "office.db"))


def inspections(path: Path, rows: int, name: str) -> bytes:
    """A file of inspections of the database's goods, as an office sends it; `name` begins their sample numbers."""
    draw = Random(name)
    goods = goods_of(path)
    lines = [_TITLES, *(_line(draw, *draw.choice(goods), f"{name}{number:06}") for number in range(rows))]
    return "\r\n".join(lines).encode("utf-8-sig")


def goods_of(path: Path) -> list[tuple[str, str, str]]:
    """Household, product and day of registration of every good."""
    db = open_reader(path)
    found = db.execute("SELECT household_no, product_code, registered_on FROM goods ORDER BY id").fetchall()
    db.close()
    return [tuple(row) for row in found]


def today(writer: Writer) -> date:
    """The office's day, as its own functions take it."""
    with writer.transaction() as db:
        return day_of_entry(db, now())


def _line(draw: Random, household: str, product: str, since: str, number: str) -> str:
    span = (DAY - date.fromisoformat(since)).days
    sampled = DAY - timedelta(days=draw.randrange(max(1, span)))
    conclusion = "不合格" if draw.random() < 0.03 else "合格"
    return f"{number},{household},{product},{sampled},{sampled},定量,农药残留,{conclusion},示例检验中心"


def _layout() -> str:
    files = [*sorted((ROOT / "data" / "seed").rglob("*.py")), ROOT / "data" / "migrations.py"]
    files += sorted((ROOT / "data" / "protection").glob("*tables.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
