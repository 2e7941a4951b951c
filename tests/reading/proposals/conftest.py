"""What the tests of proposals share: a report, a proposer that says what it is told, a server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.lexicon import shipped_lexicon
from assessor.reading.proposals import AskedItem, Candidate
from assessor.reading.proposals.consulting import asked_items
from assessor.reading.reader import indicators_of, read_text
from schemas.reading import Reading
from scoring import Rulebook, shipped_rulebook

# Bridge keepers and text stocks are in no dictionary, so the rules leave 277, 24 and 8.16 open.
REPORT = """云栖县2024年法治政府建设年度报告

2024年，云栖县全面推进法治政府建设，现将有关情况报告如下。

一、主要举措和成效

（一）依法应诉

全县审结一审行政诉讼案件704件，一审行政诉讼败诉率4.97%。

在册桥梁养护骨干277名。2023年度这一比重是8.16%。

（二）基层建设

全县在架文本24件，县直单位另有在架文本31件。

二、存在的不足

一些单位依法行政意识不强。

三、下一年工作安排

增加在册桥梁养护骨干30名。

云栖县人民政府

2025年2月10日
"""


class Says:
    """A proposer that proposes what it is told, once, and remembers what it was asked."""

    def __init__(self, *candidates: Candidate) -> None:
        self.left = list(candidates)
        self.asked: list[tuple[Any, Any]] = []

    def propose(self, blocks, items):
        self.asked.append((tuple(blocks), tuple(items)))
        ids = {block.id for block in blocks}
        now = [one for one in self.left if one.block is None or one.block in ids]
        self.left = [one for one in self.left if one not in now]
        return now


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture(scope="session")
def items(book: Rulebook) -> dict[str, AskedItem]:
    asked = asked_items(shipped_lexicon(), indicators_of(book.framework("house-59")))
    return {item.id: item for item in asked}


@pytest.fixture(scope="session")
def report() -> str:
    return REPORT


@pytest.fixture(scope="session")
def reading_of(book: Rulebook) -> Callable[..., Reading]:
    """Read a text, with or without a proposer."""

    def _reading_of(text: str = REPORT, proposer: Any = None) -> Reading:
        intake = read_document_bytes(text.encode(), "报告.txt", in_process=True)
        framework = book.framework("house-59")
        return read_text(intake.document, book, framework=framework, proposer=proposer)

    return _reading_of


@pytest.fixture(scope="session")
def says() -> type[Says]:
    return Says


class Request(NamedTuple):
    """What a server was sent."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class Stub(NamedTuple):
    """A server of the test; `answers` gives status, headers and body for each request."""

    url: str
    requests: list[Request]
    answers: list[Callable[[Request], tuple[int, dict[str, str], bytes]]]


@pytest.fixture(scope="session")
def chat() -> Callable[..., bytes]:
    """Return the body of a reply that carries proposals, or any other content."""

    def _chat(content: object) -> bytes:
        text = content if isinstance(content, str) else json.dumps({"proposals": content})
        message = {"role": "assistant", "content": text}
        return json.dumps({"id": "1", "choices": [{"index": 0, "message": message}]}).encode()

    return _chat


@pytest.fixture
def stub(chat: Callable[..., bytes]) -> Iterator[Stub]:
    """Run a server on the loopback; without other answers it proposes nothing."""
    requests: list[Request] = []
    answers: list[Callable[[Request], tuple[int, dict[str, str], bytes]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.path, headers, json.loads(self.rfile.read(length)))
            requests.append(request)
            reply = answers[0](request) if answers else (200, {}, chat([]))
            status, more, body = reply
            try:
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client may hang up on a reply that is too large

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Stub(f"http://127.0.0.1:{server.server_address[1]}/v1", requests, answers)
    server.shutdown()
    server.server_close()
    thread.join()
