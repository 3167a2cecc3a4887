"""The awkward files: each as offices send it, and exactly what must be answered to it.

They are written here by what makes them awkward rather than kept as binaries nobody can read.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
import xlwt
from openpyxl.worksheet.formula import ArrayFormula

INSPECTIONS = (
    "样品编号,户编号,产品编码,抽样日期,结果日期,方法,检测项目,检测值,限值,结论,复检原样品编号,检测机构".split(
        ","
    )
)
HOUSEHOLDS = "户编号,村编码,户主姓名,建档日期,退出日期".split(",")
TOWNSHIPS = "乡镇编码,乡镇名称".split(",")
GOODS = "户编号,产品编码,来源,是否符合网销,登记日期".split(",")
LINE = [
    "S1",
    "H0001",
    "P01",
    "2021-03-16",
    "2021-03-17",
    "速测",
    "农残",
    "12%",
    "50%",
    "合格",
    "",
    "示例检测站",
]
HOUSE = ["H0001", "V001", "示例户主", "2018-01-01", ""]
IDENTITY_CARD = "11010519491231002X"  # the published example of the standard, nobody's number
MOBILE = "13800138000"
BANK_CARD = "6222020200112230000"

Fault = tuple[int | None, str, str]


@dataclass(frozen=True)
class Awkward:
    """A file and its answer: refused whole, or faults as (row, column, part of the message), nothing more.

    `rows` is how many rows of data it holds, `left_out` the parts of what is said about rows left out.
    """

    name: str
    register: str
    content: Callable[[], bytes]
    faults: tuple[Fault, ...] = ()
    refused: str = ""
    rows: int | None = None
    ignored: tuple[str, ...] = ()
    left_out: tuple[str, ...] = field(default=())


def line(**changes: Any) -> list[Any]:
    """One good inspection with some cells changed, by Chinese title."""
    return [changes.get(title, cell) for title, cell in zip(INSPECTIONS, LINE, strict=True)]


def house(**changes: Any) -> list[Any]:
    return [changes.get(title, cell) for title, cell in zip(HOUSEHOLDS, HOUSE, strict=True)]


def text(*rows: Sequence[str], encoding: str = "utf-8", between: str = ",", end: str = "\r\n") -> bytes:
    return "".join(between.join(row) + end for row in rows).encode(encoding)


def xlsx(*rows: Sequence[Any], change: Callable[[Any, Any], object] | None = None) -> bytes:
    """A workbook with one sheet 一月; `change(book, sheet)` makes it awkward."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "一月"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xls(*rows: Sequence[Any], change: Callable[[Any, Any], object] | None = None) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一月", cell_overwrite_ok=True)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(at, place, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
    if change:
        change(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    """A package with members replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return out.getvalue()


def member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


SHEET_XML = "xl/worksheets/sheet1.xml"


def moment(*parts: int) -> datetime:
    """A time as Excel keeps it: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def a_zip(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, words in members.items():
            package.writestr(name, words)
    return out.getvalue()


def laughing() -> bytes:
    """A sheet whose XML declares entities that would unfold to gigabytes."""
    good = xlsx(INSPECTIONS, LINE)
    bomb = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = member(good, SHEET_XML)
    return repacked(good, {SHEET_XML: bomb + sheet[sheet.find(b"<worksheet") :]})


def zip_bomb() -> bytes:
    return repacked(xlsx(INSPECTIONS, LINE), {"xl/media/image1.bin": bytes(210 * 1024 * 1024)})


def encrypted_package() -> bytes:
    """The start of an OLE container with the stream name that a password-protected .xlsx has."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )


def encrypted_xls() -> bytes:
    """An .xls whose records say that a password is needed (FILEPASS directly after the first BOF)."""
    content = bytearray(xls(INSPECTIONS, LINE))
    bof = content.find(struct.pack("<HH", 0x0809, 16))
    codepage = content.find(struct.pack("<HH", 0x00E1, 2), bof)
    content[codepage : codepage + 2] = struct.pack("<H", 0x002F)
    return bytes(content)


def far_corner(book: Any, sheet: Any) -> None:
    sheet["XFD1048576"] = "x"


def formatted_blank_rows(book: Any, sheet: Any) -> None:
    for row in range(3, 30_000):
        sheet.cell(row, 1).number_format = "@"


def hidden_row(book: Any, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def hidden_sheet(book: Any, sheet: Any) -> None:
    other = book.create_sheet("备份")
    other.append(INSPECTIONS)
    other.append(line(样品编号="S9"))
    other.sheet_state = "veryHidden"


def two_months(book: Any, sheet: Any) -> None:
    other = book.create_sheet("二月")
    other.append(["检验汇总"])
    other.append(INSPECTIONS)
    other.append(line(样品编号="S2", 结论="好"))
    book.create_sheet("封面").append(["说明文字"])


def since_1904(book: Any, sheet: Any) -> None:
    from openpyxl.utils.datetime import MAC_EPOCH

    book.epoch = MAC_EPOCH
    sheet["D2"] = moment(2021, 3, 16)
    sheet["E2"] = 42811


def merged_body(book: Any, sheet: Any) -> None:
    sheet.merge_cells("B2:B3")


def merged_header(book: Any, sheet: Any) -> None:
    sheet.merge_cells("G1:H1")


def formula(book: Any, sheet: Any) -> None:
    sheet["H2"] = "=1+1"
    sheet["I2"] = ArrayFormula("I2:I2", "=SUM(A1:A2)")


FILES: tuple[Awkward, ...] = (
    # Encodings and text forms
    Awkward("utf8.csv", "inspections", lambda: text(INSPECTIONS, LINE), rows=1),
    Awkward("utf8-bom.csv", "inspections", lambda: text(INSPECTIONS, LINE, encoding="utf-8-sig"), rows=1),
    Awkward("gbk.csv", "inspections", lambda: text(INSPECTIONS, LINE, encoding="gbk"), rows=1),
    Awkward(
        "gb18030-rare-character.csv",
        "households",
        lambda: text(HOUSEHOLDS, house(户主姓名="示例䶮"), encoding="gb18030"),
        rows=1,
    ),
    Awkward("utf16.csv", "inspections", lambda: text(INSPECTIONS, LINE, encoding="utf-16"), rows=1),
    Awkward("tabs.txt", "inspections", lambda: text(INSPECTIONS, LINE, between="\t"), rows=1),
    Awkward("semicolons.csv", "inspections", lambda: text(INSPECTIONS, LINE, between=";"), rows=1),
    Awkward(
        "sep-line.csv", "inspections", lambda: b"sep=;\r\n" + text(INSPECTIONS, LINE, between=";"), rows=1
    ),
    Awkward("old-mac-line-ends.csv", "inspections", lambda: text(INSPECTIONS, LINE, end="\r"), rows=1),
    Awkward(
        "gbk-with-a-utf8-row.csv",
        "inspections",
        lambda: text(INSPECTIONS, LINE, encoding="gbk") + text(line(样品编号="S2")),
        refused="第 3 行是 UTF-8",
    ),
    Awkward(
        "no-known-encoding.csv",
        "inspections",
        lambda: text(INSPECTIONS, LINE) + b"\xff\xfe\xfa\n",
        refused="编码",
    ),
    Awkward("latin1.csv", "households", lambda: "户编号,é\n".encode()[:-2] + b"\xe9\n", refused="编码"),
    Awkward("empty.csv", "inspections", lambda: b"", refused="空的"),
    Awkward("white-space.csv", "inspections", lambda: b" \r\n\r\n", refused="空的"),
    Awkward("only-commas.csv", "inspections", lambda: b",,,\r\n,,,\r\n", refused="没有内容"),
    Awkward(
        "header-alone.csv", "inspections", lambda: text(INSPECTIONS), faults=((1, "", "没有数据行"),), rows=0
    ),
    Awkward(
        "unterminated-quote.csv",
        "inspections",
        lambda: text(INSPECTIONS, LINE, line(样品编号='"S2')),
        refused="第 3 行的引号",
    ),
    Awkward(
        "quoted.csv",
        "inspections",
        lambda: text(INSPECTIONS, line(检测项目='"农残,""速测""\n两行"')),
        rows=1,
    ),
    Awkward(
        "a-cell-too-many.csv",
        "inspections",
        lambda: text(INSPECTIONS, LINE, [*line(样品编号="S2"), "多"]),
        faults=((3, "", "比表头多"),),
        rows=2,
    ),
    Awkward("blank-cells-at-the-end.csv", "inspections", lambda: text(INSPECTIONS, [*LINE, "", ""]), rows=1),
    Awkward("excel-leaves-off-the-end.csv", "inspections", lambda: text(INSPECTIONS, LINE[:10]), rows=1),
    Awkward(
        "cut-off.csv",
        "households",
        lambda: text(HOUSEHOLDS, HOUSE, HOUSE[:3]),
        faults=((3, "", "比表头少"), (3, "建档日期", "不能为空")),
        rows=2,
    ),
    Awkward(
        "nul-and-bell.csv",
        "inspections",
        lambda: text(INSPECTIONS, line(户编号="H\x000001"), line(样品编号="S2", 检测机构="站\x07")),
        faults=((2, "户编号", "控制字符"), (3, "检测机构", "控制字符")),
        rows=2,
    ),
    Awkward(
        "replacement-characters.csv",
        "households",
        lambda: text(HOUSEHOLDS, house(户主姓名="��")),
        faults=((2, "户主姓名", "乱码"),),
        rows=1,
    ),
    Awkward(
        "a-very-long-cell.csv",
        "inspections",
        lambda: text(INSPECTIONS, line(检测项目="长" * 2001)),
        faults=((2, "检测项目", "2000"),),
        rows=1,
    ),
    Awkward(
        "a-cell-of-200000.csv", "inspections", lambda: text(INSPECTIONS, ["x" * 200_000]), refused="第 2 行"
    ),
    Awkward("150-columns.csv", "inspections", lambda: text(INSPECTIONS, ["x"] * 150), refused="第 100 列"),
    # What is no table, whatever it is called
    Awkward(
        "csv-called.xls",
        "inspections",
        lambda: text(INSPECTIONS, LINE, encoding="gbk"),
        refused="扩展名改为 .csv",
    ),
    Awkward("csv-called.xlsx", "inspections", lambda: text(INSPECTIONS, LINE), refused="扩展名改为 .csv"),
    Awkward(
        "web-page.xls", "inspections", lambda: b"<html><table><tr><td>1</td></tr></table>", refused="HTML"
    ),
    Awkward("xml-table.xls", "inspections", lambda: b'<?xml version="1.0"?><Workbook/>', refused="XML"),
    Awkward("xlsx-called.csv", "inspections", lambda: xlsx(INSPECTIONS, LINE), rows=1),
    Awkward("xls-called.xlsx", "inspections", lambda: xls(INSPECTIONS, LINE), rows=1),
    Awkward("macros.xlsm", "inspections", lambda: xlsx(INSPECTIONS, LINE), refused=".xlsm"),
    Awkward("a-pdf.csv", "inspections", lambda: b"%PDF-1.7 ...", refused="不是表格"),
    Awkward("a-zip.xlsx", "inspections", lambda: a_zip(readme="x"), refused="不是 Excel 工作簿"),
    Awkward("a-calc-file.xlsx", "inspections", lambda: a_zip(mimetype="x", content="y"), refused="其他格式"),
    Awkward("truncated.xlsx", "inspections", lambda: xlsx(INSPECTIONS, LINE)[:-400], refused="损坏"),
    Awkward(
        "broken-sheet.xlsx",
        "inspections",
        lambda: repacked(xlsx(INSPECTIONS, LINE), {SHEET_XML: b"<worksheet"}),
        refused="损坏",
    ),
    Awkward("truncated.xls", "inspections", lambda: xls(INSPECTIONS, LINE)[:1500], refused="损坏"),
    Awkward("password.xlsx", "inspections", encrypted_package, refused="密码"),
    Awkward("password.xls", "inspections", encrypted_xls, refused="密码"),
    Awkward("zip-bomb.xlsx", "inspections", zip_bomb, refused="解压后过大"),
    Awkward("billion-laughs.xlsx", "inspections", laughing, refused="DTD"),
    Awkward(
        "with-macros.xlsx",
        "inspections",
        lambda: repacked(xlsx(INSPECTIONS, LINE), {"xl/vbaProject.bin": b"x"}),
        refused="宏",
    ),
    Awkward(
        "with-links.xlsx",
        "inspections",
        lambda: repacked(xlsx(INSPECTIONS, LINE), {"xl/externalLinks/externalLink1.xml": b"x"}),
        refused="链接",
    ),
    Awkward(
        "first-and-last-cell.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, change=far_corner),
        refused="第 1048576 行",
    ),
    # Workbooks
    Awkward(
        "formatted-blank-rows.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, change=formatted_blank_rows),
        rows=1,
    ),
    Awkward(
        "formulas.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, change=formula),
        faults=((2, "检测值", "公式"), (2, "限值", "公式")),
        rows=1,
    ),
    Awkward(
        "formulas-and-errors.csv",
        "inspections",
        lambda: text(
            INSPECTIONS,
            line(检测值="=1+1", 检测机构=" =A1"),
            line(样品编号="#N/A", 检测项目="#DIV/0!", 限值="#ref!"),
            line(样品编号='="S3"', 检测值="#1", 限值="a=b"),
            line(样品编号="S4", 检测值="'=1+1"),
        ),
        faults=(
            (2, "检测值", "公式"),
            (2, "检测机构", "公式"),
            (3, "样品编号", "错误值"),
            (3, "检测项目", "错误值"),
            (3, "限值", "错误值"),
            (4, "样品编号", "公式"),
        ),
        rows=4,
    ),
    Awkward(
        "formula.xls",
        "inspections",
        lambda: xls(INSPECTIONS, LINE, change=lambda book, sheet: sheet.write(1, 7, xlwt.Formula("1+1"))),
        faults=((2, "检测值", "公式"),),
        rows=1,
    ),
    Awkward(
        "error-value.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, line(结论="#N/A")),
        faults=((2, "结论", "错误值"),),
        rows=1,
    ),
    Awkward(
        "numbers-as-codes.xlsx",
        "townships",
        lambda: xlsx(TOWNSHIPS, [653128100.0, "岳普湖镇"], [123456789012345678, "乡"], [1.23e17, "乡"]),
        faults=((3, "乡镇编码", "末尾的数字已经丢失"), (4, "乡镇编码", "末尾的数字已经丢失")),
        rows=3,
    ),
    Awkward(
        "scientific.csv",
        "townships",
        lambda: text(TOWNSHIPS, ["1.23E+17", "乡"]),
        faults=((2, "乡镇编码", "末尾的数字已经丢失"),),
        rows=1,
    ),
    Awkward(
        "dates-in-cells.xlsx",
        "inspections",
        lambda: xlsx(
            INSPECTIONS,
            line(抽样日期=moment(2021, 3, 16), 结果日期=44272),
            line(样品编号="S2", 结果日期=moment(2021, 3, 17, 8, 30)),
            line(样品编号=moment(2021, 3, 1)),
        ),
        faults=((3, "结果日期", "时刻"), (4, "样品编号", "日期格式")),
        rows=3,
    ),
    Awkward(
        "dates.xls",
        "inspections",
        lambda: xls(INSPECTIONS, line(抽样日期=date(2021, 3, 16), 结果日期=44272, 检测值=0.25)),
        rows=1,
    ),
    Awkward(
        "since-1904.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, change=since_1904),
        faults=((2, "结果日期", "1904"),),
        rows=1,
    ),
    Awkward(
        "merged-body.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, line(样品编号="S2"), change=merged_body),
        faults=((2, "", "B2:B3 是合并的"), (3, "户编号", "不能为空")),
        rows=2,
    ),
    Awkward(
        "merged-header.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, change=merged_header),
        faults=((1, "", "G1:H1 是合并的"), (2, "", "H 列有内容但没有标题")),
        rows=1,
    ),
    Awkward(
        "merged-rows.xls",
        "inspections",
        lambda: xls(INSPECTIONS, LINE, line(样品编号="S2"), change=lambda b, s: s.merge(1, 2, 11, 11)),
        faults=((2, "", "L2:L3 是合并的"),),
        rows=2,
    ),
    Awkward(
        "hidden-row.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, line(样品编号="S2"), change=hidden_row),
        faults=((3, "", "被隐藏或筛选"),),
        rows=2,
    ),
    Awkward(
        "hidden-sheet.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, change=hidden_sheet),
        rows=1,
        left_out=("隐藏的工作表",),
    ),
    Awkward(
        "two-months.xlsx",
        "inspections",
        lambda: xlsx(INSPECTIONS, LINE, change=two_months),
        faults=((3, "结论", "合格、不合格、待确证、不适用"),),
        rows=2,
        left_out=("标题行", "没有找到这张登记表的表头"),
    ),
    # Headers, titles, totals, footers
    Awkward(
        "title-total-footer.csv",
        "households",
        lambda: text(
            ["示例县贫困户登记表", "", "", "", ""],
            ["填报单位：示例乡", "", "", "", ""],
            HOUSEHOLDS,
            HOUSE,
            ["", "", "", "", ""],
            ["合 计", "", "1", "", ""],
            ["填表人：某某", "", "审核人：某某", "", "2021年3月"],
            ["填表人", "某某", "联系电话", MOBILE, ""],
        ),
        rows=1,
        left_out=("标题行", "标题行", "合计行", "填表人", "填表人"),
    ),
    Awkward(
        "more-totals-and-footers.csv",
        "inspections",
        lambda: text(
            INSPECTIONS,
            LINE,
            *(
                [words]
                for words in (
                    "合计：1批次",
                    "合计（批）",
                    "合计3",
                    "小计：3",
                    "总计…",
                    "总计共3批",
                    "第1页 共2页",
                )
            ),
            ["", "审核：王", "", "制表：李"],
            ["单位（盖章）"],
            ["", "", "", "", "", "", "", "", "", "检验单位（公章）"],
            ["合 计（批 次）", "", "", "3"],
        ),
        rows=1,
        left_out=("合计行",) * 6 + ("页码行",) + ("审核人",) * 3 + ("合计行",),
    ),
    Awkward(
        "rows-that-only-look-like-totals.csv",
        "inspections",
        lambda: text(
            INSPECTIONS,
            line(样品编号="合计3", 检测项目="合计：2批次"),
            line(样品编号="S2", 检测机构="单位（盖章）", 检测项目="审核：王"),
            line(样品编号="第1页", 检测值="总计…"),
            line(样品编号="", 检测值="小计：3", 检测机构="制表：李"),
            line(样品编号="合计"),
        ),
        faults=((5, "样品编号", "不能为空"),),
        rows=4,
        left_out=("合计行",),
    ),
    Awkward(
        "numbered-blank-rows.csv",
        "households",
        lambda: text(
            ["序号", *HOUSEHOLDS, "备注"],
            ["1", *HOUSE, ""],
            ["2", "", " ", "", "", "", "见附页"],
            ["3"],
            ["4", *house(户编号=""), ""],
            ["5", "", "", "", "", "", "", ""],
        ),
        faults=((5, "户编号", "不能为空"),),
        rows=2,
        ignored=("序号", "备注"),
        left_out=("从第 3 行起有 3 行",),
    ),
    Awkward(
        "blank-rows-with-something-untitled.csv",
        "households",
        lambda: text(["序号", *HOUSEHOLDS[:4]], ["1", *HOUSE[:4]], ["2", "", "", "", "", "x"]),
        faults=(
            (3, "", "比表头多"),
            (3, "户编号", "不能为空"),
            (3, "村编码", "不能为空"),
            (3, "户主姓名", "不能为空"),
            (3, "建档日期", "不能为空"),
        ),
        rows=2,
        ignored=("序号",),
    ),
    Awkward(
        "a-name-that-says-total.csv",
        "households",
        lambda: text(HOUSEHOLDS, house(户主姓名="合计"), house(户编号="H0002", 户主姓名="填表人")),
        rows=2,
    ),
    Awkward(
        "header-twice.csv",
        "households",
        lambda: text(HOUSEHOLDS, HOUSE, HOUSEHOLDS, HOUSE),
        rows=2,
        left_out=("重复的表头",),
    ),
    Awkward(
        "marked-titles.xlsx",
        "households",
        lambda: xlsx(["＊户编号", " 村 编码 ", "户主\n姓名（必填）", "建档日期*", "退出日期\u00a0"], HOUSE),
        rows=1,
    ),
    Awkward(
        "english-names.csv",
        "households",
        lambda: text(["household_no", "Village_Code", "head_name", "registered_on"], HOUSE[:4]),
        rows=1,
    ),
    Awkward(
        "missing-column.csv",
        "households",
        lambda: text([HOUSEHOLDS[0], "村码", *HOUSEHOLDS[2:]], HOUSE),
        faults=((1, "村编码", "缺少这一列"),),
        rows=1,
        ignored=("村码",),
    ),
    Awkward(
        "doubled-column.csv",
        "households",
        lambda: text([*HOUSEHOLDS, "head_name"], [*HOUSE, "另一"]),
        faults=((1, "户主姓名", "不止一次"),),
        rows=1,
    ),
    Awkward(
        "no-header.csv",
        "households",
        lambda: text(HOUSE, HOUSE),
        faults=((None, "", "没有找到“贫困户”的表头"),),
        rows=0,
    ),
    Awkward(
        "untitled-column.csv",
        "households",
        lambda: text([*HOUSEHOLDS, "", "备注"], [*HOUSE, "多", "x"]),
        faults=((2, "", "F 列有内容但没有标题"),),
        rows=1,
        ignored=("备注",),
    ),
    Awkward(
        "identity-cards.csv",
        "households",
        lambda: text([*HOUSEHOLDS, " 身份证号 "], [*HOUSE, IDENTITY_CARD]),
        rows=1,
        ignored=("身份证号",),
    ),
    # Cells
    Awkward(
        "personal-numbers.csv",
        "households",
        lambda: text(
            HOUSEHOLDS,
            house(户编号=IDENTITY_CARD),
            house(户主姓名=f"示例 {MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}"),
            house(户编号="H3", 村编码="65312819800101123x"),
            house(户编号="H4", 建档日期="150104900131234"),
            house(户编号="H5", 户主姓名="（已隐去）"),
        ),
        faults=(
            (2, "户编号", "身份证号"),
            (3, "户主姓名", "身份证号"),
            (4, "村编码", "身份证号"),
            (5, "建档日期", "身份证号"),
            (6, "户主姓名", "已隐去"),
        ),
        rows=5,
    ),
    Awkward(
        "dates.csv",
        "inspections",
        lambda: text(
            INSPECTIONS,
            *(
                line(样品编号=f"S{at}", 抽样日期=day, 结果日期="")
                for at, day in enumerate(
                    (
                        "2021年3月16日",
                        "2021.3.16",
                        "２０２１－３－１６",
                        "2021/3/16",
                        "20210316",
                        "44271",
                        "2021-03-16 00:00:00",
                    )
                )
            ),
        ),
        rows=7,
    ),
    Awkward(
        "no-dates.csv",
        "inspections",
        lambda: text(
            INSPECTIONS,
            *(
                line(样品编号=f"S{at}", 抽样日期=day, 结果日期="")
                for at, day in enumerate(
                    (
                        "3/4/2020",
                        "2020-02-30",
                        "60",
                        "2020年3月",
                        "2020-3-1、2020-3-5",
                        "2099-01-01",
                        "1970-01-01",
                        "20-3-1",
                    )
                )
            ),
        ),
        faults=(
            (2, "抽样日期", "可写作"),
            (3, "抽样日期", "没有这一天"),
            (4, "抽样日期", "可写作"),
            (5, "抽样日期", "可写作"),
            (6, "抽样日期", "可写作"),
            (7, "抽样日期", "晚于今天"),
            (8, "抽样日期", "1990"),
            (9, "抽样日期", "可写作"),
        ),
        rows=8,
    ),
    Awkward(
        "choices.csv",
        "goods",
        lambda: text(
            GOODS,
            *(
                ["H1", f"P{at}", source, fit, "2020-03-16"]
                for at, (source, fit) in enumerate(
                    (
                        ("种植", "是"),
                        ("生产（养殖）", "否"),
                        ("养 殖", ""),
                        ("acquired", "TRUE"),
                        ("生产(养殖)", "1"),
                        ("捡的", "也许"),
                    )
                )
            ),
        ),
        faults=((7, "来源", "种植、生产(养殖)、收购"), (7, "是否符合网销", "“是”或“否”")),
        rows=6,
    ),
    Awkward(
        "blank-and-bad-codes.csv",
        "inspections",
        lambda: text(
            INSPECTIONS,
            line(样品编号=""),
            line(样品编号="S_2"),
            line(样品编号="S" * 65),
            line(样品编号="---"),
        ),
        faults=(
            (2, "样品编号", "不能为空"),
            (3, "样品编号", "64"),
            (4, "样品编号", "64"),
            (5, "样品编号", "64"),
        ),
        rows=4,
    ),
    Awkward(
        "across-columns.csv",
        "inspections",
        lambda: text(
            INSPECTIONS,
            line(结果日期="2021-03-15"),
            line(样品编号="S2", 复检原样品编号="S1", 结论="待确证"),
            line(样品编号="S3", 复检原样品编号="S3"),
        ),
        faults=(
            (2, "结果日期", "不能早于抽样日期"),
            (3, "结论", "复检的结论"),
            (4, "复检原样品编号", "不能是本样品"),
        ),
        rows=3,
    ),
    Awkward(
        "left-before-registered.csv",
        "households",
        lambda: text(HOUSEHOLDS, house(退出日期="2017-12-31"), house(户编号="H2", 退出日期="2099-01-01")),
        faults=((2, "退出日期", "不能早于建档日期"),),
        rows=2,
    ),
)
