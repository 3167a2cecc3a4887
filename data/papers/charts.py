"""Charts on paper: native Word charts, drawn by the word processor from numbers that stay editable.

A chart is frozen as numbers (`office.paperwork.papers_of_reports.Chart`). Its part carries its own little workbook, so that
“编辑数据” works in Word and WPS; nothing in it depends on the machine or the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, nsmap
from docx.shared import Mm
from markupsafe import Markup, escape
from xlsxwriter import Workbook

from data.papers.archive import CREATED

COLOURS = ("1F5FA8", "B5651D", "2F7D5B", "7A4FA3", "6B7280")
QUIET, GRID = "5B6672", "D5DCE5"
WIDTH = 154  # mm
HEIGHTS = {"columns": 68, "stacked": 68, "bars": 24}  # mm; of bars what is beside them, each has its own
_BAR, _POINTS = 7, 9
_GAP = 60  # percent of a bar's width
_PARAGRAPH = (
    '<w:p {names}><w:pPr><w:keepLines/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Chart {number}" descr="{title}"/>'
    '<a:graphic><a:graphicData uri="{chart}">'
    '<c:chart r:id="{reference}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def charts_into(document: Any) -> Callable[[Mapping[str, Any]], Markup]:
    """The filter `chart` of one document: hangs a chart on it and gives the paragraph that shows it."""

    def chart(frozen: Mapping[str, Any]) -> Markup:
        package = document.part.package
        number = 1 + sum(part.content_type == CONTENT_TYPE.DML_CHART for part in package.iter_parts())
        workbook = Part(
            PackURI(f"/word/embeddings/chart{number}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            chart_workbook(frozen),
            package,
        )
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
        part._blob = chart_xml(frozen, part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))
        height = _height(frozen)
        return Markup(  # nosec B704 # the only foreign text in it is escaped
            _PARAGRAPH.format(
                names=nsdecls("w", "wp", "a", "c", "r"),
                chart=nsmap["c"],
                width=Mm(WIDTH),
                height=Mm(height),
                number=number,
                title=escape(frozen["title"]),
                reference=document.part.relate_to(part, RELATIONSHIP_TYPE.CHART),
            )
        )

    return chart


def chart_xml(frozen: Mapping[str, Any], workbook: str) -> bytes:
    """The chart part. `workbook` is the relationship to its numbers.

    `frozen`: kind, title, unit, scale (the values are whole; 10^scale of them make one unit), categories,
    series of name and values (None: no data, a gap and not nought).
    """
    from pptx.chart.chart import Chart  # slow to load, and few papers have charts
    from pptx.chart.data import CategoryChartData
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml

    types = {
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "stacked": XL_CHART_TYPE.COLUMN_STACKED,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    }
    data = CategoryChartData(number_format=_number_format(frozen))
    data.categories = list(frozen["categories"]) or [" "]
    for series in frozen["series"]:
        data.add_series(series["name"], _values(frozen, series))
    space = parse_xml(ChartXmlWriter(types[frozen["kind"]], data).xml.encode("utf-8"))
    _dress(Chart(space, None), frozen)
    return _linked(space, workbook)


def chart_workbook(frozen: Mapping[str, Any]) -> bytes:
    """The numbers behind a chart as a workbook, where its formulas look for them; the same bytes every time."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("Sheet1")
    numbers = book.add_format({"num_format": _number_format(frozen)})
    sheet.write_column(1, 0, list(frozen["categories"]))
    for column, series in enumerate(frozen["series"], 1):
        sheet.write_string(0, column, series["name"])
        for row, value in enumerate(_values(frozen, series), 1):
            if value is not None:
                sheet.write_number(row, column, value, numbers)
    book.close()
    return content.getvalue()


def _values(frozen: Mapping[str, Any], series: Mapping[str, Any]) -> list[Decimal | None]:
    return [
        None if value is None else Decimal(value).scaleb(-frozen["scale"])
        for value in (*series["values"], *([None] if not frozen["categories"] else []))
    ]


def _number_format(frozen: Mapping[str, Any]) -> str:
    return {0: "#,##0", 1: "#,##0.0"}.get(frozen["scale"], "#,##0.00")


def _height(frozen: Mapping[str, Any]) -> int:
    """mm. Bars get as much room as there are of them."""
    bars = len(frozen["categories"]) * _BAR if frozen["kind"] == "bars" else 0
    return HEIGHTS[frozen["kind"]] + bars


def _dress(chart: Any, frozen: Mapping[str, Any]) -> None:
    """Title, legend, colours, quiet grid lines; words in the size of a caption."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    several = len(frozen["series"]) > 1
    chart.font.size = Pt(_POINTS)
    chart.has_title = True
    title = chart.chart_title.text_frame
    title.text = f"{frozen['title']}（{frozen['unit']}）"
    for run in title.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(_POINTS + 2), False
    chart.has_legend = several
    if several:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width = _GAP
    for series, colour in zip(plot.series, COLOURS * len(frozen["series"]), strict=False):
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour)
    values, categories = chart.value_axis, chart.category_axis
    if not any(value < 0 for one in frozen["series"] for value in one["values"] if value is not None):
        values.minimum_scale = 0  # bars are read by their length
    if frozen["kind"] == "bars":  # the first on top, and the figure at each end
        values.visible = False
        chart.category_axis.reverse_order = True
        plot.has_data_labels = True
        plot.data_labels.number_format = _number_format(frozen)
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.show_value = True
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "#,##0", False
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
    values.format.line.fill.background()
    values.major_tick_mark = categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = RGBColor.from_string(QUIET)


def _linked(space: Any, workbook: str) -> bytes:
    """The finished part as bytes, its numbers tied to the workbook."""
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls as names

    external = f'<c:externalData {names("c", "r")} r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
    space.append(parse_xml(external))
    return bytes(serialize_part_xml(space))
