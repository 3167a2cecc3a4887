"""One example of every paper, plainly invented, and a long one: long names, many rows, big sums."""

from __future__ import annotations

from datetime import date, timedelta

from office.paperwork import papers as p
from office.paperwork import papers_of_goods_and_money as g
from tests import examples_of_personal, examples_of_readings
from tests import examples_of_reports as reports

DAY = date(2021, 9, 30)
OFFICE = p.Letterhead(address="示例县示例路1号二楼", phone="0998-0000000")
GOOD = p.GoodOnPaper(
    subject="H0001/P01",
    household_no="H0001",
    head_name="示例户主",
    township="示例镇",
    village="示例村01",
    product="示例红枣",
)
LONG_GOOD = p.GoodOnPaper(
    subject="653128-203-0000000123/P-GOURD-07",
    household_no="653128-203-0000000123",
    head_name="示例阿卜杜热合曼·示例买买提托合提",
    township="阿洪鲁库木乡",
    village="示例村名很长很长的示例村委会第三村民小组",
    product="示例（未分级、未标准化）吊干杏与无花果混装礼盒",
)
QUOTE = "对产品检测检验长期不合格者收回包装设备及包材，取消申请农产品上行物流补贴申请资格"
FINDINGS = (
    p.Finding(
        text="长期不合格",
        result="出现此情形",
        found="出现：连续不合格（不少于3次）。解除：连续合格（不少于2次）。",
        clause="三(八)",
        quote=QUOTE,
        reading="office",
    ),
    p.Finding(
        text="最近一次检验合格",
        result="不满足",
        found="最近一次结论：不合格（应为合格）",
        clause="三(八)",
        quote="对检验合格且符合网销上行的农产品提供相应的包装设备和包材",
        reading="text",
    ),
)


def evidence(count: int) -> tuple[p.Evidence, ...]:
    return tuple(
        p.Evidence(
            sample_no=f"S2021-{at:04}",
            version=1 + at % 2,
            sampled_on=DAY - timedelta(days=30 * at),
            result_on=DAY - timedelta(days=30 * at - 2),
            conclusion="合格" if at % 4 else "不合格",
            reinspection_of="S2021-0001" if at == 2 else "",
        )
        for at in range(count)
    )


