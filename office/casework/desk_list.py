"""The desk as a list: chosen from, put into words, and as an Excel file for the wall or the drawer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.lists import Cell, ListColumn, list_xlsx
from data.people import Person
from data.store import Database
from office.answering import names_of_goods
from office.casework.desk import Desk
from office.casework.desk_tasks import Task
from office.casework.in_force import STATE_WORDS
from office.permissions import ROLES
from rules.program import Program, Words
from rules.slip import verdict_words, zh_day

TURNS = ("mine", "others", "nobody")
Places = Mapping[str, tuple[str, str, str]]  # product, township and village of a good by its subject


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see of the desk; an empty field asks for nothing. `turn` is one of TURNS."""

    kind: str = ""
    benefit: str = ""
    township: str = ""
    turn: str = ""
    about: str = ""  # a part of the good's or paper's number, or of the product's name


def chosen(desk: Desk, filters: Filters, person: Person, places: Places) -> list[Task]:
    """The tasks that the filters let through, in the desk's order."""
    return [task for task in desk.tasks if _fits(task, filters, person, places)]


def turn_of(task: Task, person: Person) -> str:
    """Whose turn it is as this person sees it: one of TURNS."""
    if task.is_for(person):
        return "mine"
    return "others" if task.roles else "nobody"


def turn_words(task: Task) -> Words:
    """Whose turn it is, or that a period runs."""
    if task.until:
        return Words(f"{zh_day(task.until)}止", f"until {task.until.isoformat()}")
    roles = [words for role, words in ROLES.items() if role in task.roles]
    if not roles:
        return Words("—", "—")
    zh, en = "、".join(role.zh for role in roles), ", ".join(role.en for role in roles)
    if task.not_by:
        return Words(f"{zh}（{task.not_by}除外）", f"{en} (not {task.not_by})")
    return Words(zh, en)


def places_of_goods(db: Database) -> Places:
    """Product, township and village of every good."""
    names = names_of_goods(db)
    columns = ("product_name", "township_name", "village_name")
    return dict(zip(names["subject"], zip(*(names[name] for name in columns), strict=True), strict=True))


def tasks_xlsx(tasks: Sequence[Task], program: Program, places: Places, desk: Desk, asked: str) -> bytes:
    """The tasks as an Excel file, in their order. `asked` says in words what they were chosen by."""
    about = [("日期", zh_day(desk.day)), ("行数", str(len(tasks))), ("筛选", asked or "全部")]
    return list_xlsx("待办", _COLUMNS, _rows(tasks, program, places), about)


_COLUMNS = [
    ListColumn("事项", 24),
    ListColumn("农产品或文书", 22),
    ListColumn("产品", 14),
    ListColumn("乡镇", 18),
    ListColumn("村", 14),
    ListColumn("帮扶", 20),
    ListColumn("现行", 10),
    ListColumn("规则建议", 12),
    ListColumn("起于", 14),
    ListColumn("已等（天）", 10),
    ListColumn("轮到", 26),
    ListColumn("要做的", 60),
]


def _rows(tasks: Sequence[Task], program: Program, places: Places) -> Iterator[list[Cell]]:
    for task in tasks:
        product, township, village = places.get(task.about, ("", "", ""))
        yield [
            task.title.zh,
            task.about,
            product,
            township,
            village,
            program.benefits[task.benefit].title.zh if task.benefit else "",
            STATE_WORDS[task.state].zh if task.state else "",
            verdict_words(task.verdict).zh if task.verdict else "",
            task.since.isoformat(),
            task.days,
            turn_words(task).zh,
            task.what.zh,
        ]


def _fits(task: Task, filters: Filters, person: Person, places: Places) -> bool:
    product, township, _ = places.get(task.about, ("", "", ""))
    word = filters.about.casefold()
    return (
        filters.kind in ("", task.kind)
        and filters.benefit in ("", task.benefit)
        and filters.township in ("", township)
        and filters.turn in ("", turn_of(task, person))
        and (not word or word in task.about.casefold() or word in product.casefold())
    )
