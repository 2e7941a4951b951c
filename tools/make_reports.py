"""Make the sample reports in every format from their text.

`python tools/make_reports.py` writes the committed files beside samples/reports/*.txt;
`python tools/make_reports.py 嘉兴市2021.pdf ... -o DIR` writes others. Same text, same bytes.

A text is what a person would paste: title, line of publication, headings `一、` and `（一）`,
tables with tabs, one footnote `注①：`, signature and date, and a last line `说明：` for samples
that retell a real report.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import NamedTuple

REPORTS = Path(__file__).resolve().parent.parent / "samples" / "reports"
COMMITTED = (
    "云栖县2024.html",
    "云栖县2024.docx",
    "云栖县2024.pdf",
    "嘉兴市2021.html",
    "新昌县2019.docx",
)
MARK = "①"
_PUBLISHED = re.compile(r"发布日期：(\S+(?: \d\d:\d\d)?)\u3000信息来源：(\S+)")
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SECTION = re.compile(r"（[一二三四五六七八九十]{1,3}）")
_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")


class Part(NamedTuple):
    """A heading, paragraph or table of a report."""

    kind: str
    """`chapter`, `section`, `paragraph`, `table`, `signature`, `remark`."""
    text: str = ""
    """Without its number."""
    number: str = ""
    """`一、` or `（一）`."""
    rows: tuple[tuple[str, ...], ...] = ()


class Report(NamedTuple):
    """A report's parts."""

    title: str
    day: str
    source: str
    parts: tuple[Part, ...]
    note: str
    """The footnote that `①` calls."""

    @property
    def entity(self) -> str:
        """Return the place the report is of."""
        return re.split(r"20\d\d", self.title)[0]

    @property
    def site(self) -> str:
        """Return the name of the site that shows it; retold reports stand on no official one."""
        is_retold = any(part.kind == "remark" for part in self.parts)
        return "政务公开演示网站" if is_retold else f"{self.entity}人民政府"


