"""Files made to hang, fill the memory or slip something in; each as small as it can be."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_START = '<?xml version="1.0"?>'
_LAUGHS = ('<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY c "' + "&b;" * 1000
           + '"><!ENTITY j "&c;&c;">]>')
_OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
_CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return made.getvalue()


def _related(kind: str, target: str) -> str:
    return (f'{_START}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/{kind}" '
            f'Target="{target}"/></Relationships>')


def _types(**parts: str) -> str:
    said = "".join(f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
                   for name, kind in parts.items())
    return (f'{_START}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{said}</Types>')


def xlsx(rows: str, after: str = "", before: str = "", styles: str = "", **more: str | bytes) -> bytes:
    """A workbook of one sheet: its rows, what stands before and after them, its styles, and further members."""
    kinds = {"xl/workbook.xml": "spreadsheetml.sheet.main", "xl/worksheets/sheet1.xml": "spreadsheetml.worksheet"}
    if styles:
        kinds["xl/styles.xml"], more["xl/styles.xml"] = "spreadsheetml.styles", f'{_START}<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'
    return packed({
        "[Content_Types].xml": _types(**kinds), "_rels/.rels": _related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'{_START}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="表" sheetId="1" '
                           'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related("worksheet", "worksheets/sheet1.xml").replace(
            "</Relationships>", f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
            if styles else "</Relationships>"),
        "xl/worksheets/sheet1.xml": f'{_START}{before}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        **more})


def docx(body: str, before: str = "", **more: str | bytes) -> bytes:
    return packed({
        "[Content_Types].xml": _types(**{"word/document.xml": "wordprocessingml.document.main"}),
        "_rels/.rels": _related("officeDocument", "word/document.xml"),
        "word/document.xml": f'{_START}{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>', **more})


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def word_table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def ods(rows: str, before: str = "") -> bytes:
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style"))
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"{_START}{before}<office:document-content{names}><office:body><office:spreadsheet>"
                       f'<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'})


def _merges(*areas: str) -> bytes:
    return xlsx(_CELL.format("x"), "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>")


def _encrypted_zip() -> bytes:
    """A zip whose directory says that its members have a password."""
    made = bytearray(xlsx(_CELL.format("x")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(mark)
        while start >= 0:
            made[start + at] |= 1
            start = made.find(mark, start + 4)
    return bytes(made)


def _lying_zip() -> bytes:
    """A member that says it holds 10 bytes and holds 300 MB."""
    made = bytearray(xlsx(_CELL.format("x"), **{"xl/theme.xml": "<a>" + " " * 30_000_000 + "</a>"}))
    at = made.find(struct.pack("<I", 30_000_007))
    while at >= 0:
        made[at:at + 4] = struct.pack("<I", 10)
        at = made.find(struct.pack("<I", 30_000_007))
    return bytes(made)


def ole(*streams: str) -> bytes:
    """As much of an OLE file as its first bytes and its directory show."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(f"{name}\0".encode("utf-16-le") for name in streams)


_FAR_ODS = ('<table:table-row table:number-rows-repeated="{}"><table:table-cell table:number-columns-repeated="{}" {}>{}'
            "</table:table-cell></table:table-row>")
_TEXT_CELL = 'office:value-type="string"', "<text:p>x</text:p>"

