"""The command line as scripts and checks use it: documents, exit codes, refusals in words."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import rules
from data.store import open_writer
from office.__main__ import main

Run = Callable[..., tuple[int, Any]]
FIRST_GOOD = "H0001"


@pytest.fixture
def run(demo_db: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with --json on the demonstration; gives exit code and document."""

    def _run(*arguments: str, db: Path = demo_db) -> tuple[int, Any]:
        code = main(["--db", str(db), *arguments, "--json"])
        out = capsys.readouterr().out
        return code, json.loads(out)

    return _run


def counts(decisions: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for d in decisions:
        found.setdefault(d["benefit"], {}).setdefault(d["verdict"], 0)
        found[d["benefit"]][d["verdict"]] += 1
    return found


def without_zeros(counted: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {b: {v: n for v, n in verdicts.items() if n} for b, verdicts in counted.items()}


def test_decide_gives_the_document_of_the_contract(run: Run) -> None:
    code, document = run("decide")
    assert code == 0
    assert set(document) == {"program", "digest", "as_of", "known_at", "parameters", "decisions"}
    assert document["as_of"] == "2021-09-30"
    assert document["parameters"]["inspection_validity_days"] == 180
    for decision in document["decisions"]:
        assert set(decision) == {"subject", "benefit", "verdict", "findings", "facts"}
    assert {d["verdict"] for d in document["decisions"]} == {
        "eligible",
        "not_eligible",
        "cannot_decide",
        "revoked",
    }


def test_explain_agrees_with_decide_and_adds_its_reasons(run: Run) -> None:
    _, everything = run("decide")
    some = everything["decisions"][0]
    code, document = run("explain", some["subject"], "--benefit", some["benefit"])
    (one,) = document["decisions"]
    assert code == 0
    assert {key: one[key] for key in some} == some
    assert set(one) == {*some, "evidence", "row", "distance"}
    assert one["row"] >= 1


def test_the_parts_of_a_comparison_add_up(run: Run) -> None:
    code, document = run(
        "compare", "--set", "long_term_consecutive_failures=1", "--set", "failure_window_days=30"
    )
    assert code == 0
    moved = {b: dict(verdicts) for b, verdicts in document["before"].items()}
    for change in document["changed"]:
        moved[change["benefit"]][change["before"]] -= 1
        moved[change["benefit"]][change["after"]] += 1
        assert change["because"]
    assert document["changed"]
    assert moved == document["after"]


def test_a_comparison_of_two_days_has_the_earlier_named_day_before(run: Run) -> None:
    _, document = run("compare", "--against-as-of", "2021-06-30")
    _, june = run("decide", "--as-of", "2021-06-30")
    _, now = run("decide")
    assert without_zeros(document["before"]) == counts(june["decisions"])
    assert without_zeros(document["after"]) == counts(now["decisions"])


def test_a_what_if_records_nothing_and_cannot_be_recorded(run: Run, demo_db: Path) -> None:
    code, document = run("decide", "--set", "readmission_passes=1", "--record", "--by", "示例审核员")
    assert code == 1
    assert "error" in document


def test_recording_twice_adds_nothing(run: Run) -> None:
    _, before = run("verify")
    assert run("decide", "--record", "--by", "示例审核员")[0] == 0
    _, once = run("verify")
    assert run("decide", "--record", "--by", "示例审核员")[0] == 0
    _, twice = run("verify")
    assert once["entries"] == before["entries"] + 1
    assert twice["entries"] == once["entries"]
    assert twice["ok"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["decide", "--set", "readmission_passes=99"], "1 到 12"),
        (["decide", "--set", "readmission_passes=zwei"], "整数"),
        (["decide", "--set", "readmission_passes=1.5"], "整数"),
        (["decide", "--set", "no_such=1"], "没有参数"),
        (["decide", "--as-of", "2020-03-15"], "尚未施行"),
        (["decide", "--as-of", "yesterday"], "不是日期"),
        (["decide", "--known-at", "soon"], "不是时刻"),
        (["decide", "--program", "no-such"], "没有名为"),
        (["explain", "H9999/P99"], "没有登记"),
        (["explain", "H0001/P01/x"], "没有登记"),
        (["explain", FIRST_GOOD, "--benefit", "money"], "没有"),
        (["export", "inspections", "x.pdf"], ".csv"),
        (["template", "inspections", "x.csv"], ".xlsx"),
        (["template", "no-such", "x.xlsx"], "没有名为"),
        (["import", "inspections", "not-there.csv"], "读不到"),
        (["evaluate", "not-there.toml", "x.csv"], "读不到"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Run, arguments: list[str], word: str) -> None:
    code, document = run(*arguments)
    assert code == 1
    assert word in document["error"]


def test_wrong_usage_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["no-such-command"], ["decide", "--set", "novalue"], ["explain"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2


def test_a_missing_database_is_said_and_not_made(tmp_path: Path, run: Run) -> None:
    code, document = run("decide", db=tmp_path / "none.db")
    assert code == 1
    assert document["error"]
    assert not (tmp_path / "none.db").exists()


def test_a_writing_command_beside_a_running_application_is_refused(run: Run, demo_db: Path) -> None:
    with open_writer(demo_db):
        assert run("decide")[0] == 0
        code, document = run("decide", "--record", "--by", "示例审核员")
    assert code == 1
    assert document["error"]


def test_a_day_before_any_good_was_registered_gives_no_decision(office_db: Path, run: Run) -> None:
    code, document = run("decide", "--as-of", "2021-06-30", db=office_db)
    assert (code, document["decisions"]) == (0, [])


def test_files_come_in_whole_or_not_at_all(office_db: Path, tmp_path: Path, run: Run) -> None:
    villages = tmp_path / "villages.csv"
    villages.write_text(
        "村编码,乡镇编码,村名,是否贫困村,身份证号\nV1,653128100,示例村01,是,1\nV2,999,示例村02,是,2\n",
        "utf-8",
    )
    code, report = run("import", "villages", str(villages), db=office_db)
    assert code == 1
    assert (report["accepted"], report["rejected"], report["rows"]) == (0, 1, 2)
    assert report["ignored_columns"] == ["身份证号"]
    assert set(report) == {
        "register",
        "rows",
        "accepted",
        "rejected",
        "unchanged",
        "ignored_columns",
        "errors",
        "past_decisions",
    }
    (error,) = report["errors"]
    assert (error["row"], error["column"], error["value"]) == (3, "乡镇编码", "999")
    villages.write_text(
        "村编码,乡镇编码,村名,是否贫困村\nV1,653128100,示例村01,是\nV2,653128101,示例村02,否\n", "gb18030"
    )
    assert run("import", "villages", str(villages), "--dry-run", db=office_db)[1]["accepted"] == 2
    assert run("import", "villages", str(villages), db=office_db)[1]["accepted"] == 2
    again = run("import", "villages", str(villages), db=office_db)[1]
    assert (again["accepted"], again["unchanged"]) == (0, 2)


def test_a_correction_needs_its_reason_and_keeps_the_old_version(
    office_db: Path, tmp_path: Path, run: Run
) -> None:
    villages = tmp_path / "villages.csv"
    villages.write_text("村编码,乡镇编码,村名,是否贫困村\nV1,653128100,示例村01,是\n", "utf-8")
    assert run("import", "villages", str(villages), db=office_db)[0] == 0
    villages.write_text("村编码,乡镇编码,村名,是否贫困村\nV1,653128100,示例村01,否\n", "utf-8")
    assert run("import", "villages", str(villages), db=office_db)[0] == 1
    assert run("import", "villages", str(villages), "--update", db=office_db)[0] == 1
    code, report = run("import", "villages", str(villages), "--update", "--reason", "录入有误", db=office_db)
    assert (code, report["accepted"]) == (0, 1)
    assert run("verify", db=office_db)[1]["ok"]


def test_what_is_exported_comes_back_unchanged(run: Run, tmp_path: Path) -> None:
    for register, ending in itertools.product(("households", "goods", "inspections"), ("csv", "xlsx")):
        file = tmp_path / f"{register}.{ending}"
        assert run("export", register, str(file))[0] == 0
        code, report = run("import", register, str(file))
        assert (code, report["accepted"], report["unchanged"]) == (0, 0, report["rows"]), report["errors"][:3]


def test_an_empty_template_says_that_it_has_no_rows(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    assert run("template", "inspections", str(form))[0] == 0
    code, report = run("import", "inspections", str(form))
    assert code == 1
    assert report["errors"]


def test_every_command_is_in_the_manual() -> None:
    from office.__main__ import parser

    manual = (Path(__file__).parent.parent / "docs" / "命令行.md").read_text("utf-8")
    (commands,) = [
        a.choices for a in parser()._actions if hasattr(a, "choices") and isinstance(a.choices, dict)
    ]
    for name, command in commands.items():
        assert f"`{name}" in manual
        for option in (
            o for a in command._actions for o in a.option_strings if o.startswith("--") and o != "--help"
        ):
            assert f"`{option}" in manual, f"{name} {option}"


GAP_BY_VALUE = """
[[benefits.third.verdicts]]
verdict = "eligible"
when = { holds = ["inspected_recently"] }
[[benefits.third.verdicts]]
verdict = "not_eligible"
when = { holds = ["inspected_long_ago"] }
[[benefits.third.verdicts]]
verdict = "cannot_decide"
when = { unknown = "some" }
"""
LONG_AGO = """
[conditions.inspected_long_ago]
test = { fact = "days_since_last_inspection", more_than = "long_ago" }
text = { zh = "很久没有检验", en = "was inspected long ago" }
clause = "三(八)"
quote = "定期"
reading = "office"

[parameters.long_ago]
title = { zh = "很久", en = "Long ago" }
unit = "day"
clause = "三(八)"
quote = "定期"
reading = "office"
range = [30, 1000]
values = [{ from = 2020-03-16, value = 180 }]

[benefits.third]
"""


def test_values_that_leave_a_good_without_an_answer_are_refused_not_guessed(run: Run, tmp_path: Path) -> None:
    ours = Path(rules.__file__).parent / "programs" / "produce-support.toml"
    draft = tmp_path / "draft.toml"
    draft.write_text(ours.read_text("utf-8") + LONG_AGO + GAP_BY_VALUE, "utf-8")
    assert run("decide", "--program-file", str(draft))[0] == 0
    for command in ("decide", "compare"):
        code, document = run(command, "--program-file", str(draft), "--set", "long_ago=1000")
        assert code == 1
        assert "判不出" in document["error"]


def test_a_what_if_value_named_twice_is_refused(run: Run) -> None:
    assert run("decide", "--set", "readmission_passes=1", "--set", "readmission_passes=3")[0] == 1


def test_a_blank_line_of_a_table_with_one_column_is_an_unknown(tmp_path: Path, run: Run) -> None:
    program, facts = tmp_path / "one.toml", tmp_path / "facts.csv"
    program.write_text(ONE_FACT, "utf-8")
    facts.write_text("k\n是\n\n否\n", "utf-8")
    code, document = run("evaluate", str(program), str(facts))
    assert code == 0
    assert [r["verdicts"]["b"] for r in document["rows"]] == ["good", "open", "bad"]


def test_a_programme_that_cannot_be_read_is_a_fault_of_its_proof(run: Run, tmp_path: Path) -> None:
    code, document = run("prove", str(tmp_path / "none.toml"))
    assert (code, [f["kind"] for f in document["faults"]]) == (1, ["unreadable"])


ONE_FACT = """
program = "one"
title = { zh = "一", en = "One" }
source = "x"
subject = "thing"
better = ["bad", "open", "good"]
[facts.k]
type = "yes_no"
may_be_unknown = true
[conditions.k_holds]
test = { fact = "k", is = true }
text = { zh = "k", en = "k" }
clause = "c"
quote = "q"
reading = "text"
[[benefits.b.verdicts]]
verdict = "good"
when = { holds = "all" }
[[benefits.b.verdicts]]
verdict = "open"
when = { unknown = "some" }
[[benefits.b.verdicts]]
verdict = "bad"
when = { fails = ["k_holds"] }
"""


def test_a_column_that_a_file_does_not_have_leaves_what_is_registered(run: Run, tmp_path: Path) -> None:
    whole, part, blanked = (tmp_path / name for name in ("whole.csv", "part.csv", "blanked.csv"))
    assert run("export", "inspections", str(whole))[0] == 0
    header, row, *_ = whole.read_text("utf-8-sig").splitlines()
    assert header.endswith("检测机构") and row.split(",")[-1]
    part.write_text("\n".join(line.rpartition(",")[0] for line in (header, row)), "utf-8")
    code, report = run("import", "inspections", str(part))
    assert (code, report["unchanged"]) == (0, 1), report["errors"]
    changed = part.read_text("utf-8").replace("合格", "待确证")
    part.write_text(changed, "utf-8")
    assert run("import", "inspections", str(part), "--update", "--reason", "按台账更正")[1]["accepted"] == 1
    assert run("export", "inspections", str(whole))[0] == 0
    sample = row.split(",")[0]
    (now,) = [line for line in whole.read_text("utf-8-sig").splitlines() if line.startswith(f"{sample},")]
    assert "待确证" in now and now.split(",")[-1] == row.split(",")[-1]
    blanked.write_text(f"{header}\n{now.rpartition(',')[0]},\n", "utf-8")
    assert (
        run("import", "inspections", str(blanked))[0] == 1
    )  # a blank cell in a column that is there is content
