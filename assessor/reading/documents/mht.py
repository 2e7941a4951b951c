"""Web pages saved as one file (.mht): the page inside the envelope."""

from __future__ import annotations

import email
from email.message import Message

from assessor.reading.documents.html import read_html
from assessor.reading.documents.pieces import Parsed
from schemas.errors import SubmissionUnreadable

_MAX_PARTS = 5000


def read_mht(content: bytes, name: str) -> Parsed:
    """Read the largest page of a web archive.

    Raises:
        SubmissionUnreadable: no page inside, or what `read_html` refuses.
    """
    pages: list[tuple[bytes, str]] = []
    for count, part in enumerate(email.message_from_bytes(content).walk()):
        if count > _MAX_PARTS:
            raise SubmissionUnreadable(name, "bomb", "网页归档的部件异常多；请另存为 .html")
        page = _page(part)
        if page:
            pages.append((page, part.get_content_charset("")))
    if not pages:
        raise SubmissionUnreadable(
            name, "no-text", "网页归档里没有网页；请重新保存为 .html 或 .mht"
        )
    body, charset = max(pages, key=lambda one: len(one[0]))
    return read_html(body, name, charset)


def _page(part: Message) -> bytes:
    if part.get_content_type() not in {"text/html", "application/xhtml+xml"}:
        return b""
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""