REFUSED: dict[str, Callable[[], bytes]] = {
    "bomb by ratio": lambda: xlsx(_CELL.format("x"), **{"xl/media/a.bin": b"\0" * 60_000_000}),
    "bomb by size": lambda: xlsx(_CELL.format("x"), **{f"xl/media/{at}.bin": b"\0" * 30_000_000 for at in range(5)}),
    "bomb by members": lambda: xlsx(_CELL.format("x"), **{f"xl/media/{at}.bin": b"" for at in range(3000)}),
    "word bomb": lambda: docx("", **{"word/media/a.bin": b"\0" * 60_000_000}),
    "lying size": _lying_zip,
    "entity bomb in xlsx": lambda: xlsx(_CELL.format("&j;"), before=_LAUGHS),
    "entity bomb in docx": lambda: docx(word_table(word_cell("&j;")), _LAUGHS),
    "entity bomb in ods": lambda: ods(_FAR_ODS.format(1, 1, _TEXT_CELL[0], "<text:p>&j;</text:p>"), _LAUGHS),
    "external entity in xlsx": lambda: xlsx(_CELL.format("&j;"), before=_OUTSIDE),
    "external entity in docx": lambda: docx(word_table(word_cell("&j;")), _OUTSIDE),
    "doctype in utf-16": lambda: xlsx(_CELL.format("x"), **{"xl/theme/theme1.xml": f'<?xml version="1.0" encoding="utf-16"?>{_LAUGHS}<x/>'
                                                            .encode("utf-16")}),
    "a million empty rows": lambda: xlsx("".join(f'<row r="{at}"/>' for at in range(1, 1_000_001))),
    "a million empty cells": lambda: xlsx("".join(f'<row r="{at}"><c r="A{at}"/></row>' for at in range(1, 1_000_001))),
    "10 MB in a cell": lambda: xlsx(_CELL.format("字" * 3_500_000)),
    "10 MB in random text": lambda: xlsx(_CELL.format("".join(chr(0x4E00 + at * 7919 % 20000) for at in range(3_500_000)))),
    "10 MB in a word cell": lambda: docx(word_table(word_cell("".join(chr(0x4E00 + at * 7919 % 20000) for at in range(3_500_000))))),
    "a merge of everything": lambda: _merges("A1:XFD1048576"),
    "a wide merge": lambda: _merges("A1:XFD1000"),
    "overlapping merges": lambda: _merges("A1:C3", "B2:D4"),
    "the same merge often": lambda: _merges(*["A1:B2"] * 50_000),
    "a merge of nonsense": lambda: _merges("A1:B999999999"),
    "a link over everything": lambda: xlsx(_CELL.format("x"), '<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>'),
    "links over much": lambda: xlsx(_CELL.format("x"), "<hyperlinks>" + '<hyperlink ref="A1:B9999" location="a"/>' * 4900 + "</hyperlinks>"),
    "a cell nowhere": lambda: xlsx('<row r="1"><c r="AAAAA99999999999"><v>1</v></c></row>'),
    "many merges": lambda: _merges(*(f"A{at}:B{at}" for at in range(1, 30_000))),
    "many styles": lambda: xlsx(_CELL.format("x"), styles="<cellXfs>" + '<xf numFmtId="0"><alignment/></xf>' * 300_000 + "</cellXfs>"),
    "deep nesting": lambda: xlsx(_CELL.format("x"), "<a>" * 100_000 + "</a>" * 100_000),
    "a span of a billion": lambda: docx(word_table(word_cell("x", '<w:gridSpan w:val="1000000000"/>'))),
    "wide spans": lambda: docx(word_table(*[word_cell("x", '<w:gridSpan w:val="999"/>') * 50] * 900)),
    "many word cells": lambda: docx(word_table(*[word_cell("x") * 10] * 10_000)),
    "deep word tables": lambda: docx("<w:tbl><w:tr><w:tc>" * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300),
    "repeated rows in ods": lambda: ods(_FAR_ODS.format(1_000_000, 1, *_TEXT_CELL)),
    "repeated cells in ods": lambda: ods(_FAR_ODS.format(1, 1_000_000_000, *_TEXT_CELL)),
    "truncated xlsx": lambda: xlsx(_CELL.format("x" * 3000))[:900],
    "truncated docx": lambda: docx(word_table(word_cell("x")))[:-30],
    "zip with password": _encrypted_zip,
    "office file with password": partial(ole, "EncryptionInfo", "EncryptedPackage"),
    "old word file": partial(ole, "WordDocument"),
    "xls cut short": partial(ole, "Workbook"),
    "garbage behind PK": lambda: b"PK\x03\x04" + b"\x07" * 100_000,
    "a far cell in xls": (Path(__file__).parents[1] / "data" / "files" / "far.xls").read_bytes,
    "csv of one cell": lambda: ('指标,实际完成值\n税收,"' + "9" * 10_000_000 + '"\n').encode(),
    "deep json": lambda: b"[" * 1_000_000,
    "yaml bomb": lambda: b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n",
    "yaml that runs code": lambda: b"a: !!python/object/apply:os.system ['touch pwned']\n",
    "deep yaml": lambda: b"a: " + b"[" * 100_000,
}
"""What is refused with one error, by the way it is meant to hurt."""

ONLY_DATA: dict[str, Callable[[], bytes]] = {
    "far cells in every row": lambda: xlsx("".join(f'<row r="{at}"><c r="XFD{at}"><v>{at}</v></c></row>' for at in range(1, 50_000))),
}
"""What is refused where every place up to the last one becomes a cell of a table."""

READ: dict[str, Callable[[], bytes]] = {
    "a stray far cell": lambda: xlsx(_CELL.format("税收") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "formula injection": lambda: xlsx(_CELL.format("=cmd|' /C calc'!A0")),
    "notes of other programs": lambda: xlsx(_CELL.format("x"), **{"xl/drawings/vmlDrawing1.vml": "<xml><div>a<br></div></xml>",
                                                              "xl/media/a.svg": '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a"><svg/>'}),
    "html in a cell": lambda: xlsx(_CELL.format("&lt;script&gt;alert(1)&lt;/script&gt;")),
    "html in word": lambda: docx(word_table(word_cell("&lt;img src=x onerror=alert(1)&gt;"))),
    "empty rows to the end in ods": lambda: ods(_FAR_ODS.format(1, 1, *_TEXT_CELL) + _FAR_ODS.format(1048575, 16384, "", "")),
}
"""What is odd and harmless: it is read, and its text stays text."""
