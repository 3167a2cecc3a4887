"""What people of each role do in a round of their day, one piece of work after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from playwright.async_api import FilePayload

from soak.browser_people import Person

ROW = 31  # pixels of a table's row and of its header
TABLE = ".stMain .dvn-scroller"


async def chooses_row(person: Person, number: int, kind: str = "a row chosen in a list") -> None:
    """A row of the first table on the page."""
    table = person.page.locator(TABLE).first
    await person.thinks()
    async with person.waiting(kind):
        await table.click(position={"x": 15, "y": ROW * number + ROW // 2})


async def looks_at_today(person: Person) -> None:
    await person.goes_to("今日")


async def looks_at_tasks(person: Person) -> None:
    await person.goes_to("待办")


async def looks_through_goods(person: Person) -> None:
    """The list, narrowed down, taken along, one of it opened."""
    await person.goes_to("资格清单")
    await person.thinks()
    search = person.page.locator(".st-key-goods_search input")
    await search.fill("H00")
    async with person.waiting("a filter"):
        await search.press("Enter")
    await person.downloads(person.page.locator(".st-key-goods_export button"))
    await chooses_row(person, 1 + person.draw.randrange(5))


async def looks_at_a_good(person: Person) -> None:
    subject, benefit = person.draw.choice(person.goods)
    await person.opens(f"/good?subject={subject}&benefit={benefit}")


async def looks_through_inspections(person: Person) -> None:
    await person.goes_to("检验")
    await chooses_row(person, 2, "a row chosen in a list")


async def looks_through_registers(person: Person) -> None:
    await person.goes_to("台账")
    await person.opens("/registers?register=station_returns")
    await chooses_row(person, 2)


async def looks_at_other_pages(person: Person) -> None:
    for name in person.draw.sample(
        ("包装物资", "物流补贴", "奖补与贴息", "公示", "追溯", "规则", "方案对照"), 2
    ):
        await person.goes_to(name)


async def moves_sliders(person: Person, path: str) -> None:
    await person.opens(path)
    slider = person.page.locator('[data-testid="stMain"] input[type=range]').first
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        await person.thinks()
        await slider.focus()
        async with person.waiting("a what-if slider"):
            await slider.press(key)


async def asks_what_if_of_targets(person: Person) -> None:
    await person.goes_to("目标")
    await moves_sliders(person, "/targets?view=what-if&targets=training,county_transactions")


async def asks_what_if_of_rules(person: Person) -> None:
    await moves_sliders(person, "/rules?view=what-if")


async def brings_in_a_file(person: Person) -> None:
    """Five inspections in a file: checked, looked at, written."""
    numbers = [f"F{person.number}-{person.turn}-{at}" for at in range(5)]
    lines = ["样品编号,户编号,产品编码,抽样日期,方法,结论"]
    for number in numbers:
        household, product = person.draw.choice(person.goods)[0].split("/")
        lines.append(f"{number},{household},{product},2021-09-20,速测,合格")
    content = "\n".join(lines).encode("gb18030")
    file: FilePayload = {"name": "九月.csv", "mimeType": "text/csv", "buffer": content}
    await person.opens("/inspections?view=upload")
    await person.thinks()
    async with person.waiting("a file checked"):
        await person.page.locator("input[type=file]").first.set_input_files(file)
    await person.presses(person.page.locator(".st-key-upload_write button"), "a file written")
    await person.is_told("已写入“检验”：新增 5 行", "import", numbers[0])


async def enters_an_inspection(person: Person) -> None:
    """One result typed in by hand."""
    number, subject = f"E{person.number}-{person.turn}", person.draw.choice(person.goods)[0]
    page = person.page
    await person.opens("/inspections?view=entry")
    search = page.locator(".st-key-entry_words input")
    await search.fill(subject)
    async with person.waiting("a filter"):
        await search.press("Enter")
    await page.get_by_role("textbox", name="样品编号 *").fill(number)
    await page.get_by_role("spinbutton", name="抽样日期 *，年").click()
    await page.keyboard.type("20210921")
    for label, words in (("方法 *", "速测"), ("结论 *", "合格")):
        box = page.get_by_role("combobox", name=label, exact=True)
        option = page.get_by_role("option", name=words, exact=True)
        await box.scroll_into_view_if_needed()
        for _ in range(8):
            await box.press("ArrowDown")
            try:
                await option.first.click(timeout=1_500)
                break
            except Exception:  # a panel that was still opening moved the list, which closes it
                continue
    await person.presses(page.get_by_role("button", name="核对并登记"), "a row entered")
    await person.is_told(f"样品 {number} 已登记到", "entry", number)


async def grants(person: Person) -> None:
    """What the rules recommend for one good and nobody has granted."""
    if person.granted >= len(person.goods):
        return
    subject, benefit = person.goods[person.granted]
    person.granted += 1
    await person.opens(f"/good?subject={subject}&benefit={benefit}")
    await person.presses(person.page.get_by_role("button", name="给予", exact=True), "an act")
    await person.is_told(f"{subject}：已给予", "act", f"{subject} {benefit}")


async def records_the_day(person: Person) -> None:
    await person.goes_to("资格清单")
    await person.presses(person.page.locator(".st-key-goods_record button"))
    await person.presses(person.page.locator(".st-key-goods_record_sure button"), "all decisions recorded")
    await person.page.get_by_text("已存档：").or_(person.page.get_by_text("没有新增：")).first.wait_for()
    if await person.page.get_by_text("已存档：").count():
        person.office.done.append(("decide", ""))


async def saves_a_scenario(person: Person) -> None:
    name = f"示例方案 {person.number}-{person.turn}"
    await moves_sliders(person, "/targets?view=what-if&targets=training")
    await person.page.locator(".st-key-targets_save_name input").fill(name)
    await person.presses(person.page.locator(".st-key-targets_save button"), "a scenario saved")
    await person.is_told(f"已保存方案“{name}”", "scenario", name)


async def reads_reports(person: Person) -> None:
    await person.goes_to("通报与考核")
    await person.opens("/reports?view=assessment")


async def audits(person: Person) -> None:
    await person.goes_to("审计")
    for view in ("changes", "overrides"):
        await person.opens(f"/audit?view={view}")


async def administers(person: Person) -> None:
    for name in ("人员与账号", "备份与体检", "个人信息"):
        await person.goes_to(name)


async def comes_and_goes(person: Person) -> None:
    await person.thinks()
    await person.sign_out()
    await person.sign_in()


Work = Callable[[Person], Awaitable[None]]
WORK: Mapping[str, Sequence[Work]] = {
    "clerk": (
        looks_at_today,
        brings_in_a_file,
        looks_through_goods,
        enters_an_inspection,
        asks_what_if_of_targets,
        looks_through_inspections,
        looks_at_tasks,
        looks_through_registers,
        looks_at_other_pages,
        saves_a_scenario,
        comes_and_goes,
    ),
    "reviewer": (
        looks_at_today,
        grants,
        looks_at_tasks,
        grants,
        records_the_day,
        asks_what_if_of_rules,
        looks_through_goods,
        grants,
        reads_reports,
        looks_at_a_good,
        looks_at_other_pages,
        comes_and_goes,
    ),
    "auditor": (
        looks_at_today,
        audits,
        looks_through_goods,
        asks_what_if_of_targets,
        looks_at_a_good,
        reads_reports,
        looks_through_registers,
        looks_at_other_pages,
        comes_and_goes,
    ),
    "administrator": (looks_at_today, administers, asks_what_if_of_targets, comes_and_goes),
}
