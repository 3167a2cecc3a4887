"""A few hundred spoilt inputs into everything that reads some (`python -m soak --only fuzzing` tries thousands), and
those found once that broke something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.escape import escape

from data.workbook_child import answer
from data.workbook_parts import must_be_plain
from office.refusal import Refused
from office.rulekeeping.trying_cases import cases_in
from office.starting import start_demonstration
from soak.fuzz_seeds import seeds
from soak.fuzz_targets import Broken, Target, sign_in_form, targets
from soak.fuzzing import Hang, fuzz_one, within
from tests.awkward_files import TOWNSHIPS, repacked, xlsx

INPUTS = {
    "csv": 60,
    "xlsx": 40,
    "xls": 20,
    "rules": 80,
    "cases": 40,
    "facts": 20,
    "address": 60,
    "sign-in": 60,
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fuzzed") / "office.db"
    start_demonstration(path, households=8)
    return path


@pytest.fixture(scope="module")
def good(office: Path) -> Mapping[str, Any]:
    return seeds(office)


@pytest.fixture(scope="module")
def readers(office: Path) -> Iterator[Mapping[str, Target]]:
    with targets(office) as found:
        yield found


@pytest.mark.parametrize("name", INPUTS)
def test_a_spoilt_input_is_answered_in_words(
    name: str, readers: Mapping[str, Target], good: Mapping[str, Any], office: Path
) -> None:
    before = office.read_bytes()
    told = fuzz_one(name, readers[name], good[name], INPUTS[name])
    assert told.inputs >= INPUTS[name] // 2
    assert told.finds == {}
    assert office.read_bytes() == before


@pytest.mark.parametrize("name", ["csv", "xlsx", "xls", "rules", "cases", "pack", "backup", "facts"])
def test_what_is_begun_from_is_itself_answered(
    name: str, readers: Mapping[str, Target], good: Mapping[str, Any]
) -> None:
    for content in good[name]:
        readers[name](content)


def test_a_target_that_breaks_or_hangs_is_found() -> None:
    def breaks(content: bytes) -> None:
        if len(content) > 3:
            raise KeyError("示例")

    assert list(fuzz_one("x", breaks, [b"abcdef"], 20).finds) != []
    with pytest.raises(Hang), within(0.2):
        while True:
            pass


def test_a_way_back_that_leads_away_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soak.fuzz_targets.way_back", lambda wish: wish)
    with pytest.raises(Broken):
        sign_in_form(b"//192.0.2.1")


@pytest.mark.parametrize(
    "text", ["case = " + "[" * 5_000, "case" + ".a" * 5_000 + " = 1", "case = 1" + "0" * 9_000]
)
def test_cases_nested_without_end_are_refused_in_words(text: str) -> None:
    with pytest.raises(Refused) as refused:
        cases_in(text)
    assert refused.value.words.zh


def test_many_comments_before_the_root_take_no_time() -> None:
    good = xlsx(TOWNSHIPS, ["1", "x"])
    with within(5):
        for before in ("<!-- x -->" * 700, " " * 8_000, "<?x y?>" * 900, "<!--" * 2_000):
            content = repacked(good, {"xl/workbook.xml": (before + "<!DOCTYPE a><a/>").encode()})
            with pytest.raises(Exception, match="DTD"):
                must_be_plain(content)


def test_what_a_workbook_writes_in_place_of_a_character_is_read_as_the_character() -> None:
    verdict, [sheet] = answer("xlsx", xlsx(TOWNSHIPS, ["1", escape("a\x0bb")], ["2", "_x005F_x003D_1"]))
    assert verdict == "sheets"
    assert sheet["rows"][2][1] == "_x003D_1"
    assert sheet["rows"][1][1].endswith("a?b")  # a control character, said so by the check
