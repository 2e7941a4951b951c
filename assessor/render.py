"""A view as HTML and PDF. Input text can never become markup, load a file or reach the network."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessor.resources import template_root
from assessor.view import ReportView, build_view
from schemas.errors import RenderError
from schemas.reading import Reading
from schemas.result import Assessment

if TYPE_CHECKING:
    from weasyprint import CSS, HTML

ATTACHMENT = "assessment.json"
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
    css = (template_root() / "report" / "screen.css").read_text(encoding="utf-8")
    return _html(build_view(result), css)


def render_mark(reading: Reading) -> str:
    """Return a report's text with every number marked: one file, no script, nothing loaded."""
    from assessor.view.mark import build_mark  # noqa: PLC0415 - only for `assessor mark`

    css = (template_root() / "mark" / "mark.css").read_text(encoding="utf-8")
    template = environment().get_template("mark/mark.html")
    return template.render(view=build_mark(reading), css=Markup(css))  # noqa: S704 - our own file


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
    weasyprint = _weasyprint()
    moment = datetime(result.as_of.year, result.as_of.month, result.as_of.day, tzinfo=UTC)
    attachment = weasyprint.Attachment(
        string=result_json(result),
        name=ATTACHMENT,
        description="完整评估结果",
        relationship="Data",
        created=moment,
        modified=moment,
    )
    with _quiet_collector():
        document = _page(weasyprint, html).render(
            stylesheets=[_stylesheet()], pdf_variant="pdf/ua-1"
        )
        document.metadata.attachments = [attachment]
        content = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return Rendered(bytes(content), len(document.pages), _missing(document))


def missing_glyphs(characters: str) -> tuple[str, ...]:
    """Return the characters no installed font can draw in the report's type.

    Raises:
        RenderError: when Pango is missing.
    """
    from html import escape  # noqa: PLC0415 - only here

    weasyprint = _weasyprint()
    page = _page(weasyprint, f"<html lang='zh-CN'><p>{escape(characters)}</p></html>")
    document = page.render(stylesheets=[_stylesheet()])
    document.write_pdf()
    return _missing(document)


def _missing(document: Any) -> tuple[str, ...]:
    fonts = document.fonts.values()
    return tuple(sorted({chr(c) for font in fonts for c in getattr(font, "missing", ())}))


def _html(view: ReportView, screen_css: str | None) -> str:
    template = environment().get_template("report/report.html")
    css = None if screen_css is None else Markup(screen_css)  # noqa: S704 - our own file
    return template.render(view=view, screen_css=css)


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
def _stylesheet() -> CSS:
    css: CSS = _weasyprint().CSS(filename=str(template_root() / "report" / "report.css"))
    return css


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """Hold the garbage collector back while a page is laid out: a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect()