def parse_report(text: str) -> Report:
    """Return the parts of a report's text.

    Raises:
        ValueError: the second line is not the line of publication.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    published = _PUBLISHED.fullmatch(lines[1])
    if published is None:
        raise ValueError(f"no line of publication: {lines[1]}")
    notes = [line for line in lines if line.startswith(f"注{MARK}：")]
    body = [line for line in lines[2:] if line not in notes]
    note = notes[0].removeprefix(f"注{MARK}：") if notes else ""
    return Report(lines[0], published[1], published[2], tuple(_parts(body)), note)


def _parts(lines: list[str]) -> Iterator[Part]:
    rows: list[tuple[str, ...]] = []
    for index, line in enumerate(lines):
        if "\t" in line:
            rows.append(tuple(line.split("\t")))
            continue
        if rows:
            yield Part("table", rows=tuple(rows))
            rows = []
        is_signer = index + 1 < len(lines) and _DAY.fullmatch(lines[index + 1])
        if _DAY.fullmatch(line) or is_signer:
            yield Part("signature", line)
        elif line.startswith("说明："):
            yield Part("remark", line)
        else:
            yield _numbered(line)
    if rows:
        yield Part("table", rows=tuple(rows))


def _numbered(line: str) -> Part:
    chapter, section = _CHAPTER.match(line), _SECTION.match(line)
    if chapter:
        return Part("chapter", line[chapter.end() :], chapter.group())
    if section:
        kind = "paragraph" if "。" in line else "section"
        return Part(kind, line[section.end() :], section.group())
    return Part("paragraph", line)


# Web page ------------------------------------------------------------------------------------

_PAGE_STYLE = """
body{margin:0;font:16px/1.9 "Noto Sans CJK SC",sans-serif;color:#222}
.top,.footer{background:#0b5cad;color:#fff;padding:12px 8%}.nav a{margin-right:2em;color:#fff}
.wrap{display:flex;gap:3%;padding:1em 8%}.detail{flex:3}.side{flex:1;font-size:14px}
h1{font-size:26px;text-align:center}.info{text-align:center;color:#777;font-size:13px}
p{text-indent:2em;margin:.5em 0}h2{font-size:18px}h3{font-size:17px}
table{border-collapse:collapse;margin:1em auto}td,th{border:1px solid #999;padding:4px 14px}
"""


def to_html(report: Report) -> bytes:
    """Return the report as a government site shows it, with everything such a page has around."""
    title, site, year = escape(report.title), report.site, int(report.day[:4])
    crumbs = "您现在的位置：<a href='/'>首页</a> &gt; <a href='/zwgk'>政务公开</a>"
    side = (
        (f"{report.entity}{year - 2}年法治政府建设年度报告", f"{year - 1}-03-20"),
        ("关于公布2025年度重大行政决策事项目录的通知", f"{year}-02-11"),
        ("图解：行政执法人员持证率提高到99%的背后", f"{year}-01-09"),
        ("行政复议受理量突破500件", f"{year - 1}-12-30"),
    )
    links = "".join(f"<li><a href='#'>{name}</a> <span>{day}</span></li>" for name, day in side)
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="SiteName" content="{site}">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{report.day}">
<meta name="ContentSource" content="{report.source}">
<title>{title}_{site}</title>
<style>{_PAGE_STYLE}</style>
</head>
<body>
<div class="top"><strong>{site}</strong>
<form class="search"><input name="q" placeholder="请输入关键字"><button>搜索</button></form>
<div class="nav"><a href="/">首页</a><a href="/xw">新闻中心</a><a href="/zwgk">政务公开</a>\
<a href="/zwfw">政务服务</a><a href="/hdjl">互动交流</a></div></div>
<div class="position">{crumbs} &gt; <a href="/fzzf">法治政府建设年度报告</a></div>
<div class="wrap">
<div class="detail">
<h1>{title}</h1>
<div class="info">发布日期：{report.day}　信息来源：{report.source}　浏览次数：1286 次　\
字号：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</div>
<div class="TRS_Editor">
{_html_body(report)}</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a>　【打印本页】【关闭窗口】</div>
</div>
<div class="side"><h4>最新公开</h4><ul>{links}</ul></div>
</div>
<div class="footer"><p>主办单位：{site}办公室　网站标识码：0000000000</p>
<p>某ICP备00000000号-1　某公网安备 00000000000000号　总访问量：3285176 次</p></div>
</body>
</html>
"""
    return page.encode()


def _html_body(report: Report) -> str:
    found = [_html_part(part).replace(MARK, f"<sup>{MARK}</sup>") for part in report.parts]
    if report.note:
        kinds = [part.kind for part in report.parts]
        place = min(kinds.index(kind) for kind in ("signature", "remark") if kind in kinds)
        found.insert(place, f"<p>注{MARK}：{escape(report.note)}</p>")
    return "".join(f"{one}\n" for one in found)


def _html_part(part: Part) -> str:
    if part.kind == "table":
        head, *rows = part.rows
        lines = ["".join(f"<th>{escape(cell)}</th>" for cell in head)]
        lines += ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    text = escape(part.number + part.text)
    if part.kind in ("chapter", "section"):
        level = 2 if part.kind == "chapter" else 3
        return f"<h{level}>{text}</h{level}>"
    style = ' style="text-align:right"' if part.kind == "signature" else ""
    return f"<p{style}>{text}</p>"


def to_mht(report: Report) -> bytes:
    """Return the page as a browser saves it into one file."""
    envelope = EmailMessage()
    envelope["From"] = "<Saved by a browser>"
    envelope["Subject"] = "report"
    envelope["MIME-Version"] = "1.0"
    page = EmailMessage()
    page.set_content(to_html(report).decode(), subtype="html", cte="quoted-printable")
    page["Content-Location"] = "https://www.example.gov.cn/zwgk/fzzf/1.html"
    envelope.make_related(boundary="----MultipartBoundary--report----")
    envelope.attach(page)
    return envelope.as_bytes()


# Word ----------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_LINKED = ("styles", "numbering", "footnotes", "footer")
_FONT = (
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="{font}"/><w:sz w:val="{size}"/></w:rPr>'
)
_STYLES = (
    ("Normal", "Normal", "仿宋_GB2312", 32, '<w:spacing w:line="560" w:lineRule="exact"/>'),
    ("Title", "Title", "方正小标宋简体", 44, '<w:jc w:val="center"/>'),
    ("Heading1", "heading 1", "黑体", 32, '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    (
        "Heading2",
        "heading 2",
        "楷体_GB2312",
        32,
        '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
    ),
    ("FootnoteText", "footnote text", "宋体", 18, ""),
)


def to_docx(report: Report) -> bytes:
    """Return the report as a Word file: styles, automatic numbers, a table, a real footnote."""
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": _document(report),
        "word/_rels/document.xml.rels": _relations(
            *((f"rId{n}", name, f"{name}.xml") for n, name in enumerate(_LINKED, 1))
        ),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/footnotes.xml": _footnotes(report.note),
        "word/footer.xml": _footer(),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _XML + content)
    return target.getvalue()


def _content_types() -> str:
    parts = (("document", "document.main"), *((name, name) for name in _LINKED))
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*links: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="{one}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for one, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _styles() -> str:
    lines = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"{_default(style)}><w:name w:val="{name}"/>'
        f"<w:pPr>{properties}</w:pPr>{_FONT.format(font=font, size=size)}</w:style>"
        for style, name, font, size, properties in _STYLES
    )
    return f"<w:styles {_W}>{lines}</w:styles>"


def _default(style: str) -> str:
    return ' w:default="1"' if style == "Normal" else ""


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:firstLine="640"/></w:pPr></w:lvl>'
        for level, text in enumerate(("%1、", "（%2）"))
    )
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _footnotes(note: str) -> str:
    marks = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for kind, tag, number in (
            ("separator", "separator", -1),
            ("continuationSeparator", "continuationSeparator", 0),
        )
    )
    own = (
        f'<w:footnote w:id="1"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
        f"{_run(note)}</w:p></w:footnote>"
    )
    return f"<w:footnotes {_W}>{marks}{own if note else ''}</w:footnotes>"


