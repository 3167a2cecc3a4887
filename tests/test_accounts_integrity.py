"""Secrets put there, taken away or swapped past the application are found; what is handed out holds none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.auditing.replaying import refused_now
from data.protection.secrets import secrets_of
from data.store import reading
from office import running
from office.accounts import managing
from office.accounts.passwords import hashed
from office.rechecking.whole import recheck
from tests.accounts import ADMINISTRATOR, make_administrator, make_clerk, quick_passwords, writer
from tests.audit_packs import packed
from tests.recorded import behind_the_back, differences, raw


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch, office_db: Path, run_on: Callable[[Path], None]) -> Path:
    """An office's database after a day with accounts: one with a password, one with a code, one disabled."""
    quick_passwords(monkeypatch)
    run_on(office_db)
    make_administrator()
    make_clerk()
    make_clerk("tingyong", "示例停用者")
    managing.disable(writer(), ADMINISTRATOR, "tingyong")
    managing.add(writer(), ADMINISTRATOR, "xinren", "示例新人", "auditor")
    running.stop()
    return office_db


def test_a_day_with_accounts_holds_and_can_be_done_again(left: Path) -> None:
    found = recheck(left)
    assert found.ok, found.differences
    with reading(left) as db:
        assert list(refused_now(db)) == []


@pytest.mark.parametrize(
    ("statement", "login"),
    [
        ("UPDATE credentials SET password = '{word}' WHERE login = 'guanli'", "guanli"),
        ("UPDATE credentials SET password = password || ' ' WHERE login = 'luru'", "luru"),
        ("UPDATE credentials SET password = NULL WHERE login = 'luru'", "luru"),
        (
            "UPDATE credentials SET password ="
            " (SELECT password FROM credentials WHERE login = 'luru') WHERE login = 'guanli'",
            "guanli",
        ),
        ("UPDATE credentials SET code = '{word}' WHERE login = 'xinren'", "xinren"),
        (
            "UPDATE credentials SET code = '{word}', code_until = '2099-01-01T00:00:00.000000Z'"
            " WHERE login = 'guanli'",
            "guanli",
        ),
        (
            "UPDATE credentials SET code_until = '2099-01-01T00:00:00.000000Z' WHERE login = 'xinren'",
            "xinren",
        ),
        ("DELETE FROM credentials WHERE login = 'luru'", "luru"),
        ("UPDATE credentials SET password = '{word}' WHERE login = 'tingyong'", "tingyong"),
        ("INSERT INTO credentials (login, password) VALUES ('meiyou', '{word}')", "meiyou"),
    ],
)
def test_a_secret_that_the_application_did_not_set_is_found(left: Path, statement: str, login: str) -> None:
    behind_the_back(left, statement.format(word=hashed("示例 长长的 一句话")))
    assert [one.place for one in differences(left)] == [f"credentials {login}"]


def test_a_secret_swapped_together_with_its_digest_is_found_by_the_chain(left: Path) -> None:
    word = hashed("示例 长长的 一句话")
    behind_the_back(
        left,
        f"UPDATE credentials SET password = '{word}' WHERE login = 'guanli'",
        "UPDATE accounts SET password_digest = '" + "0" * 64 + "' WHERE login = 'guanli'",
    )
    assert differences(left)[0].place.startswith("accounts, chain ")


def test_a_role_raised_behind_the_back_is_found(left: Path) -> None:
    behind_the_back(left, "UPDATE accounts SET role = 'administrator' WHERE login = 'luru'")
    assert differences(left)[0].place.startswith("accounts, chain ")


def test_the_audit_pack_holds_the_accounts_and_no_secret(left: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack.zip"
    packed(left, pack)
    with reading(left) as db:
        kept = [secrets_of(db, login) for login in ("guanli", "luru", "xinren")]
    secret = [text.encode() for one in kept for text in (one.password, one.code) if text]
    conn = raw(left)
    secret += [row[0].encode() for row in conn.execute("SELECT token_hash FROM web_sessions")]
    conn.close()
    with zipfile.ZipFile(pack) as opened:
        held = b"".join(opened.read(name) for name in opened.namelist())
    assert len(secret) >= 5 and "示例新人".encode() in held
    assert not any(word in held for word in secret) and b"$argon2id$" not in held
