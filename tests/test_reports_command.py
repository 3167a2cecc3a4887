"""`bulletin` and `assess` on the command line: preview, issue, list, veto and lift, as documents and in words."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from office.commands import reports
from office.commands.parsing import Commands
from office.refusal import Refused
from tests.reporting import AUGUST, T1, County

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on a small county whose clock stands still on 2021-09-10; gives its JSON, else its words."""
    county = County(tmp_path / "office.db")
    county.station("S1")
    county.returned("S1", AUGUST, 100_000)
    county.writer.close()
    for module in ("office.reports.bulletin", "office.reports.assessment", "office.reports.vetoes"):
        monkeypatch.setattr(f"{module}.now", county.clock)
    monkeypatch.setattr("office.commands.reports.now", county.clock)

    def go(*arguments: str) -> Any:
        top = ArgumentParser()
        top.add_argument("--db", type=Path, default=county.file)
        top.add_argument("--lang", default="zh")
        reports.add(Commands(top.add_subparsers(required=True)))
        args = top.parse_args(list(arguments))
        assert args.run(args) == 0
        said = capsys.readouterr().out
        return json.loads(said) if args.json else said

    yield go


def test_a_bulletin_is_looked_at_issued_and_listed(run: Run) -> None:
    found = run("bulletin", "preview", "--json")
    assert (found["month"], found["edition"], found["figures"][T1]["sold"]) == (AUGUST, 1, 100_000)
    assert "全县" in run("bulletin", "preview", "--month", AUGUST)
    assert "还没有印发过通报" in run("bulletin", "list")
    issued = run("bulletin", "issue", "--by", "周审核", "--problems", "示例问题", "--json")
    assert (issued["number"], issued["by"]) == ("岳电商办通报〔2021〕1号", "周审核")
    assert issued["figures"]["text"]["problems"] == "示例问题"
    assert "岳电商办通报〔2021〕1号" in run("bulletin", "list")
    with pytest.raises(Refused, match="Nothing differs"):
        run("bulletin", "issue", "--by", "周审核", "--problems", "示例问题")


@pytest.mark.parametrize("month", ["2021-13", "202108", "八月"])
def test_what_is_no_month_is_refused_in_words(run: Run, month: str) -> None:
    with pytest.raises(Refused, match="is not a month"):
        run("bulletin", "preview", "--month", month)


def test_an_assessment_is_looked_at_vetoed_and_issued(run: Run) -> None:
    before = run("assess", "preview", "--json")["townships"][0]
    assert before["township_code"] == T1 and before["total"] == before["before_veto"] > 0
    veto = run("assess", "veto", T1, "--year", "2021", "--reason", "示例", "--by", "周审核", "--json")
    assert (veto["kind"], veto["year"]) == ("impose", 2021)
    issued = run("assess", "issue", "--until", AUGUST, "--by", "周审核", "--json")
    assert issued["totals"][T1] == 0 and issued["edition"] == 1
    assert "撤销否决" in run(
        "assess", "lift", "岳普湖镇", "--year", "2021", "--reason", "示例", "--by", "周审核"
    )
    assert run("assess", "preview", "--json")["townships"][0]["total"] == before["total"]
    listed = run("assess", "list", "--json")
    assert [one["kind"] for one in listed["vetoes"]] == ["lift", "impose"] and len(listed["assessments"]) == 1
    assert "数据质量" in run("assess", "preview")


def test_an_act_without_a_name_is_refused(run: Run) -> None:
    with pytest.raises(Refused, match="who does it"):
        run("bulletin", "issue")
