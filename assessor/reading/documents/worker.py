"""The child process: reads orders and files from standard input, answers on standard output."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from assessor.reading.documents.parsing import Source, parse
from schemas.errors import SubmissionUnreadable

with contextlib.suppress(ImportError):  # pragma: no cover - Windows has no such limits
    import resource

_MOST_MEMORY = 700 * 2**20
"""Bytes in use after a file from which a fresh process takes the next one."""


def main() -> None:
    """Parse files until there are no more, or until too much memory stays in use."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    with out:
        while line := sys.stdin.buffer.readline():
            order: dict[str, Any] = json.loads(line)
            _limit(order)
            answer = json.dumps(_answer(order, sys.stdin.buffer)).encode()
            is_last = _is_swollen()
            out.write(f"{len(answer)} {int(is_last)}\n".encode() + answer)
            out.flush()
            if is_last:
                return


def _answer(order: dict[str, Any], stream: BinaryIO) -> dict[str, Any]:
    try:
        converted = stream.read(order["converted"])
        content = stream.read(order["size"] - len(converted))
        document, issues = parse(
            Source(content, order["name"], order["kind"], converted, order["has_ocr"])
        )
        return {
            "document": document.model_dump(mode="json"),
            "issues": [issue.model_dump(mode="json") for issue in issues],
        }
    except SubmissionUnreadable as refusal:
        return {"refused": [refusal.code, refusal.reason]}


def _limit(order: dict[str, Any]) -> None:
    """Limit address space, and processor time from now on."""
    if "resource" not in globals():  # pragma: no cover - Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    memory = int(order["memory_bytes"])
    if hard != resource.RLIM_INFINITY:
        memory = min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + int(order["cpu_seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _is_swollen() -> bool:
    """Whether much memory stays in use; the peak would count what the parent held at the fork."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):  # pragma: no cover - not on Linux
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > _MOST_MEMORY


if __name__ == "__main__":
    main()
