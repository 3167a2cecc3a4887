"""`packaging` on the command line: every kind of slip, what lies where, and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import settings
from data.store import utc_now
from office.__main__ import main
from tests.casework import H1P1
from tests.packing import BOX, MACHINE, OTHER_STORE, STORE, Stores
from tests.recorded import differences

Run = Callable[..., tuple[int, Any]]
CLERK, REVIEWER = ("--by", "李录入"), ("--by", "周审核")
GOOD = ("--subject", H1P1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The two stores on 2021-03-01; packaging of H1/P1 is granted."""
    stores = Stores(tmp_path / "office.db")
    with stores.writer, stores.writer.transaction() as db:
        settings.make_demonstration(db, date(2021, 3, 1), at=utc_now(), by="init")
    return stores.file


@pytest.fixture
def run(file: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `packaging …` with --json; gives exit code and document."""

    def _run(*arguments: str) -> tuple[int, Any]:
        code = main(["--db", str(file), "packaging", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return _run


def test_every_kind_of_slip_is_recorded(run: Run, file: Path) -> None:
    at = ("--place", STORE)
    slips = [
        ("receive", f"{BOX}=50", *at, *CLERK),
        ("transfer", f"{BOX}=30", *at, "--to-place", OTHER_STORE, *CLERK),
        ("issue", f"{BOX}=40", f"{MACHINE}=1", *at, *GOOD, "--person", "示例户主", *CLERK),
        ("return", f"{BOX}=5", *at, *GOOD, *CLERK),
        ("use_up", f"{BOX}=10", *GOOD, *CLERK),
        ("lost", f"{BOX}=1", *GOOD, "--reason", "搬家遗失", *REVIEWER),
        ("write_off", f"{BOX}=2", *at, "--reason", "受潮", *REVIEWER),
    ]
    answers = [run(*slip) for slip in slips]
    assert {code for code, _ in answers} == {0}
    assert [document["kind"] for _, document in answers] == [slip[0] for slip in slips]
    papers = {d["kind"]: d["document"] for _, d in answers if d["document"]}
    assert papers.keys() == {"issue", "return"}
    assert answers[2][1]["slip_no"] == papers["issue"]
    _, stock = run("stock")
    found = {(row["place"], row["item"]): row["quantity"] for row in stock["stock"]}
    assert found == {(STORE, BOX): 83, (STORE, MACHINE): 1, (OTHER_STORE, BOX): 30}
    _, held = run("held", *GOOD)
    assert [(one["item_code"], one["quantity"]) for one in held["held"]] == [(MACHINE, 1), (BOX, 24)]
    assert run("recovery") == (0, {"day": "2021-03-01", "goods": []})
    assert differences(file) == []


def test_lines_are_found_by_their_kind_item_place_slip_and_day(run: Run) -> None:
    _, document = run("receive", f"{BOX}=1", "--place", OTHER_STORE, *CLERK)
    _, everything = run("moves")
    assert [move["quantity"] for move in everything["moves"]] == [1, 100, 2]
    assert run("moves", "--slip", document["slip_no"])[1] == run("moves", "--place", OTHER_STORE)[1]
    assert len(run("moves", "--item", BOX)[1]["moves"]) == 2
    assert run("moves", "--kind", "issue")[1]["moves"] == run("moves", "--since", "2021-03-02")[1]["moves"]
    assert run("stock", "--as-of", "2021-02-28")[1]["stock"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("issue", f"{BOX}=101", "--place", STORE, *GOOD, *CLERK), "只有“示例纸箱”100 个"),
        (("issue", f"{BOX}=1", "--place", STORE, "--subject", "H1/P2", *CLERK), "尚未办理"),
        (("receive", f"{BOX}=1", "--place", STORE), "经办人"),
        (("receive", f"{BOX}=0", "--place", STORE, *CLERK), "1 到 1,000,000"),
        (("receive", f"{BOX}=1", f"{BOX}=2", "--place", STORE, *CLERK), "写了两次"),
        (("lost", f"{BOX}=1", "--place", STORE, *REVIEWER), "原因"),
        (("stock", "--as-of", "2021-2-1"), "不是日期"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, document = run(*arguments)
    assert code == 1 and words in document["error"]
    assert len(run("moves")[1]["moves"]) == 2


@pytest.mark.parametrize("line", ["B2", "B2=", "B2=1.5", "B2=-1", "B2=四"])
def test_a_line_that_is_none_is_wrong_usage(file: Path, line: str) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["--db", str(file), "packaging", "receive", line, "--place", STORE, *CLERK])
    assert wrong.value.code == 2


def test_without_json_it_answers_in_words_of_the_language_asked_for(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--db", str(file), "packaging", "stock"]) == 0
    assert "示例中心库  B2 示例纸箱  100 个" in capsys.readouterr().out
    assert main(["--db", str(file), "--lang", "en", "packaging", "recovery"]) == 0
    assert capsys.readouterr().out.strip() == "There is none."
    main(["--db", str(file), "--lang", "en", "packaging", "receive", "B2=5", "--place", STORE, *CLERK])
    assert "slip 入库〔2021〕2号" in capsys.readouterr().out
