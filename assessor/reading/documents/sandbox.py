"""Parses untrusted files in a child process with limits on time and memory.

The child gets one line of JSON and the file, and answers with one JSON object: a document and its
issues, or a refusal. Nothing is unpickled. A child serves many files, one after another, so that
only the first one waits for its start.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from assessor.reading.documents.assembling import DocumentIntake
from assessor.reading.documents.children import NURSERY
from assessor.reading.documents.parsing import Source
from schemas.errors import SubmissionUnreadable
from schemas.issue import Issue
from schemas.reading import ReadDocument

_ISSUES = TypeAdapter(tuple[Issue, ...])
_ADVICE = "请把正文复制到新的 Word 或文本文件后重新提交"


class Limits(NamedTuple):
    """What one file may use."""

    time_seconds: float = 20.0
    memory_bytes: int = 1536 * 1024 * 1024
    """Address space of the child."""
    ocr_seconds: float = 900.0
    """Instead of `time_seconds` when pages are recognised."""


def parse_in_child(source: Source, limits: Limits) -> DocumentIntake:
    """Parse a file in a child process.

    Raises:
        SubmissionUnreadable: refused by the parser, too slow, too large, or the child died.
    """
    time_limit = limits.ocr_seconds if source.has_ocr else limits.time_seconds
    order = {
        "name": source.name,
        "kind": source.kind,
        "has_ocr": source.has_ocr,
        "converted": len(source.converted),
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": int(time_limit) + 1,
    }
    answer = NURSERY.ask(order, source.converted + source.content, time_limit)
    if answer is None:
        raise SubmissionUnreadable(
            source.name, "timeout", f"解析超过 {time_limit:g} 秒，已停止；{_ADVICE}"
        )
    return _read(answer, source)


def _read(answer: bytes, source: Source) -> DocumentIntake:
    """Check an answer as if it came from a stranger."""
    try:
        found: dict[str, Any] = json.loads(answer)
        if "refused" in found:
            code, reason = found["refused"]
            raise SubmissionUnreadable(source.name, str(code), str(reason))
        document = ReadDocument.model_validate(found["document"])
        issues = _ISSUES.validate_python(found["issues"])
    except (ValueError, LookupError, TypeError) as error:
        raise SubmissionUnreadable(
            source.name, "crashed", f"解析这个文件的进程异常退出；{_ADVICE}"
        ) from error
    if document.sha256 != hashlib.sha256(source.content).hexdigest():
        raise SubmissionUnreadable(source.name, "crashed", f"解析结果与文件不符；{_ADVICE}")
    return DocumentIntake(document, issues)
