"""What a role may not do is refused in office/, whoever claims it, and then nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from data.store import Database, Writer, open_writer, utc_now
from office import running
from office.backup import job
from office.casework.asked import Doer
from office.permissions import ACTIONS, ROLES
from office.personal import correcting
from office.refusal import Refused
from office.rulekeeping import publishing
from tests.entering import enter_county
from tests.every_act import ACTS, NOT_BY_ROLE, THROUGH_OTHERS, Act
from tests.registered import register
from tests.writing_functions import asking, openers

PEOPLE = {"clerk": "李录入", "reviewer": "周审核", "auditor": "吴审计", "administrator": "郑管理"}
NOT_YOURS, GONE, UNKNOWN = "您的岗位不能做这一步", "已停用", "人员名单里没有"


class TakenBack(Exception):
    """Ends a transaction without keeping anything."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    """The application's inside on a small county with one person of each role, one who left, and another admin."""
    path = tmp_path_factory.mktemp("roles") / "office.db"
    with open_writer(path, migrate=True) as writer:
        enter_county(writer)
        with writer.transaction() as db:
            for role, name in PEOPLE.items():
                register(db, {"clerk": "li"}.get(role, role), name, role, at=utc_now())
            register(db, "gone", "冯离岗", "reviewer", at=utc_now(), active=False)
            register(db, "other", "另管理", "administrator", at=utc_now())
            publishing.publish_baseline(db, at=utc_now(), day=utc_now().date())
        correcting.ask(writer, "H1", "households", "H1", "示例要求", doer=Doer("李录入"))
    running.start(path)
    yield running.writer()
    running.stop()


@pytest.fixture(autouse=True)
def no_programme_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposal's text is run in a child before anything else; who may propose is asked after that."""
    monkeypatch.setattr(publishing, "program_from", lambda *_: None)


def test_every_function_that_writes_is_in_the_table_or_says_why_it_asks_no_role() -> None:
    listed = {act.function for act in ACTS}
    assert openers() - listed - THROUGH_OTHERS == set(NOT_BY_ROLE)
    assert not listed & set(NOT_BY_ROLE)


def test_whatever_is_in_the_table_asks_who_may() -> None:
    assert {act.function for act in ACTS} | THROUGH_OTHERS <= asking()


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_another_role_is_refused_and_nothing_is_written(county: Writer, act: Act) -> None:
    for role, name in PEOPLE.items():
        if role not in ACTIONS[act.action]:
            for said in (None, role, *ACTIONS[act.action]):  # a role that the caller only claims, too
                assert refusal_of(county, act, Doer(name, said)).startswith(NOT_YOURS), (role, said)


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_who_left_and_who_was_never_there_are_refused_and_nothing_is_written(
    county: Writer, act: Act
) -> None:
    for said in (None, *ACTIONS[act.action]):
        assert GONE in refusal_of(county, act, Doer("冯离岗", said))
        assert UNKNOWN in refusal_of(county, act, Doer("陈未登记", said))
        assert UNKNOWN in refusal_of(county, act, Doer("命令行", said))


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_the_role_that_may_is_not_refused_for_its_role(
    county: Writer, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the small county lacks for it may stand against it; what it writes is taken back."""
    transaction = county.transaction

    @contextmanager
    def taken_back() -> Iterator[Database]:
        with transaction() as db:
            yield db
            raise TakenBack

    monkeypatch.setattr(county, "transaction", taken_back)
    monkeypatch.setattr(job.Job, "begin", lambda _: None)
    for role in ACTIONS[act.action]:
        said = ""
        with suppress(
            TakenBack, AttributeError, TypeError
        ):  # the call's arguments are only as good as it needs
            said = refusal_or_none(act, county, Doer(PEOPLE[role], role))
        assert not any(words in said for words in (NOT_YOURS, GONE, UNKNOWN)), (role, said)


def test_every_permission_is_asked_for_by_an_act_or_only_shows() -> None:
    only_shown = {"see_household_heads", "see_personal_log"}
    assert {act.action for act in ACTS} | only_shown == set(ACTIONS)
    assert set(PEOPLE) == set(ROLES)


def refusal_of(county: Writer, act: Act, doer: Doer) -> str:
    """The words of the refusal; what is in the database is the same after as before."""
    before = everything(county)
    said = refusal_or_none(act, county, doer)
    assert said, f"{act} was not refused to {doer}"
    assert everything(county) == before
    return said


def refusal_or_none(act: Act, writer: Writer, doer: Doer) -> str:
    try:
        act.call(writer, doer)
    except Refused as refused:
        return refused.words.zh
    return ""


def everything(writer: Writer) -> dict[str, int]:
    """How many rows each table has, and how long the chain is."""
    with writer.transaction() as db:
        return {name: _count(db, name) for name in db.table_names() if not name.startswith("sqlite")}


def _count(db: Database, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM [{table}]").fetchone()[0])
