"""The software: Python, the libraries beside their pins, the rule files beside what is published, the address."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from data.store import Database
from data.words import Words
from office.doctor.findings import Finding, Surroundings
from office.installed import parts
from office.rulekeeping.publishing import differing_on_disk

KNOWN_PYTHON = ((3, 11), (3, 12))
PYTHON, PINS, RULES, ADDRESS = (
    Words("Python 版本", "version of Python"),
    Words("程序库版本", "versions of the libraries"),
    Words("规则文件", "rule files"),
    Words("访问地址", "the address"),
)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def software_findings(around: Surroundings, db: Database | None) -> Iterator[Finding]:
    """What is installed. The rule files are compared where there is a database."""
    yield _python()
    yield _pins()
    if db is not None:
        yield _rules(db)
    yield _address(around)


def _python() -> Finding:
    here = sys.version.split()[0]
    good = sys.version_info[:2] in KNOWN_PYTHON
    return Finding(
        "python",
        PYTHON,
        "fine" if good else "wrong",
        Words(here, here),
        Words("判定程序只在 3.11 和 3.12 上运行过。", "The deciding runs on 3.11 and 3.12 only."),
        None
        if good
        else Words("用 Python 3.11 或 3.12 重新安装。", "Install again with Python 3.11 or 3.12."),
    )


def _pins() -> Finding:
    """Direct requirements must be there in their version; of what these bring along another one is to be looked at."""
    known = parts()
    wrong = [part for part in known if not part.as_pinned]
    means = Words(
        "各版本是一起测试过的；换了版本，判定和文书可能不同。",
        "These versions were tested together; with others, decisions and papers may differ.",
    )
    if not wrong:
        number = sum(bool(part.pinned) for part in known)
        return Finding("pins", PINS, "fine", Words(f"{number} 个全部一致", f"all {number} as pinned"), means)
    first = [f"{part.name} {part.installed or '–'} ≠ {part.pinned}" for part in wrong[:3]]
    return Finding(
        "pins",
        PINS,
        "wrong" if any(part.direct for part in wrong) else "look",
        Words(f"{len(wrong)} 个不同：{'；'.join(first)}", f"{len(wrong)} differ: {'; '.join(first)}"),
        means,
        Words(
            "在软件的文件夹里运行 pip install -r requirements.txt -c constraints.txt",
            "Run pip install -r requirements.txt -c constraints.txt in the software's folder",
        ),
    )


def _rules(db: Database) -> Finding:
    differing = differing_on_disk(db)
    means = Words("判定只按已公布的文本，不按文件。", "What is published decides, never the file.")
    if not differing:
        words = Words("与已公布的相同", "the same as what is published")
        return Finding("rules", RULES, "fine", words, means)
    named = "、".join(differing)
    return Finding(
        "rules",
        RULES,
        "look",
        Words(
            f"{len(differing)} 套与已公布的不同：{named}", f"{len(differing)} differ: {', '.join(differing)}"
        ),
        means,
        Words(
            "在“改规则 → 公布”里看是不是要公布新的文本。",
            "See under Changing rules whether the new text is to be published.",
        ),
    )


def _address(around: Surroundings) -> Finding:
    address = around.environment.get("OFFICE_ADDRESS", "")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if not address:
        return Finding(
            "address",
            ADDRESS,
            "look",
            Words("没有设置 OFFICE_ADDRESS", "OFFICE_ADDRESS is not set"),
            Words("只能在这台电脑上打开。", "It opens on this machine only."),
            Words(
                "要让别的电脑使用，先照部署说明设好 https，再设 OFFICE_ADDRESS。",
                "For use from other machines set up https as deploying says, then set OFFICE_ADDRESS.",
            ),
        )
    if parts.scheme == "https" and host:
        means = Words("密码和登录在网络上是加密的。", "Passwords and sign-ins are encrypted on the network.")
        return Finding("address", ADDRESS, "fine", Words(address, address), means)
    local = host in LOOPBACK
    return Finding(
        "address",
        ADDRESS,
        "look" if local else "wrong",
        Words(address, address),
        Words(
            "不是 https：密码在网络上可以被看到。", "This is not https: passwords can be read on the network."
        ),
        Words("照部署说明设好 https。", "Set up https as deploying says."),
    )
