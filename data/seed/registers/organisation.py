"""Who works at it: bodies, people in charge, tasks, supervision findings, publicity, funds and policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.seed.calendar import WORKING_DAY, office_day
from data.seed.registers.scene import (
    DOES_POORLY,
    Change,
    Entry,
    Scene,
    between,
    ended,
    iso,
    spread,
    told,
)

_DEPARTMENTS = ("示例商务部门", "示例扶贫部门", "示例农业农村部门")
_TEAMS = 14  # villages with a team that is entered as a body
_TASKS = (
    "完善村级站点服务功能",
    "组织电商知识培训",
    "核对站点月报",
    "推进快递进村",
    "组织产销对接",
    "开展免费检验检测",
    "申报认证",
    "建立带贫台账",
)
_FINDINGS = (
    ("月报上报不及时", "已补报，指定专人负责"),
    ("站点开门时间不足", "已公示服务时间"),
    ("带贫台账不完整", "已逐户补登"),
    ("培训签到不规范", "已统一签到表"),
    ("快递代收点标识不清", "已更换标识"),
    ("专柜未及时补货", "已补货并每周检查"),
)
_PUBLICITY = (
    ("tv", "policy", "示例专栏：电商扶贫政策解读"),
    ("newspaper", "case", "示例报道：一个站点带动一个村"),
    ("online", "knowledge", "示例推文：怎样拍好农产品照片"),
    ("village_visit", "policy", "示例走访：政策宣讲"),
    ("online", "case", "示例故事：返乡大学生开网店"),
    ("village_visit", "knowledge", "示例走访：手机下单和收货"),
    ("other", "knowledge", "示例展板：包装和快递常识"),
)
_FUNDS = (
    ("region", "fund", "示例电商发展专项", "示例文〔{year}〕1号", 180, 96),
    ("prefecture", "policy", "示例物流扶持办法", "示例文〔{year}〕2号", None, None),
    ("county", "fund", "示例包装和检验经费", "示例文〔{year}〕3号", 60, 88),
    ("poverty_relief", "fund", "示例产业帮扶资金", "示例文〔{year}〕4号", 120, 74),
    ("aid", "fund", "示例援助培训经费", None, 45, 61),
    ("enterprise", "fund", "示例企业捐助包材", None, 8, 100),
    ("civil_affairs", "policy", "示例低保衔接政策", "示例文〔{year}〕7号", None, None),
    ("disabled_federation", "fund", "示例残疾人就业培训经费", "示例文〔{year}〕8号", 6, 82),
    ("charity", "fund", "示例慈善捐款", None, 5, 64),
    ("other", "policy", "示例用电优惠", None, None, None),
)


@dataclass(frozen=True)
class Body:
    """One body with the day of its setting up and, where it is gone, of its end."""

    code: str
    name: str
    level: str
    set_up: date
    township: str | None = None
    village: str | None = None
    dissolved: date | None = None

    def row(self) -> dict[str, str | int | None]:
        """Its row as it stands at first."""
        return {
            "body_code": self.code,
            "body_name": self.name,
            "level": self.level,
            "township_code": self.township,
            "village_code": self.village,
            "set_up_on": iso(self.set_up),
            "dissolved_on": None,
        }


def bodies(scene: Scene) -> list[Body]:
    """The county's, the departments', the nine townships', and village teams; one team was withdrawn."""
    found = [
        Body("G01", "示例电商扶贫工作领导小组", "county_group", date(2016, 4, 11)),
        Body("G02", "示例领导小组办公室", "county_office", date(2016, 4, 18)),
    ]
    found += [
        Body(f"G1{at}", name, "department", date(2016, 5, 3)) for at, name in enumerate(_DEPARTMENTS, start=1)
    ]
    found += [
        Body(f"G2{at}", f"示例乡镇工作机构{at:02d}", "township_group", date(2016, 6, 1 + at), code)
        for at, code in enumerate(scene.townships, start=1)
    ]
    rng = scene.rng("bodies")
    with_team = rng.sample(scene.poor, min(_TEAMS, len(scene.poor)))
    for at, village in enumerate(sorted(with_team, key=lambda village: village.at), start=1):
        since = between(date(2017, 3, 1), date(2018, 5, 31), rng)
        gone = date(2020, 11, 30) if at == 3 else None
        name = f"示例驻村工作队{at:02d}"
        found.append(Body(f"G3{at:02d}", name, "village_team", since, village.township, village.code, gone))
    return found


def organisation(scene: Scene) -> Iterator[Entry]:
    """Everything about who works at it and is asked how it goes."""
    everyone = bodies(scene)
    for body in everyone:
        yield from told(
            "bodies", body.row(), body.set_up, *ended("dissolved_on", body.dissolved, "登记撤销日期")
        )
    yield from _officers(everyone, scene.rng("officers"))
    yield from _assignments(everyone, scene)
    yield from _supervisions(everyone, scene)
    yield from _publicity(everyone, scene.rng("publicity"))
    yield from _funds()