def _footer() -> str:
    return (
        f'<w:ftr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run("— ")}'
        f'<w:fldSimple w:instr=" PAGE ">{_run("1")}</w:fldSimple>{_run(" —")}</w:p></w:ftr>'
    )


def _document(report: Report) -> str:
    body = _paragraph(report.title, '<w:pStyle w:val="Title"/>')
    body += "".join(_word_part(part) for part in report.parts)
    section = (
        f'<w:sectPr><w:footerReference xmlns:r="{_OFFICE}" w:type="default" r:id="rId4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984"'
        ' w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_W}><w:body>{body}{section}</w:body></w:document>"


def _word_part(part: Part) -> str:
    if part.kind == "table":
        return _word_table(part.rows)
    if part.kind == "chapter":
        return _paragraph(part.text, '<w:pStyle w:val="Heading1"/>')
    if part.kind == "section":
        return _paragraph(part.text, '<w:pStyle w:val="Heading2"/>')
    if part.kind == "signature":
        return _paragraph(part.text, '<w:jc w:val="right"/>')
    numbered = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>' if part.number else ""
    return _paragraph(part.text, f'{numbered}<w:ind w:firstLine="640"/>')


def _word_table(rows: tuple[tuple[str, ...], ...]) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    lines = "".join(
        "<w:tr>"
        + ("<w:trPr><w:tblHeader/></w:trPr>" if not index else "")
        + "".join(f"<w:tc><w:tcPr/>{_paragraph(cell, '')}</w:tc>" for cell in row)
        + "</w:tr>"
        for index, row in enumerate(rows)
    )
    grid = "<w:gridCol/>" * len(rows[0])
    return (
        f'<w:tbl><w:tblPr><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    )


def _paragraph(text: str, properties: str) -> str:
    before, mark, after = text.partition(MARK)
    call = f'<w:r>{_RAISED}<w:footnoteReference w:id="1"/></w:r>'
    runs = _run(before) + (call + _run(after) if mark else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


# PDF -----------------------------------------------------------------------------------------

_PRINT_STYLE = """
@page { size: A4; margin: 3.7cm 2.6cm 3.5cm 2.8cm;
  @top-center { content: "%s"; font-size: 9pt; color: #555 }
  @bottom-center { content: "— " counter(page) " —"; font-size: 10.5pt }
  @footnote { border-top: .5pt solid; padding-top: 3pt } }
body { font: 16pt/28pt "Noto Serif CJK SC" }
h1 { font-size: 22pt; text-align: center; line-height: 1.5 }
h2, h3 { font: bold 16pt/28pt "Noto Sans CJK SC"; margin: 0; text-indent: 2em; break-after: avoid }
p { margin: 0; text-indent: 2em; text-align: justify } .signature { text-align: right }
table { border-collapse: collapse; margin: 8pt auto; font-size: 14pt } tr { break-inside: avoid }
td, th { border: .75pt solid; padding: 2pt 10pt; font-weight: normal }
.note { float: footnote; font-size: 10.5pt; line-height: 1.5; text-indent: 0 }
.note::footnote-call { content: "①"; vertical-align: super; font-size: 9pt }
.note::footnote-marker { content: "①" }
"""


def to_pdf(report: Report) -> bytes:
    """Return the report as printed: running head, page numbers, a footnote at the page's foot."""
    from weasyprint import HTML  # noqa: PLC0415 - only the PDF needs it

    parts = []
    for part in report.parts:
        line = _html_part(part).replace(
            MARK, f'<span class="note">{escape(report.note)}</span>' if report.note else MARK
        )
        parts.append(line.replace(' style="text-align:right"', ' class="signature"'))
    style = _PRINT_STYLE % report.title
    page = (
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        f"<style>{style}</style></head><body><h1>{escape(report.title)}</h1>{''.join(parts)}"
        "</body></html>"
    )
    written = HTML(string=page).write_pdf(pdf_identifier=b"sample-report")
    return bytes(written)


FORMATS = {"html": to_html, "mht": to_mht, "docx": to_docx, "pdf": to_pdf}


def make(text: str, kind: str) -> bytes:
    """Return a report's text as a file of a format; `txt` is the text itself."""
    return text.encode() if kind == "txt" else FORMATS[kind](parse_report(text))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=COMMITTED, help="云栖县2024.mht ...")
    parser.add_argument("-o", "--out", type=Path, default=REPORTS)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for name in chosen.names:
        stem, _, kind = name.rpartition(".")
        text = (REPORTS / f"{stem}.txt").read_text(encoding="utf-8")
        (chosen.out / name).write_bytes(make(text, kind))
        print(chosen.out / name)


if __name__ == "__main__":
    sys.exit(main())
