"""审计 → 全部复核: begun by who may, watched, read, recorded; a paper's mark is compared with the chain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import settings
from data.rulekeeping.rechecks import rechecks
from data.store import reading
from office import running
from office.casework.asked import Doer
from office.rechecking import job
from office.rechecking.keeping import keep, mark_holds
from office.rechecking.sheet import differences_xlsx
from office.rechecking.whole import recheck
from office.refusal import Refused
from tests.conftest import OpenPage
from tests.recorded import behind_the_back

REVIEWER, CLERK = Doer("示例审核员", "reviewer"), Doer("示例录入员", "clerk")


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.error, *app.warning, *app.subheader]
    return "\n".join(str(element.value) for element in shown)


def keys(app: AppTest) -> set[str | None]:
    return {button.key for button in app.button}


def test_an_auditor_re_checks_everything_and_records_that(app_test: OpenPage) -> None:
    app = app_test("audit", "auditor", view="recheck")
    assert "还没有复核过" in told(app) and "还没有登记过复核" in told(app)
    app.button(key="audit_recheck_begin").click().run()
    begun = job.latest(running.database_path())
    assert begun is not None
    begun.wait(120)
    app.run()
    assert "全部相符" in told(app)
    app.button(key="audit_recheck_keep").click().run()
    assert "这次复核已经登记" in told(app)
    with running.reader() as db:
        (kept,) = rechecks(db)
        decisions = db.execute("SELECT count(*) FROM decisions").fetchone()[0]
    assert (kept.decisions, kept.differences, kept.first) == (decisions, 0, None)
    assert app.dataframe[-1].value.to_dict("records")[0]["decisions"] == decisions


def test_a_clerk_reads_but_does_not_begin(app_test: OpenPage) -> None:
    assert "audit_recheck_begin" not in keys(app_test("audit", "clerk", view="recheck"))
    assert "audit_recheck_begin" in keys(app_test("audit", "reviewer", view="recheck"))


def test_what_differs_stands_in_a_table_with_its_place(app_test: OpenPage) -> None:
    path = running.database_path()
    behind_the_back(path, "UPDATE decisions SET verdict = 'revoked' WHERE id = 1")
    job.begin(path, "周审核").wait(120)
    app = app_test("audit", "reviewer", view="recheck")
    assert "有 1 处不符" in told(app)
    assert str(app.dataframe[0].value.iloc[0, 0]).startswith("decisions, chain")


def test_a_mark_in_the_address_is_compared_with_the_chain(app_test: OpenPage) -> None:
    with running.reader() as db:
        (digest,) = db.execute("SELECT hash FROM chain WHERE seq = 7").fetchone()
    same = app_test("audit", "auditor", view="recheck", entry="7", hash=digest[:16].upper())
    assert "与纸上的相同" in told(same)
    other = ("0" if digest[0] != "0" else "1") + digest[1:16]
    assert "与纸上的不同" in told(app_test("audit", "auditor", view="recheck", entry="7", hash=other))


@pytest.mark.parametrize(
    ("number", "mark"), [("七", "0" * 16), ("-1", "0" * 16), ("7", "0" * 15), ("7", "x" * 16)]
)
def test_what_is_no_mark_is_refused_in_words(people_db: Path, number: str, mark: str) -> None:
    with reading(people_db) as db, pytest.raises(Refused):
        mark_holds(db, number, mark)


def test_an_entry_that_is_not_there_any_more_is_said_to_be_taken_away(people_db: Path) -> None:
    with reading(people_db) as db:
        holds, words = mark_holds(db, "999999", "0" * 16)
    assert not holds and "去掉" in words.zh


def test_only_who_may_records_a_re_check_and_only_of_this_chain(inside: Path) -> None:
    found = recheck(inside, children=0)
    with pytest.raises(Refused):
        keep(running.writer(), found, doer=CLERK)
    kept = keep(running.writer(), found, doer=REVIEWER)
    assert (kept.head_seq, kept.head_hash) == (found.entries, found.head)

    with pytest.raises(Refused, match="not in the chain"):
        keep(running.writer(), replace(found, head="0" * 64), doer=REVIEWER)
    with running.reader() as db:
        assert len(rechecks(db)) == 1
        assert settings.is_demonstration(db)


def test_a_recorded_re_check_names_the_first_difference(inside: Path) -> None:
    behind_the_back(inside, "UPDATE settings SET value = '2021-09-29' WHERE key = 'working_day'")
    found = recheck(inside, children=0)
    assert not found.ok

    behind_the_back(inside, "UPDATE settings SET value = '2021-09-30' WHERE key = 'working_day'")
    kept = keep(running.writer(), found, doer=REVIEWER)
    assert kept.first is not None and kept.first["place"] == found.differences[0].place
    assert differences_xlsx(found, lambda words: words.zh)[:2] == b"PK"
