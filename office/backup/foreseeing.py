"""What putting a copy back would do: the copy checked, compared with the present database, and what would be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.integrity import check
from data.migrations import SCHEMA
from data.problems import Missing, StoreProblem
from data.protection.copying import (
    Contents,
    contents,
    digest_of,
    entries_after,
    faults_of_copy,
    hash_of_entry,
)
from data.store import reading
from data.words import Words
from office.backup.trying import faults_of_file
from office.refusal import Refused

# What the entries of the chain are, as people say it; any other is named as the chain names it.
ENTRIES: Mapping[str, Words] = {
    "import": Words("导入", "imports"),
    "correction": Words("更正", "corrections"),
    "decide": Words("存档判定", "recorded decisions"),
    "act": Words("处理", "acts"),
    "packaging": Words("包装物资", "packaging"),
    "settlement": Words("结算", "settlements"),
    "public_notice": Words("公示", "public notices"),
    "reported_figure": Words("上报", "reported figures"),
    "bulletin": Words("通报", "bulletins"),
    "assessment": Words("考核", "assessments"),
    "publication": Words("公布规则", "publishing of rules"),
    "rule_draft": Words("规则草稿", "rule drafts"),
    "confirmation": Words("口径确认", "confirmed readings"),
    "account": Words("账号", "accounts"),
    "personal": Words("个人信息", "personal data"),
    "setting": Words("设置", "settings"),
    "sign_in": Words("登录", "sign-ins"),
    "sign_out": Words("退出", "sign-outs"),
    "backup": Words("备份", "backups"),
}


@dataclass(frozen=True)
class Lost:
    """Entries of the present chain that the copy does not have."""

    first: int
    last: int
    last_at: str
    actions: tuple[tuple[str, int], ...]

    @property
    def entries(self) -> int:
        """How many."""
        return self.last - self.first + 1

    @property
    def matters(self) -> bool:
        """Whether anything but copies was recorded: a copy lacks at least that it was made itself."""
        return any(action != "backup" for action, _ in self.actions)


@dataclass(frozen=True)
class Foreseen:
    """What putting the copy back would do. `present` is None where there is no database, or none that can be read."""

    copy: Contents
    present: Contents | None
    unreadable: Words | None
    lost: Lost | None
    own: bool  # the copy is an earlier state of the present database

    @property
    def loses(self) -> bool:
        """Whether something that is recorded now would not be there afterwards."""
        lost = self.lost is not None and self.lost.matters
        return lost or self.unreadable is not None or not self.own


def foresee(file: Path, path: Path) -> Foreseen:
    """Check the copy and compare it with the database. Raises StoreProblem or Refused where it cannot be put back."""
    copy = contents(file)
    faults = [*faults_of_file(file, digest_of(file)), *faults_of_copy(file)]
    if not faults and copy.version == SCHEMA:  # rows, triggers and passwords beside the chain as well
        with reading(file) as db:
            faults = check(db)
    if faults:
        raise Refused(
            Words(
                "这份备份没有通过检查，没有恢复，现在的数据库没有变动。请用另一份备份",
                "this copy did not pass its check; nothing was restored and the database is as it was. Use another copy",
            ),
            tuple(Words(f"{f.place}：{f.message.zh}", f"{f.place}: {f.message.en}") for f in faults[:5]),
        )
    try:
        present = contents(path)
    except Missing:
        return Foreseen(copy, None, None, None, True)
    except StoreProblem as problem:
        return Foreseen(copy, None, problem.words, None, True)
    own = present.install_id == copy.install_id and (
        copy.head.seq == 0 or hash_of_entry(path, copy.head.seq) == copy.head.hash
    )
    return Foreseen(copy, present, None, _lost(path, copy.head.seq if own else 0), own)


def would_be_lost(foreseen: Foreseen) -> tuple[str, str]:
    """What would be lost, in both languages, and how to go on all the same."""
    go_on = (
        "现在的文件会移到旁边，不会删除。确定要恢复，请加 --yes",
        "The present file would be moved aside, not deleted. To restore all the same, add --yes",
    )
    if foreseen.unreadable is not None:
        why = foreseen.unreadable
        return (
            f"现在的数据库读不出来：{why.zh}{go_on[0]}",
            f"The present database cannot be read: {why.en} {go_on[1]}",
        )
    lost = foreseen.lost
    counted = (
        [(ENTRIES.get(name, Words(name, name)), number) for name, number in lost.actions] if lost else []
    )
    parts = "、".join(f"{words.zh} {number}" for words, number in counted)
    parts_en = ", ".join(f"{words.en} {number}" for words, number in counted)
    number = lost.entries if lost else 0
    if not foreseen.own:
        return (
            f"这份备份不是现在的数据库以前的样子（另一个安装，或者后来分开了）。恢复后现在的 {number} 条记录"
            f"都不在其中（{parts}）。{go_on[0]}",
            "This copy is no earlier state of the present database (another installation, or they parted since)."
            f" None of its {number} entries would be there ({parts_en}). {go_on[1]}",
        )
    assert lost is not None
    return (
        f"备份以后又登记了 {number} 条（第 {lost.first} 至 {lost.last} 条：{parts}），恢复后都没有了。{go_on[0]}",
        f"{number} entries were recorded after this copy (entries {lost.first} to {lost.last}: {parts_en}) and would be"
        f" gone. {go_on[1]}",
    )


def _lost(path: Path, seq: int) -> Lost | None:
    after = entries_after(path, seq)
    if not after:
        return None
    actions = Counter(action for _, _, action, _ in after)
    return Lost(after[0][0], after[-1][0], after[-1][1], tuple(actions.most_common()))
