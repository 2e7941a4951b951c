"""A view as HTML and PDF. Input text can never become markup, load a file or reach the network."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessor.garbage import uncollected
from assessor.resources import template_root
from assessor.view import ReportView, build_view
from schemas.errors import RenderError
from schemas.reading import Reading
from schemas.result import Assessment

if TYPE_CHECKING:
    from weasyprint import CSS, HTML

    from assessor.reading.using import Uses

ATTACHMENT = "assessment.json"
PAPER_CSS = "report/report.css"
SCREEN_CSS = "report/screen.css"
_UNPRINTABLE = dict.fromkeys(
    (
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        *(0x061C, 0x200E, 0x200F),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
    )
)
"""Control characters and marks that turn the direction of the text after them."""


@dataclass(frozen=True)
class Rendered:
    """A PDF, its page count, and the characters no installed font can draw."""

    content: bytes
    pages: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Enclosure:
    """A text that travels inside a PDF."""

    name: str
    description: str
    text: str
    day: date
    """Its date, so that the file never depends on the clock."""


@cache
def environment() -> Environment:
    """Return the template environment: everything escaped, nothing undefined."""
    found = Environment(
        loader=FileSystemLoader(template_root()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
    )
    found.globals.clear()
    return found


def _printable(value: Any) -> Any:
    return value.translate(_UNPRINTABLE) if isinstance(value, str) else value


def result_json(result: Assessment) -> str:
    """Return the result as canonical JSON: same result, same text."""
    return result.model_dump_json(indent=2, by_alias=True) + "\n"


def render_html(result: Assessment) -> str:
    """Return a page for the browser: one file, no script, nothing loaded."""
    return _html(build_view(result), inline_css(SCREEN_CSS))


def render_mark(
    reading: Reading, uses: Uses | None = None, labels: Mapping[str, str] | None = None
) -> str:
    """Return a report's text with numbers and statements marked: one file, nothing loaded.

    Args:
        reading: what was read.
        uses: what became of it in a score; without one nothing counts as scored.
        labels: names of the items, for the findings.
    """
    from assessor.reading.using import uses_of  # noqa: PLC0415 - only for `assessor mark`
    from assessor.view.mark import build_mark  # noqa: PLC0415

    view = build_mark(reading, uses or uses_of(reading, None, {}), labels or {})
    template = environment().get_template("mark/mark.html")
    return template.render(view=view, css=inline_css("mark/mark.css"))


def bare_html(result: Assessment) -> str:
    """Return the page as it goes to the PDF engine, without its stylesheet."""
    return _html(build_view(result), None)


def render_pdf(result: Assessment) -> Rendered:
    """Return the tagged PDF scorecard with the result embedded; same result, same bytes.

    Raises:
        RenderError: when Pango is missing or the page cannot be laid out.
    """
    html = _html(build_view(result), None)
    return pdf_of(html, result)


def pdf_of(html: str, result: Assessment) -> Rendered:
    """Lay out a page and write it as PDF/UA with the result as an attachment."""
    enclosure = Enclosure(ATTACHMENT, "完整评估结果", result_json(result), result.as_of)
    return tagged_pdf(html, enclosure, PAPER_CSS)


def tagged_pdf(html: str, enclosure: Enclosure, *stylesheets: str) -> Rendered:
    """Lay out a page and write it as PDF/UA with a text enclosed.

    Args:
        html: the page; it can load nothing.
        enclosure: what is attached as data.
        stylesheets: our own files under the templates, later ones win.

    Raises:
        RenderError: when Pango is missing or the page cannot be laid out.
    """
    # A sixth of the time; a page takes tens of MB, so the collector looks once it is nobody's.
    with uncollected(look_after=True):
        return _drawn(html, enclosure, stylesheets)


def _drawn(html: str, enclosure: Enclosure, stylesheets: tuple[str, ...]) -> Rendered:
    """Lay out and write; the boxes of the page are nobody's any more when this returns."""
    weasyprint = _weasyprint()
    moment = datetime(enclosure.day.year, enclosure.day.month, enclosure.day.day, tzinfo=UTC)
    attachment = weasyprint.Attachment(
        string=enclosure.text,
        name=enclosure.name,
        description=enclosure.description,
        relationship="Data",
        created=moment,
        modified=moment,
    )
    document = _page(weasyprint, html).render(
        stylesheets=[_stylesheet(name) for name in stylesheets], pdf_variant="pdf/ua-1"
    )
    document.metadata.attachments = [attachment]
    content = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return Rendered(bytes(content), len(document.pages), _missing(document))


def inline_css(*names: str) -> Markup:
    """Return our own stylesheets as text for a browser page."""
    texts = ((template_root() / name).read_text(encoding="utf-8") for name in names)
    return Markup("\n".join(texts))  # noqa: S704 - our own files


def missing_glyphs(characters: str) -> tuple[str, ...]:
    """Return the characters no installed font can draw in the report's type.

    Raises:
        RenderError: when Pango is missing.
    """
    from html import escape  # noqa: PLC0415 - only here

    weasyprint = _weasyprint()
    page = _page(weasyprint, f"<html lang='zh-CN'><p>{escape(characters)}</p></html>")
    document = page.render(stylesheets=[_stylesheet(PAPER_CSS)])
    document.write_pdf()
    return _missing(document)


def _missing(document: Any) -> tuple[str, ...]:
    fonts = document.fonts.values()
    return tuple(sorted({chr(c) for font in fonts for c in getattr(font, "missing", ())}))


def _html(view: ReportView, screen_css: Markup | None) -> str:
    template = environment().get_template("report/report.html")
    return template.render(view=view, screen_css=screen_css)


def _weasyprint() -> Any:
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        import weasyprint  # noqa: PLC0415 - slow, and needs Pango
    except OSError as error:
        raise RenderError(
            "缺少 Pango 排版库，无法生成 PDF；请运行 assessor doctor 查看安装命令"
        ) from error
    return weasyprint


def _page(weasyprint: Any, html: str) -> HTML:
    """Return the page behind a fetcher that opens nothing but `data:` addresses."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - slow

    fetcher = URLFetcher(allowed_protocols={"data"})
    page: HTML = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page


@cache
def _stylesheet(name: str) -> CSS:
    css: CSS = _weasyprint().CSS(filename=str(template_root() / name))
    return css