def slip(good: p.GoodOnPaper = GOOD, count: int = 3) -> p.DecisionSlip:
    return p.DecisionSlip(
        done_on=DAY,
        letterhead=OFFICE,
        good=good,
        benefit_title="包装设备和包材",
        verdict="应取消",
        as_of=DAY,
        known_at="2021-09-30T10:05:00.000000Z",
        findings=FINDINGS * (1 + count // 6),
        evidence=evidence(count),
        parameters=(
            p.ValueInForce(
                title="检验结果有效天数", value="180天", since=date(2020, 3, 16), reading="office"
            ),
            p.ValueInForce(title="连续不合格达到几次算长期不合格", value="3次", since=None, reading="office"),
        ),
        changes=("再连续2次检验合格，包装设备和包材变为“符合”。",),
        program_title="非标准化农产品上行帮扶",
        program_source="岳电商办〔2021〕11号",
        digest="0123456789abcdef" * 4,
    )


def notice(good: p.GoodOnPaper = GOOD, count: int = 3) -> p.IntendedNotice:
    return p.IntendedNotice(
        done_on=DAY,
        letterhead=OFFICE,
        good=good,
        benefit="packaging",
        benefit_title="包装设备和包材",
        outcome="revoked",
        findings=FINDINGS,
        evidence=evidence(count),
        defence_days=5,
        overrides="" if count < 10 else "样品运输途中受潮，办公室认为应当从严处理。" * 4,
    )


def decision(good: p.GoodOnPaper = GOOD, count: int = 3) -> p.DecisionPaper:
    return p.DecisionPaper(
        done_on=DAY,
        letterhead=OFFICE,
        good=good,
        benefit="packaging" if count < 10 else "logistics",
        benefit_title="包装设备和包材" if count < 10 else "物流补贴申请资格",
        outcome="revoked",
        notice_number="岳电商办告知〔2021〕1号",
        notice_delivered_on=date(2021, 9, 2),
        defence="去年的样品是别家的。" * (1 + count),
        answer="经核对抽样单，样品编号与户编号一致。" * (1 + count // 2),
        findings=FINDINGS,
        evidence=evidence(count),
        effective_on=date(2021, 10, 1),
        review_days=60,
        lawsuit_months=6,
        restored_when="连续合格（不少于2次）。",
    )


def receipt(good: p.GoodOnPaper = GOOD) -> p.DeliveryReceipt:
    return p.DeliveryReceipt(
        done_on=DAY,
        letterhead=OFFICE,
        good=good,
        of_number="岳电商办告知〔2021〕1号",
        of_title="拟处理决定事先告知书",
        recipient=good.head_name,
        place="示例村01村委会",
        how="直接送达",
    )


def hearing(good: p.GoodOnPaper = GOOD, said: str = "去年的样品是别家的。\n请再检验一次。") -> p.HearingNote:
    return p.HearingNote(
        done_on=DAY,
        letterhead=OFFICE,
        good=good,
        notice_number="岳电商办告知〔2021〕1号",
        held_on=date(2021, 9, 7),
        how="口头",
        place="示例村01村委会",
        speaker=good.head_name,
        said=said,
        recorded_by="示例录入员",
        period_ended_on=date(2021, 9, 9),
    )


def reinstatement(good: p.GoodOnPaper = GOOD, count: int = 2) -> p.Reinstatement:
    return p.Reinstatement(
        done_on=DAY,
        letterhead=OFFICE,
        good=good,
        benefit="packaging",
        benefit_title="包装设备和包材",
        revoked_by_number="岳电商办决定〔2021〕1号",
        reinstated_from=date(2021, 10, 8),
        findings=FINDINGS[1:],
        evidence=evidence(count),
    )


def moved(count: int) -> tuple[g.Moved, ...]:
    return tuple(
        g.Moved(
            item_code=f"ITEM-{at:03}",
            item_name="示例真空包装机" if at % 2 else "示例五层瓦楞纸箱（30×20×15厘米，加厚）",
            item_kind="equipment" if at % 2 else "material",
            unit="台" if at % 2 else "个",
            quantity=1 if at % 2 else 1_200,
            place="示例镇电商服务站仓库",
            note="",
        )
        for at in range(1, count + 1)
    )


def issue(good: p.GoodOnPaper = GOOD, count: int = 2) -> g.IssueSlip:
    return g.IssueSlip(done_on=DAY, letterhead=OFFICE, good=good, lines=moved(count), issued_by="示例录入员")


def returned(good: p.GoodOnPaper = GOOD, count: int = 2) -> g.ReturnSlip:
    return g.ReturnSlip(
        done_on=DAY, letterhead=OFFICE, good=good, lines=moved(count), received_by="示例录入员"
    )


def recovery(good: p.GoodOnPaper = GOOD, count: int = 2) -> g.RecoveryList:
    return g.RecoveryList(
        done_on=DAY,
        letterhead=OFFICE,
        good=good,
        decision_number="岳电商办决定〔2021〕1号",
        lines=tuple(
            g.Returnable(
                item_code=one.item_code,
                item_name=one.item_name,
                item_kind=one.item_kind,
                unit=one.unit,
                held=one.quantity,
                to_return=one.quantity,
            )
            for one in moved(count)
        ),
        return_by=date(2021, 10, 15),
        place="示例镇电商服务站仓库",
        drawn_up_by="示例录入员",
    )


def settled(number: int, count: int, fee: int = 1_250) -> g.HouseholdSettled:
    return g.HouseholdSettled(
        household_no=f"H{number:04}",
        head_name="示例户主" if number % 2 else "示例阿卜杜热合曼·示例买买提托合提",
        township="示例镇",
        village=f"示例村{number:02}",
        lines=tuple(
            g.Claimed(
                claim_no=f"C2021-{number:03}{at:03}",
                shipped_on=DAY - timedelta(days=at),
                waybill_no=f"YT88012345678{at:02}",
                product="示例红枣",
                fee=fee,
                due=fee * 7 // 10,
                paid=fee * 7 // 10 - (0 if at else 1),
                note="" if at else "按比例",
            )
            for at in range(count)
        ),
    )


def settlement(households: int = 2, count: int = 3, fee: int = 1_250) -> g.Settlement:
    return g.Settlement(
        done_on=DAY,
        letterhead=OFFICE,
        period_from=date(2021, 7, 1),
        period_to=DAY,
        method="快递费的70%与每单1.00元取低者，每户每年不超过20,000.00元",
        pool=None if count < 10 else 10_000_000_000,
        households=tuple(settled(number, count, fee) for number in range(1, households + 1)),
        drafted_by="示例录入员",
        checked_by="示例审核员",
        confirmed_by="示例审核员乙",
    )


def public_notice(count: int = 3, amount: int | None = 87_500) -> g.PublicNotice:
    return g.PublicNotice(
        done_on=DAY,
        letterhead=OFFICE,
        benefit="logistics" if amount is not None else "packaging",
        period_from=date(2021, 7, 1),
        period_to=DAY,
        notice_from=date(2021, 10, 8),
        notice_to=date(2021, 10, 14),
        notice_days=7,
        rows=tuple(
            g.Published.of(
                township="阿洪鲁库木乡" if at % 2 else "示例镇",
                village=f"示例村{at:02}",
                head_name="示例阿卜杜热合曼·示例买买提",
                household_no=f"H{at:04}",
                item=g.SUBSIDY if amount is not None else "示例五层瓦楞纸箱（个）",
                count=at,
                amount=amount,
            )
            for at in range(1, count + 1)
        ),
    )


SHORT: tuple[p.Paper, ...] = (
    slip(),
    notice(),
    decision(),
    receipt(),
    hearing(),
    reinstatement(),
    issue(),
    returned(),
    recovery(),
    settlement(),
    public_notice(),
    reports.bulletin(),
    reports.assessment(),
    examples_of_readings.readings(),
    examples_of_personal.extract(),
)
LONG: tuple[p.Paper, ...] = (
    slip(LONG_GOOD, 30),
    notice(LONG_GOOD, 30),
    decision(LONG_GOOD, 30),
    receipt(LONG_GOOD),
    hearing(LONG_GOOD, "请再检验一次，我已经改了晾晒的办法。" * 60 + "\n" + "另外 <a> & {{ b }}。" * 20),
    reinstatement(LONG_GOOD, 30),
    issue(LONG_GOOD, 30),
    returned(LONG_GOOD, 30),
    recovery(LONG_GOOD, 30),
    settlement(6, 30, 12_345_678_901),
    public_notice(60, 123_456_789_012),
    reports.bulletin(many=60, times=1_000),
    reports.bare_bulletin(),
    reports.assessment(many=13),
    examples_of_readings.readings(8, 30),
    examples_of_personal.extract(8, 40),
)
