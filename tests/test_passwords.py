"""A password is long and not easily guessed, kept slowly and checked in the same time for everybody."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]

from office.accounts import passwords
from office.accounts.passwords import AT_ONCE, MAX_LENGTH, fault_of, fits, hashed, is_outdated, prepare
from office.refusal import Refused
from tests.accounts import quick_passwords

# Not one a person uses, and none of its parts is a word.
CHANCE = "kqzvwbxjtmfh" * 20


def fault(password: str) -> str:
    found = fault_of(password, login="zhang.shili", name="示例张")
    return found.zh if found else ""


def test_a_password_is_kept_by_argon2id_with_64_mib_in_three_passes() -> None:
    kept = extract_parameters(hashed("示例 长长的 一句话"))
    assert (kept.type.name, kept.memory_cost, kept.time_cost, kept.parallelism) == ("ID", 65536, 3, 4)
    assert (kept.salt_len, kept.hash_len) == (16, 32)


def test_checking_one_takes_long_enough_to_hinder_guessing_and_not_so_long_as_to_hinder_people() -> None:
    kept, times = hashed("示例 长长的 一句话"), []
    for _ in range(5):
        start = time.process_time()  # of all lanes together, whatever else the machine does
        assert fits(kept, "示例 长长的 一句话")
        times.append(time.process_time() - start)
    assert 0.1 < min(times) < 1.0, times


def test_a_login_that_does_not_exist_takes_as_long_as_a_wrong_password() -> None:
    kept, times = hashed("示例 长长的 一句话"), {"wrong": list[float](), "nobody": list[float]()}
    prepare()
    for _ in range(7):
        for name, encoded in (("wrong", kept), ("nobody", None)):
            start = time.perf_counter()
            assert not fits(encoded, "不对的密码")
            times[name].append(time.perf_counter() - start)
    assert 0.6 < median(times["nobody"]) / median(times["wrong"]) < 1.7, times


def test_one_password_is_kept_differently_each_time_and_fits_each() -> None:
    one, other = hashed("示例 长长的 一句话"), hashed("示例 长长的 一句话")
    assert one != other and fits(one, "示例 长长的 一句话") and fits(other, "示例 长长的 一句话")
    assert not fits(one, "示例 长长的 一句")


def test_full_width_letters_of_a_chinese_keyboard_are_the_same_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick_passwords(monkeypatch)
    assert fits(hashed("ｃｏｗ　ｂｏｘ　１２３！"), "cow box 123!")
    assert fits(hashed("cow box 123!"), "ｃｏｗ　ｂｏｘ　１２３！")
    assert not fits(hashed("cow box 123!"), "Cow box 123!")


def test_no_password_fits_where_none_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)
    assert not fits(None, "") and not fits(None, "\0nobody\0")
    assert not fits("", "") and not fits("$argon2id$junk", "x") and not fits("plain", "plain")


@pytest.mark.parametrize(
    ("length", "good"), [(11, False), (12, True), (200, True), (201, False)], ids=lambda value: str(value)
)
def test_a_password_has_12_to_200_characters(length: int, good: bool) -> None:
    assert (fault(CHANCE[:12] + CHANCE[-length:][12:] if length > 12 else CHANCE[:length]) == "") is good


def test_what_is_too_long_never_fits_even_where_its_beginning_does(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)
    kept = hashed(CHANCE[:MAX_LENGTH])
    assert fits(kept, CHANCE[:MAX_LENGTH]) and not fits(kept, CHANCE[: MAX_LENGTH + 1])


@pytest.mark.parametrize(
    ("password", "because"),
    [
        ("aaaaaaaaaaaaaaaa", "重复"),
        ("abcabcabcabcabc", "重复"),
        ("密码密码密码密码密码密码", "重复"),
        ("abcdefghijklmnop", "连续"),
        ("qwertyuiop[]", "相邻"),
        ("password1234", "很多人用过"),
        ("P@ssw0rd1234", "很多人用过"),
        ("123456789012", "很多人用过"),
        ("１２３４５６７８９０１２", "很多人用过"),
        ("woaini1314520", "很多人用过"),
        ("20260101200101", "太容易猜到"),
        ("my Zhang.Shili here", "登录名或姓名"),
        ("ilihs.gnahz kqzvwb", "登录名或姓名"),
        ("我是示例张呀你好你好啊哈", "登录名或姓名"),
        ("abc\x00def ghi jkl", "看不见"),
        ("abc\u200bdef ghi jkl", "看不见"),
    ],
)
def test_what_is_easily_guessed_is_refused_with_its_reason(password: str, because: str) -> None:
    assert because in fault(password)


def test_every_common_password_that_is_long_enough_is_refused() -> None:
    common = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= 12]
    assert len(common) > 100
    assert [word for word in common if not fault(word)] == []
    assert [word for word in common if not fault(word.upper())] == []


@pytest.mark.parametrize(
    "password",
    ["four plain words here", "玉米 拖拉机 晚霞 算盘", "今天下午三点去乡里收鸡蛋", "kqzvwbxjtmfh"],
)
def test_length_counts_and_no_kinds_of_characters_are_asked_for(password: str) -> None:
    assert fault(password) == ""


@given(st.text(max_size=260), st.text(max_size=20), st.text(max_size=20))
def test_any_text_gets_an_answer(password: str, login: str, name: str) -> None:
    found = fault_of(password, login=login, name=name)
    assert found is None or (found.zh and found.en)


@given(st.text(alphabet=st.characters(), max_size=260))
def test_any_text_can_be_tried(password: str) -> None:
    kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("示例")
    assert fits(kept, password) is (password == "示例")


def test_other_parameters_than_todays_are_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)
    quick = hashed("示例 长长的 一句话")
    assert not is_outdated(quick)
    monkeypatch.undo()
    assert is_outdated(quick)


def test_no_more_than_two_are_worked_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = _Slow()
    monkeypatch.setattr(passwords, "_HASHER", slow)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: hashed(str(number)), range(8)))
    assert slow.most == AT_ONCE == 2


def test_who_waits_too_long_for_a_place_is_told_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(passwords, "_HASHER", _Slow(0.5))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        before = [threads.submit(hashed, "x") for _ in range(AT_ONCE)]
        time.sleep(0.1)
        with pytest.raises(Refused, match="try again"):
            hashed("x")
        assert [one.result() for one in before] == ["kept", "kept"]
    assert hashed("x") == "kept", "and later there is room again"


class _Slow:
    """Counts how many hash at the same time."""

    def __init__(self, seconds: float = 0.05) -> None:
        self.seconds, self.most, self._now, self._lock = seconds, 0, 0, threading.Lock()

    def hash(self, _password: bytes) -> str:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(self.seconds)
        with self._lock:
            self._now -= 1
        return "kept"