def _officers(everyone: list[Body], rng: Random) -> Iterator[Entry]:
    """One in charge of each body; some handed over to a successor."""
    number = 0
    for body in everyone:
        handed_over = between(date(2019, 2, 1), date(2021, 3, 31), rng) if rng.random() < 0.35 else None
        until = body.dissolved or handed_over
        posts = [(body.set_up, until)]
        posts += [(handed_over, None)] if handed_over and not body.dissolved else []
        for since, end in posts:
            number += 1
            row = {
                "officer_no": f"R{number:03d}",
                "body_code": body.code,
                "officer_name": f"示例负责人{number:03d}",
                "post": "组长"
                if body.level.endswith("group")
                else "主任"
                if "office" in body.level
                else "负责人",
                "since": iso(since),
                "until": None,
            }
            yield from told("officers", row, since, *ended("until", end, "登记免职日期"))


def _assignments(everyone: list[Body], scene: Scene) -> Iterator[Entry]:
    """Tasks of every quarter; of the last ones some are under way and some overdue."""
    rng = scene.rng("assignments")
    working = [body for body in everyone if body.level != "county_group"]
    poor_township = scene.townships[DOES_POORLY]
    for number, given in enumerate(spread(64, date(2018, 1, 15), date(2021, 8, 27)), start=1):
        body = rng.choice([one for one in working if one.set_up <= given and not one.dissolved])
        due = office_day(given + timedelta(days=rng.choice((45, 60, 90, 120))))
        late = rng.random() < (0.8 if body.township == poor_township else 0.12)
        finished = office_day(due + timedelta(days=rng.randrange(20, 60) if late else -rng.randrange(2, 30)))
        open_still = finished > WORKING_DAY or (number % 20 == 18)
        row = {
            "assignment_no": f"RW{given:%Y}-{number:03d}",
            "assignment_name": _TASKS[number % len(_TASKS)],
            "body_code": body.code,
            "given_on": iso(given),
            "due_on": iso(due),
            "progress": 0,
            "finished_on": None,
            "note": None,
        }
        half = office_day(given + timedelta(days=40))
        changes = [Change(half, "更新进度", {"progress": rng.choice((30, 50, 60, 80))})]
        if not open_still:
            done = {"progress": 100, "finished_on": iso(finished), "note": "逾期完成" if late else None}
            changes = [*(one for one in changes if one.known < finished), Change(finished, "登记完成", done)]
        yield from told("assignments", row, given, *(one for one in changes if one.known <= WORKING_DAY))


def _supervisions(everyone: list[Body], scene: Scene) -> Iterator[Entry]:
    """What supervision found; most was put right, some is open, some of that overdue."""
    rng = scene.rng("supervisions")
    asked = [body for body in everyone if body.level in ("township_group", "village_team")]
    asked += [body for body in asked if body.township == scene.townships[DOES_POORLY]] * 3
    for number, found in enumerate(spread(38, date(2018, 3, 20), date(2021, 9, 14)), start=1):
        finding, rectification = _FINDINGS[number % len(_FINDINGS)]
        body = rng.choice([one for one in asked if one.set_up <= found and not one.dissolved])
        right = office_day(found + timedelta(days=rng.randrange(6, 45)))
        row = {
            "finding_no": f"DC{found:%Y}-{number:03d}",
            "body_code": body.code,
            "found_on": iso(found),
            "finding": finding,
            "rectify_by": iso(office_day(found + timedelta(days=30))),
            "rectified_on": None,
            "rectification": None,
        }
        open_still = number in (29, 34) or right > WORKING_DAY
        values = {"rectified_on": iso(right), "rectification": rectification}
        changes = [] if open_still else [Change(right, "登记整改完成", values)]
        yield from told("supervisions", row, found, *changes)


def _publicity(everyone: list[Body], rng: Random) -> Iterator[Entry]:
    offices = [body for body in everyone if body.level in ("county_office", "department", "township_group")]
    for number, published in enumerate(spread(96, date(2017, 11, 6), date(2021, 9, 22)), start=1):
        medium, subject, title = _PUBLICITY[number % len(_PUBLICITY)]
        row = {
            "item_no": f"XC{number:03d}",
            "title": f"{title}（{number}）",
            "medium": medium,
            "subject": subject,
            "published_on": iso(published),
            "body_code": rng.choice(offices).code if number % 5 else None,
        }
        yield from told("publicity_items", row, published)


def _funds() -> Iterator[Entry]:
    """By source and year; how much of it was used is known at the end of the year."""
    for year in range(2018, 2022):
        for number, (source, kind, name, document, amount, used) in enumerate(_FUNDS, start=1):
            agreed = office_day(date(year, 2 + number % 6, 10))
            fen = amount * 1_000_000 * (year - 2014) // 4 if amount else None
            row = {
                "fund_no": f"ZJ{year}-{number:02d}",
                "fund_name": f"{name}（{year}）",
                "source": source,
                "kind": kind,
                "document_no": document.format(year=year) if document else None,
                "agreed_on": iso(agreed),
                "amount": fen,
                "used": None,
            }
            counted = date(year, 12, 25) if year < 2021 else date(2021, 9, 10)
            share = (used or 0) if year < 2021 else (used or 0) * 6 // 10
            changes = [Change(counted, "登记已使用金额", {"used": fen * share // 100})] if fen else []
            yield from told("funds", row, agreed, *changes)
