"""The Word form of a 整改清单, built from its parts: a title, notes and one table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from assessor.city.workbook.packing import stamp, write_parts
from assessor.city.workbook.sheet import printable

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_R = f'xmlns:r="{_OFFICE}"'
_PAGE = (16838, 11906)
_MARGIN = 850
"""Twentieths of a point: A4 landscape, 15 mm."""
_WIDTHS = (605, 1815, 2572, 2120, 908, 4388, 1518, 606, 606)
"""Columns of the list, together the width between the margins."""
_CENTRED = frozenset((0, 4))
_SONG, _HEI = "仿宋", "黑体"


class GapDocument(NamedTuple):
    """What the document says."""

    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ending: str
    """Said under the table."""
    engine: str


def write_document(document: GapDocument, path: Path, made_on: date) -> None:
    """Write the document atomically; `made_on` is its date, so that the bytes repeat."""
    write_parts(path, ((name, content.encode()) for name, content in _parts(document, made_on)))


def _parts(document: GapDocument, made_on: date) -> Iterable[tuple[str, str]]:
    yield "[Content_Types].xml", _content_types()
    yield (
        "_rels/.rels",
        _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    )
    yield "docProps/core.xml", _core(document, made_on)
    yield "word/document.xml", _document(document)
    yield "word/styles.xml", _styles()
    yield "word/fontTable.xml", _fonts()
    yield "word/footer1.xml", _footer()
    yield (
        "word/_rels/document.xml.rels",
        _relations(
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/fontTable", "fontTable.xml"),
            (f"{_OFFICE}/footer", "footer1.xml"),
        ),
    )


def _content_types() -> str:
    kinds = {
        "/word/document.xml": f"{_WML}.document.main+xml",
        "/word/styles.xml": f"{_WML}.styles+xml",
        "/word/fontTable.xml": f"{_WML}.fontTable+xml",
        "/word/footer1.xml": f"{_WML}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(*links: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{count}" Type="{kind}" Target="{target}"/>'
        for count, (kind, target) in enumerate(links, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _core(document: GapDocument, made_on: date) -> str:
    when = f' xsi:type="dcterms:W3CDTF">{stamp(made_on)}<'
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(document.title)}</dc:title>"
        f"<dc:creator>assessor {_text(document.engine)}</dc:creator>"
        f"<dcterms:created{when}/dcterms:created><dcterms:modified{when}/dcterms:modified>"
        "</cp:coreProperties>"
    )


def _styles() -> str:
    centred = '<w:jc w:val="center"/>'
    title = f'<w:spacing w:after="160"/>{centred}<w:outlineLvl w:val="0"/>'
    return (
        f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_font(_SONG)}"
        '<w:sz w:val="19"/><w:szCs w:val="19"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        + _style("Normal", "Normal", "", "", is_default=True)
        + _style("Title", "Title", title, _font(_HEI) + '<w:sz w:val="36"/>')
        + _style("Note", "Note", '<w:spacing w:after="60"/>', '<w:sz w:val="20"/>')
        + _style("Head", "Table Head", centred, _font(_HEI))
        + "</w:styles>"
    )


def _style(code: str, name: str, layout: str, look: str, *, is_default: bool = False) -> str:
    default = ' w:default="1"' if is_default else ""
    based = "" if is_default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{layout}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _fonts() -> str:
    """Name what may stand in for a font that is not installed."""
    stand_ins = {
        _SONG: "仿宋_GB2312,FangSong,FangSong_GB2312,华文仿宋,Noto Serif CJK SC",
        _HEI: "SimHei,华文黑体,Noto Sans CJK SC",
    }
    inner = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in stand_ins.items()
    )
    return f"{_HEAD}<w:fonts {_W}>{inner}</w:fonts>"


def _footer() -> str:
    pieces = (_run("第 "), _field("PAGE"), _run(" 页，共 "), _field("NUMPAGES"), _run(" 页"))
    return (
        f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f"{''.join(pieces)}</w:p></w:ftr>"
    )


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{_run("1")}</w:fldSimple>'


def _document(document: GapDocument) -> str:
    body = _paragraph(document.title, "Title")
    body += "".join(_paragraph(note, "Note") for note in document.notes)
    if document.rows:
        body += _table(document)
    body += _paragraph(document.ending, "Normal")
    wide, high = _PAGE
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}"'
        f' w:left="{_MARGIN}" w:header="500" w:footer="450" w:gutter="0"/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_W} {_R}><w:body>{body}{section}</w:body></w:document>"


def _table(document: GapDocument) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="5A6675"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    heading = "".join(
        _cell(words, width, "Head", shade="D9E1EC")
        for words, width in zip(document.headings, _WIDTHS, strict=True)
    )
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cells(row)}</w:tr>" for row in document.rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heading}</w:tr>{rows}</w:tbl>"
    )


def _cells(row: tuple[str, ...]) -> str:
    return "".join(
        _cell(words, width, "Normal", is_centred=place in _CENTRED)
        for place, (words, width) in enumerate(zip(row, _WIDTHS, strict=True))
    )


def _cell(words: str, width: int, style: str, *, shade: str = "", is_centred: bool = False) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    middle = '<w:vAlign w:val="center"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}{middle}</w:tcPr>'
        f"{_paragraph(words, style, is_centred=is_centred)}</w:tc>"
    )


def _paragraph(words: str, style: str, *, is_centred: bool = False) -> str:
    centred = '<w:jc w:val="center"/>' if is_centred else ""
    runs = _run(words) if words else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{centred}</w:pPr>{runs}</w:p>'


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{_text(words)}</w:t></w:r>'


def _text(words: str) -> str:
    return escape(printable(words))
