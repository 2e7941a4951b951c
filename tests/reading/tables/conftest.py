"""Reports with one table in them, made in every format that holds tables."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from html import escape

import pytest

from assessor.reading.reader import read_report

TITLE = "青溪县2024年法治政府建设年度报告"
BEFORE = "一、2024年主要举措和成效"
LEAD = "全县各项工作扎实推进，有关数据见下表，具体情况分项列出，供各方面监督。"
AFTER = ("二、存在的不足", "个别部门重视不够。")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MIME = "application/vnd.openxmlformats"
_TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_MIME}-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    f'ContentType="{_MIME}-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def _parts(cell):
    """Return text, width and height of a cell: 指标, or [指标, 2, 1]."""
    return (cell, 1, 1) if isinstance(cell, str) else tuple(cell)


def as_html(layout):
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td colspan="{width}" rowspan="{height}">{escape(text)}</td>'
            for text, width, height in map(_parts, row)
        )
        + "</tr>"
        for row in layout["rows"]
    )
    above = "".join(f"<p>{line}</p>" for line in (BEFORE, LEAD, *layout.get("above", ())))
    below = "".join(f"<p>{line}</p>" for line in AFTER)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>'
        f'<h1>{TITLE}</h1><div id="zoom">{above}<table>{rows}</table>{below}</div></body></html>'
    ).encode()


def as_docx(layout):
    def paragraph(text):
        return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'

    def cell(text, width, merge):
        properties = f'<w:gridSpan w:val="{width}"/>' + (
            f'<w:vMerge w:val="{merge}"/>' if merge else ""
        )
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows, reaching = [], {}
    for row in layout["rows"]:
        column, cells = 1, []
        waiting = [_parts(one) for one in row]
        while waiting or reaching.get(column, (0, 0))[0]:
            left, width = reaching.get(column, (0, 0))
            if left:
                reaching[column] = (left - 1, width)
                cells.append(cell("", width, "continue"))
                column += width
                continue
            text, width, height = waiting.pop(0)
            reaching[column] = (height - 1, width)
            cells.append(cell(text, width, "restart" if height > 1 else ""))
            column += width
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    above = "".join(map(paragraph, (TITLE, BEFORE, LEAD, *layout.get("above", ()))))
    below = "".join(map(paragraph, AFTER))
    body = f"{above}<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>{below}"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(zipfile.ZipInfo("[Content_Types].xml"), _TYPES)
        package.writestr(zipfile.ZipInfo("_rels/.rels"), _RELATIONS)
        package.writestr(
            zipfile.ZipInfo("word/document.xml"),
            f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        )
    return made.getvalue()


def _as_text(layout, lines):
    above = (TITLE, BEFORE, LEAD, *layout.get("above", ()))
    return "\n".join([*above, *lines, *AFTER, ""]).encode()


def as_tabs(layout):
    return _as_text(layout, ["\t".join(row) for row in layout["rows"]])


def as_bars(layout):
    lines = [f"| {' | '.join(row)} |" for row in layout["rows"]]
    rule = "|" + "---|" * len(layout["rows"][0])
    return _as_text(layout, [lines[0], rule, *lines[1:]])


def as_blanks(layout):
    def wide(text):
        return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)

    widths = [max(map(wide, column)) + 3 for column in zip(*layout["rows"], strict=True)]
    return _as_text(
        layout,
        [
            "".join(
                text + " " * (width - wide(text)) for text, width in zip(row, widths, strict=True)
            )
            for row in layout["rows"]
        ],
    )


MAKERS = {
    "html": (as_html, "html"),
    "docx": (as_docx, "docx"),
    "tabs": (as_tabs, "txt"),
    "bars": (as_bars, "txt"),
    "blanks": (as_blanks, "txt"),
}


@pytest.fixture(scope="session")
def read_table(tmp_path_factory):
    """Return the reading of a layout made in a format, each read once."""
    folder = tmp_path_factory.mktemp("tables")
    known = {}

    def read(layout, kind):
        make, suffix = MAKERS[kind]
        content = make(layout)
        if content not in known:
            path = folder / f"report.{suffix}"
            path.write_bytes(content)
            known[content] = read_report(path, in_process=True)
        return known[content]

    return read
