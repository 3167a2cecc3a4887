"""An invented bulletin and an invented assessment, with everything on them; a long one and one of a month without data."""

from __future__ import annotations

from datetime import date

from office.paperwork import papers_of_reports as r
from office.paperwork.papers import Letterhead

DAY = date(2021, 9, 30)
OFFICE = Letterhead(address="示例县示例路1号二楼", phone="0998-0000000")
TOWNSHIPS = (
    "岳普湖镇 艾西曼镇 铁热木镇 也克先拜巴扎镇 岳普湖乡 阿其克乡 色也克乡 巴依阿瓦提乡 阿洪鲁库木乡".split()
)
KNOWN_AT = "2021-09-30T10:05:00.000000Z"


def township_month(name: str, at: int, times: int = 1) -> r.TownshipMonth:
    sold, bought, services = (at * 1_234_567 * times, at * 345_678 * times, at * 98_765 * times)
    return r.TownshipMonth(
        township=name,
        sold=sold,
        bought=bought,
        services=services,
        total=sold + bought + services,
        orders=at * 321,
        before=(sold + bought + services) * 10 // 11,
        change="增长10.0%",
        year_before=sold,
        year_change="增长36.0%",
        due=at + 3,
        in_time=at + 1,
        late=1,
        missing=1,
        led=at * 17,
    )


def charts(times: int = 1) -> dict[str, r.Chart]:
    months = tuple(f"{19 + (9 + at) // 12}.{(9 + at) % 12 + 1}" for at in range(24))
    return {
        "months_chart": r.Chart(
            kind="stacked",
            title="近24个月交易额",
            unit="万元",
            scale=6,
            categories=months,
            series=tuple(
                r.Series(
                    name=name,
                    values=(*((at * by % 11 + 5) * 12_345_678 * times for at in range(23)), None),
                )
                for name, by in (("上行", 7), ("下行", 5), ("服务", 3))
            ),
        ),
        "townships_chart": r.Chart(
            kind="columns",
            title="各乡镇交易额",
            unit="万元",
            scale=6,
            categories=tuple(TOWNSHIPS),
            series=tuple(
                r.Series(name=name, values=tuple((at * by % 7 + 1) * 23_456_789 for at in range(9)))
                for name, by in (("本月", 3), ("上月", 5))
            ),
        ),
        "targets_chart": r.Chart(
            kind="bars",
            title="各项目标的完成程度（现状÷目标值，150%封顶）",
            unit="%",
            scale=0,
            categories=("电子商务交易额年均增长", "贫困村站点覆盖", "新增“二品一标”"),
            series=(r.Series(name="完成程度", values=(88, 100, None)),),
        ),
    }


def bulletin(edition: int = 2, many: int = 2, times: int = 1) -> r.Bulletin:
    rows = tuple(township_month(name, at, times) for at, name in enumerate(TOWNSHIPS, 1))
    lines = tuple(
        r.StationLine(township=TOWNSHIPS[at % 9], station=f"示例村{at:02}电商服务站（Z{at:03}）", what="未报")
        for at in range(many)
    )
    return r.Bulletin(
        done_on=DAY,
        letterhead=OFFICE,
        month="2021年8月",
        edition=edition,
        replaces="岳电商办通报〔2021〕7号" if edition > 1 else "",
        changes=tuple(
            r.Changed(place=name, figure="上行额（元）", was="12,345.67", now="12,645.67")
            for name in TOWNSHIPS[: many if edition > 1 else 0]
        ),
        known_at=KNOWN_AT,
        townships=rows,
        whole=r.TownshipMonth(
            township="全县",
            change="增长10.0%",
            year_change="增长36.0%",
            **{
                name: sum(getattr(row, name) for row in rows)
                for name in (
                    *("sold", "bought", "services", "total", "orders", "before", "year_before"),
                    *("due", "in_time", "late", "missing", "led"),
                )
            },
        ),
        return_day=5,
        check_day=8,
        help=r.Help(
            samples=120,
            passed=117,
            failed=1,
            pending=2,
            goods=4_321,
            eligible_packaging=3_210,
            eligible_logistics=3_198,
            claims_settled=456,
            households_settled=78,
            settled=1_234_567,
        ),
        targets=tuple(
            r.TargetLine(
                title=title,
                clause="一",
                actual="22.1%",
                goal="25%",
                deadline="2021年12月31日",
                status="有风险",
            )
            for title in ("电子商务交易额年均增长", "贫困村站点覆盖", "新增“二品一标”")
        ),
        missing=lines,
        late=lines[:1],
        odd=lines[:1],
        corrected=lines[:1],
        corrected_late=1,
        closed=lines[:1],
        problems="示例：个别站点没有按时上报。\n示例：物流到村还有两个村没有覆盖。",
        requirements="示例：请有关乡镇在10日前补报。" * times,
        **charts(times),
    )


def bare_bulletin() -> r.Bulletin:
    """A month in which nobody reported anything, before there was a programme."""
    nothing = r.TownshipMonth(
        township="全县",
        sold=None,
        bought=None,
        services=None,
        total=None,
        orders=None,
        before=None,
        change="没有数据",
        year_before=None,
        year_change="没有数据",
        due=0,
        in_time=0,
        late=0,
        missing=0,
        led=0,
    )
    full = bulletin(edition=1, many=0)
    return r.Bulletin(
        **{
            **vars(full),
            "townships": (nothing,),
            "whole": nothing,
            "help": r.Help(
                **{**vars(full.help), "goods": None, "eligible_packaging": None, "eligible_logistics": None}
            ),
            "targets": (),
            "problems": "",
            "requirements": "",
        }
    )


def assessment(edition: int = 2, many: int = 3) -> r.AssessmentPaper:
    items = tuple(
        r.ItemLine(
            title=f"示例项目{at}",
            text="期末有营业站点的贫困村占贫困村的比例；" * 3,
            weight="10.00",
            full="100%",
            clause="三(七)",
            reading="office",
        )
        for at in range(1, many + 1)
    )
    return r.AssessmentPaper(
        done_on=DAY,
        letterhead=OFFICE,
        period_from=date(2021, 1, 1),
        period_to=date(2021, 8, 31),
        edition=edition,
        replaces="岳电商办考核〔2021〕1号" if edition > 1 else "",
        changes=(r.Changed(place="岳普湖镇", figure="示例项目1", was="8.00", now="9.00"),)
        if edition > 1
        else (),
        known_at=KNOWN_AT,
        items=items,
        townships=tuple(
            r.TownshipPoints(
                township=name,
                points=("8.00",) * many,
                total="0.00" if at == 2 else "83.25",
                before_veto="83.25",
                veto="2021年9月30日否决（第1号），示例文号" if at in (0, 2) else "",
            )
            for at, name in enumerate(TOWNSHIPS)
        ),
        computations=tuple(
            r.Computation(
                township=name,
                item=item.title,
                figure="12,345,678.90元",
                of="9,876,543.21元",
                weight="10.00",
                points="8.33",
                rows=123,
            )
            for name in TOWNSHIPS
            for item in items
        ),
        digest="0123456789abcdef" * 4,
        remark="示例备注",
    )
