"""What a role may do is said from the one list of permissions."""

from __future__ import annotations

import pytest

from data.people import ROLES
from office.duties import ACTION_WORDS, duties
from office.permissions import ACTIONS, may


def test_every_action_has_its_words_and_no_words_lack_an_action() -> None:
    assert set(ACTION_WORDS) == set(ACTIONS)
    assert all(words.zh and words.en and words.en.isascii() for words in ACTION_WORDS.values())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_told_exactly_what_it_may(role: str) -> None:
    told = {words.zh for words in duties(role)}
    assert told == {ACTION_WORDS[action].zh for action in ACTIONS if may(role, action)}


def test_who_looks_after_accounts_decides_nothing() -> None:
    told = {words.zh for words in duties("administrator")}
    assert "管理人员和账号" in told
    assert not told & {
        ACTION_WORDS[action].zh for action in ("confirm", "take_away", "settle", "publish_rules")
    }
