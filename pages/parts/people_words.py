"""人员与账号: how the list, its states and its history are said."""

from __future__ import annotations

import hashlib
from datetime import datetime

from data.canonical import instant_text
from office.accounts.managing import Account, Version
from pages.parts.door import role_words
from pages.parts.language import _, lang
from pages.parts.looks import time_words


def address_of(login: str) -> str:
    """How an account stands in the address: never by its login, which may be a name."""
    return hashlib.sha256(login.encode()).hexdigest()[:10]


def state_label(account: Account, demonstration: bool) -> str:
    """Sign and word of what the account is just now. Invented people need no password."""
    if not account.active:
        return f"⊘ {_('已停用')}"
    if account.locked_until is not None:
        return f"！ {_('暂时锁住')}"
    if account.has_password or demonstration:
        return f"✔ {_('在用')}"
    return f"○ {_('等待本人设密码')}" if account.code_until else f"？ {_('不能登录：要给一次性代码')}"


def when(instant: datetime | None) -> str:
    """An instant on the office's clock; blank for none."""
    return time_words(instant_text(instant), lang()) if instant else ""


def change_words(version: Version) -> str:
    """What happened to an account, as a sentence's beginning."""
    words = {
        "take_over": _("由上一版本接收"),
        "add": _("新增"),
        "role": _("改为{role}").format(role=role_words(version.role)),
        "disable": _("停用"),
        "enable": _("重新启用"),
        "give_code": _("发给一次性代码"),
        "set_password": _("本人设了密码"),
    }
    return words[version.kind]
