"""How our templates look: page, fonts and lines as GB/T 9704 asks for them, tables that break well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

LATIN = "Times New Roman"
BODY, TITLE, HEADING, SECOND = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
# What Word, WPS and LibreOffice take where the office's machine has not got the font.
STAND_INS = {BODY: "仿宋", TITLE: "宋体", HEADING: "SimHei", SECOND: "楷体"}
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26  # mm
LINE = 28  # points from line to line
_NARROW = 9  # points, in tables of many columns
LEFT_SIDE, MIDDLE, RIGHT_SIDE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BOTH_SIDES = WD_ALIGN_PARAGRAPH.JUSTIFY
NOT_USED = {"thumbnail", "customXml", "stylesWithEffects", "theme", "numbering", "webSettings"}
USED_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid"}
_DEFAULT_RUN = (
    f"<w:rPrDefault {nsdecls('w')}><w:rPr>"
    f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{BODY}" w:cs="{LATIN}"/>'
    '<w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
)


@dataclass(frozen=True)
class Col:
    """A column: its title, width in mm, the text or placeholder of its cells, and how they lie."""

    title: str
    width: int
    cell: str
    at: WD_ALIGN_PARAGRAPH = LEFT_SIDE


class Sheet:
    """One template being written, from the top to the bottom."""

    def __init__(self, *, landscape: bool = False) -> None:
        self.doc = _bare()
        self.room = 156
        self._page(landscape)
        self._fonts()
        self._footer()

    def title(self, text: str) -> None:
        """The title, and below it the paper's number."""
        self._line(text, TITLE, 22, MIDDLE, spacing=36, after=10, keep=True)
        self._line("{%p if number %}", BODY, 16, MIDDLE)
        self._line("{{ number }}", BODY, 16, MIDDLE, after=16, keep=True)
        self._line("{%p endif %}", BODY, 16, MIDDLE)

    def heading(self, text: str) -> None:
        """一、 in 黑体; it stays with what follows."""
        self._line(text, HEADING, 16, BOTH_SIDES, after=4, indent=True, keep=True)

    def to(self, text: str) -> None:
        """To whom the paper is written: no indent."""
        self._line(text, BODY, 16, LEFT_SIDE)

    def text(self, text: str, *, keep: bool = False) -> None:
        """One paragraph of the body, its first line two characters in; `keep`: on the page of what follows."""
        self._line(text, BODY, 16, BOTH_SIDES, indent=True, keep=keep)

    def small(self, text: str) -> None:
        """A line under a table."""
        self._line(text, BODY, 12, LEFT_SIDE, spacing=20)

    def only(self, tag: str) -> None:
        """A line that stands for itself: `for … in …`, `if …`, `endfor`; nothing of it is left on paper."""
        self._line(f"{{%p {tag} %}}", BODY, 16, LEFT_SIDE)

    def chart(self, value: str) -> None:
        """A native chart in place of this line (`data/papers/charts.py`)."""
        self._line(f"{{{{p {value}|chart }}}}", BODY, 16, MIDDLE)

    def gap(self, points: int = 14) -> None:
        """White between two parts."""
        self._line("", BODY, 10, LEFT_SIDE, spacing=points)

    def signed(self) -> None:
        """The office's name with room for its seal, and the day."""
        self._line("", BODY, 16, RIGHT_SIDE, keep=True)
        self._line("{{ letterhead.name }}（盖章）", BODY, 16, RIGHT_SIDE, right=32, keep=True)
        self._line("{{ done_on|day }}", BODY, 16, RIGHT_SIDE, right=64)

    def pairs(self, rows: Sequence[tuple[str, str]], *, tall: bool = False) -> None:
        """A form of two columns: what it is called, and the value."""
        table = self._table([Col("", 40, ""), Col("", self.room - 40, "")])
        for name, value in rows:
            row = table.add_row()
            _row_rules(row, height=36 if tall else 24)
            _cell(row.cells[0], name, MIDDLE, font=HEADING, size=12)
            _cell(row.cells[1], value, LEFT_SIDE, size=12)
        self.gap()

    def signatures(self, names: Sequence[tuple[str, str]]) -> None:
        """Places to sign, side by side: who, and the name as it is known."""
        width = self.room // len(names)
        table = self._table([Col("", width, "") for _ in names], borders=False)
        row = table.add_row()
        _row_rules(row, height=40)
        for cell, (name, value) in zip(row.cells, names, strict=True):
            _cell(cell, f"{name}：{value}", LEFT_SIDE, size=14)

    def table(self, loop: str, columns: Sequence[Col], total: Sequence[str] = ()) -> None:
        """A table with a row for each of `loop` (`line in lines`) and, where given, one of sums below."""
        table = self._table(columns)
        head = table.add_row()
        _row_rules(head, height=24, repeated=True)
        for cell, column in zip(head.cells, columns, strict=True):
            _cell(cell, column.title, MIDDLE, font=HEADING, keep=True)
        _cell(table.add_row().cells[0], f"{{%tr for {loop} %}}", LEFT_SIDE)
        row = table.add_row()
        _row_rules(row, height=22)
        for cell, column in zip(row.cells, columns, strict=True):
            _cell(cell, column.cell, column.at)
        _cell(table.add_row().cells[0], "{%tr endfor %}", LEFT_SIDE)
        if total:
            last = table.add_row()
            _row_rules(last, height=24)
            for cell, text, column in zip(last.cells, total, columns, strict=True):
                at = column.at if text.startswith("{{") else MIDDLE
                _cell(cell, text, at, font=HEADING, keep=True)
        self.gap(8)

    def matrix(self, loop: str, first: Col, across: Col, over: tuple[str, str], last: Sequence[Col]) -> None:
        """A row for each of `loop`, and in it one column for each of `over`: the loop of the titles and that of the cells.

        How many columns come of it is not known here, so all share the page's width alike, whatever their own.
        """
        columns = [first, across, across, across, *last]  # before, of and behind the loop
        table = self._table([Col("", self.room // len(columns), "") for _ in columns])
        head = table.add_row()
        _cell(table.add_row().cells[0], f"{{%tr for {loop} %}}", LEFT_SIDE)
        body = table.add_row()
        _cell(table.add_row().cells[0], "{%tr endfor %}", LEFT_SIDE)
        for row, inner in zip((head, body), over, strict=True):
            is_head = row is head
            _row_rules(row, height=24 if is_head else 22, repeated=is_head)
            texts = [column.title if is_head else column.cell for column in columns]
            texts[1], texts[3] = f"{{%tc for {inner} %}}", "{%tc endfor %}"
            for cell, text, column in zip(row.cells, texts, columns, strict=True):
                at = MIDDLE if is_head else column.at
                _cell(cell, text, at, font=HEADING if is_head else BODY, size=_NARROW, keep=is_head)
                cell._tc.tcPr.remove(cell._tc.tcPr.tcW)
        self.gap(8)

    # ---- the page ----

    def _page(self, landscape: bool) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.footer_distance = Mm(24)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.top_margin, section.bottom_margin = Mm(28), Mm(26)
            section.left_margin, section.right_margin = Mm(25), Mm(25)
            section.footer_distance = Mm(16)
            self.room = 247

    def _fonts(self) -> None:
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(16)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
        for part in self.doc.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                part._blob = _font_table()

    def _footer(self) -> None:
        line = self.doc.sections[0].footer.paragraphs[0]
        line.style = self.doc.styles["Normal"]
        line.alignment = MIDDLE
        _run(line, "链号 {{ chain.number }} · {{ chain.hash }}　　第 ", BODY, 9)
        _field(line, "PAGE")
        _run(line, " 页，共 ", BODY, 9)
        _field(line, "NUMPAGES")
        _run(line, " 页", BODY, 9)

    def _line(
        self,
        text: str,
        font: str,
        size: int,
        at: WD_ALIGN_PARAGRAPH,
        *,
        spacing: int = LINE,
        after: int = 0,
        right: int = 0,
        indent: bool = False,
        keep: bool = False,
    ) -> None:
        line = self.doc.add_paragraph()
        line.alignment = at
        shape = line.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)
        shape.space_before, shape.space_after = Pt(0), Pt(after)
        shape.keep_with_next = keep or None
        if right:
            shape.right_indent = Pt(right)
        if indent:
            _two_characters_in(line)
        _run(line, text, font, size)

    def _table(self, columns: Sequence[Col], *, borders: bool = True) -> Any:
        table = self.doc.add_table(0, len(columns), style="Table Grid" if borders else None)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, given in zip(table.columns, columns, strict=True):
            column.width = Mm(given.width)
        return table


def _cell(
    cell: Any, text: str, at: WD_ALIGN_PARAGRAPH, *, font: str = BODY, size: float = 10.5, keep: bool = False
) -> None:
    line = cell.paragraphs[0]
    line.alignment = at
    shape = line.paragraph_format
    shape.space_before = shape.space_after = Pt(2)
    shape.line_spacing = 1.0
    shape.keep_with_next = keep or None
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _run(line, text, font, size)


def _bare() -> Any:
    """python-docx's empty document without what our papers do not use: its many styles, its thumbnail."""
    doc = Document()
    for holder in (doc.part.package, doc.part):
        for number, rel in list(holder.rels.items()):
            if rel.reltype.rsplit("/", 1)[-1] in NOT_USED:
                del holder.rels[number]
    styles = doc.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in USED_STYLES:
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    defaults.replace(defaults.find(qn("w:rPrDefault")), parse_xml(_DEFAULT_RUN))
    return doc


def _run(line: Any, text: str, font: str, size: float) -> None:
    run = line.add_run(text)
    run.font.name, run.font.size = LATIN, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _field(line: Any, code: str) -> None:
    """A number that the word processor counts itself: PAGE, NUMPAGES."""
    xml = f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    line._p.append(parse_xml(xml))


def _two_characters_in(line: Any) -> None:
    indent = line._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "640")


def _row_rules(row: Any, *, height: int, repeated: bool = False) -> None:
    """A row is never torn over two pages; the one with the titles stands on each of them."""
    row.height = Pt(height)
    rules = row._tr.get_or_add_trPr()
    rules.append(OxmlElement("w:cantSplit"))
    if repeated:
        rules.append(OxmlElement("w:tblHeader"))


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in STAND_INS.items()
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    )
    return xml.encode("utf-8")
