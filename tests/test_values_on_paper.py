"""Days, money and names as they stand on paper: exact to the fen, and masked for the wall."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.papers.filters import BLANK, day, household_end, in_words, instant, masked, or_blank, yuan
from office.casework.in_force import STATE_WORDS
from office.paperwork import papers_of_goods_and_money as goods
from office.paperwork.papers import context
from rules.slip import VERDICTS
from tests import examples_of_papers as examples

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1_000}


def fen_of(words: str) -> int:
    """Money in words read back, independently of how it was written."""
    if words.startswith("负"):
        return -fen_of(words[1:])
    before, sign, after = words.removesuffix("整").partition("元")
    if not sign:
        before, after = "", before
    total = section = digit = 0
    for letter in before:
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        elif letter in UNITS:
            section, digit = section + digit * UNITS[letter], 0
        elif letter == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        else:
            assert letter == "亿"
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    fen = (total + section + digit) * 100
    for letter in after:
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        else:
            fen += digit * {"角": 10, "分": 1}[letter]
    return fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角"),
        (99, "玖角玖分"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角"),
        (1_000, "壹拾元整"),
        (1_005, "壹拾元零伍分"),
        (100_100, "壹仟零壹元整"),
        (1_000_000, "壹万元整"),
        (1_000_100, "壹万零壹元整"),
        (10_000_000_000, "壹亿元整"),
        (16_800_032, "壹拾陆万捌仟元叁角贰分"),
        (-105, "负壹元零伍分"),
    ],
)
def test_money_in_words(fen: int, words: str) -> None:
    assert in_words(fen) == words


@given(st.integers(-(10**15), 10**15))
def test_money_in_words_is_exact(fen: int) -> None:
    assert fen_of(in_words(fen)) == fen


@given(st.text("01", min_size=1, max_size=16))
def test_noughts_in_the_middle_lose_nothing(digits: str) -> None:
    assert fen_of(in_words(int(digits))) == int(digits)


@given(st.integers(-(10**18), 10**18))
def test_money_in_figures_is_exact(fen: int) -> None:
    written = yuan(fen)
    assert int(written.replace(",", "").replace(".", "")) == fen
    assert written[-3] == "."


@pytest.mark.parametrize(
    ("fen", "figures"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123_456_789, "1,234,567.89")]
)
def test_money_in_figures(fen: int, figures: str) -> None:
    assert yuan(fen) == figures


def test_days_and_instants_are_written_as_on_paper() -> None:
    assert day("2021-03-16") == "2021年3月16日"
    assert instant("2021-09-30T15:59:59.000000Z") == "2021年9月30日 23:59"
    assert instant("2021-09-30T16:00:00.000000Z") == "2021年10月1日 00:00"


def test_what_is_not_known_is_a_line_to_write_on() -> None:
    assert day(None).strip("＿") == "年＿＿月＿＿日"
    assert or_blank("") == BLANK
    assert or_blank("村委会") == "村委会"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王*"),
        ("王", "王*"),
        ("欧阳修", "欧*"),
        ("阿卜杜拉·买买提", "阿*"),
        ("阿卜杜拉‧买买提", "阿*"),
        (" 王小明", "王*"),
        ("𠮷田", "𠮷*"),
    ],
)
def test_a_name_is_its_first_character_and_a_star(name: str, shown: str) -> None:
    assert masked(name) == shown
    assert masked(shown) == shown


def test_a_missing_name_is_not_masked_into_something() -> None:
    with pytest.raises(ValueError):
        masked(" ")


@pytest.mark.parametrize(
    ("number", "end"), [("H0001", "0001"), ("653128-203-0123", "0123"), ("0123", "0123"), ("H1", "H1")]
)
def test_a_household_is_the_last_four_characters_of_its_number(number: str, end: str) -> None:
    assert household_end(number) == end


def line(**other: object) -> goods.Published:
    fields = dict(
        township="示例镇",
        village="示例村",
        head_name="王小明",
        household_no="H0001",
        item="物流补贴",
        count=1,
        amount=0,
    )
    return goods.Published.of(**{**fields, **other})  # type: ignore[arg-type]


def test_a_public_notice_carries_no_whole_name_and_no_whole_number() -> None:
    kept = str(context(examples.public_notice(30)))
    assert "阿卜杜热合曼" not in kept
    assert "H0001" not in kept
    assert set(context(examples.public_notice())["rows"][0]) == {
        "township",
        "village",
        "name",
        "household_end",
        "item",
        "count",
        "amount",
    }


@pytest.mark.parametrize("wrong", [{"name": "王小明"}, {"household_end": "H0001"}])
def test_an_unmasked_line_cannot_be_made(wrong: dict[str, str]) -> None:
    fields = dict(
        township="示例镇",
        village="示例村",
        name="王*",
        household_end="0001",
        item="物流补贴",
        count=1,
        amount=1,
    )
    assert goods.Published(**fields)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        goods.Published(**{**fields, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"count": 0}, {"amount": -1}])
def test_a_line_about_nothing_or_less_cannot_be_made(wrong: dict[str, int]) -> None:
    assert line().amount == 0
    with pytest.raises(ValueError):
        line(**wrong)


@pytest.mark.parametrize(
    "words",
    [
        *(words.zh for verdict, words in VERDICTS.items() if verdict not in ("eligible", "payable")),
        *(words.zh for state, words in STATE_WORDS.items() if state in ("withheld", "revoked")),
        "检验不合格",
    ],
)
def test_no_line_says_who_failed_or_lost_something(words: str) -> None:
    with pytest.raises(ValueError):
        line(item=words)


def test_things_given_in_kind_have_no_amount_and_no_sum_of_unlike_units() -> None:
    notice = examples.public_notice(3, None)
    assert notice.total_amount is None
    assert examples.public_notice(3, 100).total_amount == 300
