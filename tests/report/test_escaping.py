"""Text from a submission is only ever text: no markup, no file, no network."""

from __future__ import annotations

import builtins
import io
import os
import socket
from html.parser import HTMLParser

import pytest

from assessor import render
from assessor.render import pdf_of, render_html, render_pdf
from schemas.issue import Issue, IssueCode, Location, Severity

ATTACKS = (
    "<script>alert(1)</script>",
    "{{ view.title }}{% raw %}{#",
    "<style>@import 'file:///etc/passwd';</style>",
    '<p style="background:url(file:///etc/passwd)">',
    '<a href="javascript:alert(1)">x</a>',
    "<link rel=attachment href=file:///etc/passwd>",
    "<img src=http://example.invalid/x.png>",
    "\"'><svg onload=alert(1)><!-- &lt;&#60; ]]>",
    "</td></tr></table></title><base href=file:///>",
)


class Structure(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self):
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.comments: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_comment(self, data):
        self.comments.append(data)


def _structure(html: str) -> Structure:
    found = Structure()
    found.feed(html)
    return found


def _poisoned(result, words: str):
    """Put words into every text of a result that a submitter or a reviewer can write."""
    indicators = tuple(
        one.model_copy(
            update={
                "parts": tuple(
                    part.model_copy(
                        update={
                            "scope": words,
                            "note": words,
                            "evidence": tuple(
                                piece.model_copy(update={"quote": words, "locator": words})
                                for piece in part.evidence
                            ),
                        }
                    )
                    for part in one.parts
                )
            }
        )
        for one in result.indicators
    )
    issue = Issue(
        code=IssueCode.FIELD_UNKNOWN,
        severity=Severity.NOTE,
        location=Location(file=words, place=words, item=words),
        found=words,
        allowed=words,
    )
    return result.model_copy(
        update={
            "entity": result.entity.model_copy(update={"name": words}),
            "indicators": indicators,
            "issues": (issue,),
            "bonuses": tuple(
                one.model_copy(update={"document": words, "author": words})
                for one in result.bonuses
            ),
            "vetoes": tuple(
                one.model_copy(update={"document": words, "author": words, "reason": words})
                for one in result.vetoes
            ),
        }
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_submitted_text_never_becomes_markup(assessments, attack):
    """The page has the very elements and attributes it has with harmless words."""
    result = assessments("review")
    harmless = _structure(render_html(_poisoned(result, "字" * len(attack))))
    hostile = _structure(render_html(_poisoned(result, attack)))

    assert hostile.elements == harmless.elements
    assert hostile.comments == []


def test_submitted_braces_are_printed_and_never_run(assessments):
    html = render_html(_poisoned(assessments("review"), "{{ 7 * 191 }}"))

    assert "{{ 7 * 191 }}" in html
    assert "1337" not in html


def test_marks_that_turn_the_text_around_are_left_out(assessments):
    """A right-to-left override would let a name read as another name."""
    html = render_html(_poisoned(assessments("core"), "甲\u202e县\u2066乙\u200f\ufeff\x00\x1b"))

    assert "甲县乙" in html
    assert not set(html) & set("\u202e\u2066\u200f\ufeff\x00\x1b")


def test_browser_page_loads_nothing(assessments):
    html = render_html(assessments("sample"))
    names = {tag for tag, _ in _structure(html).elements}
    attributes = {name for _, found in _structure(html).elements for name in found}

    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not attributes & {"src", "href", "onload", "onclick", "srcset", "data"}
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "http://example.invalid/x", "https://example.invalid/x",
        "ftp://example.invalid/x", "FILE:///etc/passwd",
    ],
)  # fmt: skip
def test_fetcher_refuses_everything_but_data(address):
    page = render._page(render._weasyprint(), "<p>字</p>")

    with pytest.raises(ValueError, match=r"(?i)disallowed"):
        page.url_fetcher.fetch(address)


@pytest.fixture
def watched(monkeypatch):
    """Record every file Python opens and fail every socket."""
    opened: list[str] = []

    def recorder(real):
        def opening(path, *args, **kwargs):
            opened.append(str(path))
            return real(path, *args, **kwargs)

        return opening

    def refused(*_args, **_kwargs):
        opened.append("socket")
        raise OSError("no network here")

    for module in (builtins, io, os):
        monkeypatch.setattr(module, "open", recorder(module.open))
    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    return opened


def _bait(folder) -> tuple[str, str]:
    secret = folder / "secret.svg"
    secret.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>'
        "</svg>",
        encoding="utf-8",
    )
    address = secret.as_uri()
    markup = (
        f"<html lang='zh-CN'><head><title>t</title><style>@import '{address}';"
        f"p {{ background: url({address}) }}</style><link rel='attachment' href='{address}'/>"
        f"<base href='{folder.as_uri()}/'/></head><body><p>字<img alt='x' src='{address}'/>"
        "<img alt='y' src='secret.svg'/><img alt='z' src='http://example.invalid/x.png'/>"
        "</p></body></html>"
    )
    return markup, str(secret)


@pytest.mark.slow
def test_watch_sees_what_an_open_fetcher_would_read(watched, tmp_path, caplog):
    """Control: the same page without our fetcher opens the file and asks for the network."""
    markup, secret = _bait(tmp_path)
    with caplog.at_level("CRITICAL", logger="weasyprint"):
        render._weasyprint().HTML(string=markup).write_pdf()

    assert secret in " ".join(watched)
    assert "socket" in watched


@pytest.mark.slow
def test_even_raw_markup_opens_no_file_and_no_socket(watched, tmp_path, assessments):
    """Second wall: were the escaping ever lost, the fetcher still opens nothing."""
    markup, secret = _bait(tmp_path)
    render.missing_glyphs("字")
    watched.clear()
    made = pdf_of(markup, assessments("core"))

    assert made.content.startswith(b"%PDF-")
    assert secret not in " ".join(watched)
    assert "socket" not in watched


@pytest.mark.slow
def test_hostile_report_opens_no_file_of_the_submitter_and_no_socket(
    watched, tmp_path, assessments
):
    markup, secret = _bait(tmp_path)
    hostile = _poisoned(assessments("core"), markup[:70] + ATTACKS[3] + secret)
    watched.clear()
    made = render_pdf(hostile)

    assert made.pages >= 6
    assert not [path for path in watched if "secret" in path or "passwd" in path]
    assert "socket" not in watched
