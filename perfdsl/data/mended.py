"""A workbook that openpyxl refuses, without all that only says how it looks: cells, merges and number formats stay."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = ((b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN.encode()),
           (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"))
"""Names of the strict variant, which openpyxl does not know, and those that it knows."""
_PLAIN = '<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>'
_SHEET_KEEPS = {f"{{{_MAIN}}}{name}" for name in ("sheetData", "mergeCells")}
_DROPPED = ("docprops/", "xl/drawings/", "xl/charts/", "xl/media/", "xl/worksheets/_rels/", "xl/pivot", "xl/comments", "xl/theme/",
            "xl/printersettings/", "xl/externallinks/", "customxml/", "xl/calcchain.xml")


def mended(data: bytes) -> bytes:
    """The package again.  Raises what zipfile and ElementTree raise where it is no workbook at all."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.lower().startswith(_DROPPED):
                new.writestr(name, _part(name, old.read(name)))
    return made.getvalue()


def _part(name: str, text: bytes) -> bytes:
    for strict, usual in _STRICT:
        text = text.replace(strict, usual)
    if name.startswith("xl/worksheets/"):
        return _sheet(text)
    if name == "[Content_Types].xml":
        return _types(text)
    return _styles(text) if name == "xl/styles.xml" else text


def _sheet(text: bytes) -> bytes:
    root = ElementTree.fromstring(text)
    for child in [child for child in root if child.tag not in _SHEET_KEEPS]:
        root.remove(child)
    return ElementTree.tostring(root)


def _types(text: bytes) -> bytes:
    root = ElementTree.fromstring(text)
    for child in [child for child in root if child.get("PartName", "").lower()[1:].startswith(_DROPPED)]:
        root.remove(child)
    return ElementTree.tostring(root)


def _styles(text: bytes) -> bytes:
    """Number formats, and which of them each style has."""
    root = ElementTree.fromstring(text)
    formats = root.find(f"{{{_MAIN}}}numFmts")
    kept = b"" if formats is None else ElementTree.tostring(formats)
    used = (style.get("numFmtId", "0") for style in root.iterfind(f"{{{_MAIN}}}cellXfs/{{{_MAIN}}}xf"))
    styles = "".join(f'<xf numFmtId="{int(number)}" fontId="0" fillId="0" borderId="0"/>' for number in used)
    return f'<styleSheet xmlns="{_MAIN}">'.encode() + kept + f"{_PLAIN}<cellXfs>{styles}</cellXfs></styleSheet>".encode()
