"""审计 → 审计包: everything recorded as one zip that can be checked elsewhere; what is in it and for whom it is."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.store import Database
from office import running
from office.audit_pack.building import Packed, held, packed_bytes
from office.casework.asked import Doer
from office.permissions import ACTIONS, may
from office.personal.noting import LONGEST_REASON, REASON
from office.personal.showing import take_pack
from office.refusal import Refused
from office.signing import kept_text
from pages.parts.door import Person, role_words
from pages.parts.files import ZIP
from pages.parts.language import _, say

COMMANDS = """\
python verify.py
python verify.py --all 20
python verify.py --anchor {number} {mark}"""
MARK = 16  # characters of a hash at a paper's foot


def panel(day: date, person: Person) -> None:
    """What the pack holds now, the button, and how to check it. The pack is of everything, whatever the page's day."""
    with running.reader() as db:
        _shown(db, person)


def _shown(db: Database, person: Person) -> None:
    st.caption(
        _(
            "一个压缩包，交给审计或者监督的人带走：全部登记、判定、处理、结算、公示、文书、规则和记录链，连同检查程序。检查程序不联网，不需要本系统，从头重算记录链和每一条判定，写出第一处不符。"
        )
    )
    if not may(person.role, "audit_pack"):
        roles = _("、").join(role_words(role) for role in sorted(ACTIONS["audit_pack"]))
        st.info(
            _("审计包由{roles}下载；您可以在“全部复核”里看复核的结果。").format(roles=roles),
            icon=":material/lock:",
        )
        return
    holds = held(db)
    _counted(holds)
    st.warning(
        _(
            "含个人信息：包里有**户主姓名**和各台账的全部内容，没有打星。只交给依职责进行审计、监督或者复核的人，用完按规定保管或者销毁，不得公开或者转给他人。"
        ),
        icon=":material/badge:",
    )
    _button(holds, person)
    _how_to_check(holds)


def _counted(holds: Packed) -> None:
    told = (
        (_("判定（条）"), holds.counts["decisions"]),
        (_("处理（次）"), holds.counts["acts"]),
        (_("结算行"), holds.counts["settlement_lines"]),
        (_("规则文本（份）"), holds.counts["programs"]),
        (_("记录链（条）"), holds.seq),
    )
    for column, (title, number) in zip(st.columns(len(told)), told, strict=True):
        column.metric(title, f"{number:,}")
    if not holds.counts["decisions"]:
        st.info(
            _("还没有存档的判定；现在的包里只有台账、规则和记录链。先到“资格清单”存档。"),
            icon=":material/inbox:",
        )


@st.fragment
def _button(holds: Packed, person: Person) -> None:
    reason = st.text_input(
        _("为什么要下载（写进个人信息记录）"),
        key="audit_pack_reason",
        max_chars=LONGEST_REASON,
        live=True,  # the button below can be pressed as soon as something stands here
        placeholder=_("例如：年度审计，交县审计局"),
    )
    st.download_button(
        _("生成并下载审计包"),
        data=lambda: made(holds, reason, person),
        file_name=_("审计包-链{number}.zip").format(number=holds.seq),
        mime=ZIP,
        on_click="ignore",
        key="audit_pack_download",
        icon=":material/folder_zip:",
        type="primary",
        disabled=not _is_reason(reason),
        help=_("点了以后才生成，数据多时要几分钟。数据库没有变动，生成的包就一个字节也不差。"),
    )


def _is_reason(reason: str) -> bool:
    """Whether the reason can be kept; where something is wrong with it, that is said."""
    if not reason.strip():
        st.caption(_("先写理由，再下载；谁、何时、为什么下载，都写进记录。"))
        return False
    try:
        kept_text(reason, REASON, LONGEST_REASON)
    except Refused as refused:
        st.warning(say(refused.words), icon=":material/info:")
        return False
    return True


def made(holds: Packed, reason: str, person: Person) -> bytes:
    """The pack's bytes, once it is written down who takes it along and why. Raises Refused."""
    with running.reader() as db:
        content = packed_bytes(db)
    take_pack(running.writer(), sum(holds.counts.values()), reason, doer=Doer(person.name, person.role))
    return content


def _how_to_check(holds: Packed) -> None:
    st.markdown(_("**怎样核对：** 解开压缩包，在那个文件夹里打开命令行（需要 Python 3.11 或更新的版本）："))
    st.code(COMMANDS.format(number=holds.seq, mark=holds.head[:MARK]), language=None)
    st.caption(
        _(
            "第一行核对全部；第二行在有不符时多列几处；第三行与纸面核对：把 {number} 和 {mark} 换成那张文书页脚“链号”后面的数和那一串。包里的“说明.txt”写明核对什么，能说明什么，不能说明什么。"
        ).format(number=holds.seq, mark=holds.head[:MARK])
    )
    st.caption(_("现在的链首：第 {number} 条 {head}").format(number=holds.seq, head=holds.head))
