"""Measure reading: a 10,000-character report as text, Word and PDF, after start-up."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from make_reports import make

from assessor.columns import table
from assessor.reading.reader import read_report
from samples import SAMPLES
from scoring import Rulebook, shipped_rulebook

LENGTH = 10_000
LIMITS = {"txt": "≤ 60 ms", "html": "如实记录", "docx": "≤ 100 ms", "pdf": "≤ 300 ms"}
MANY = 1_000
SAMPLE_REPORTS = sorted((SAMPLES / "reports").glob("*.txt"))
"""All three hold three to five times as many figures as real reports of their length."""
AFTER_REAL = [SAMPLES / "reports" / name for name in ("嘉兴市2021.txt", "新昌县2019.txt")]
"""These give the figures of the two real reports in two thirds of their length: twice as dense."""
REAL = sorted((Path(__file__).resolve().parents[2] / "shared" / "sources").glob("*-report-*.txt"))
"""The two real reports, where they are at hand."""


def main() -> None:
    """Print the table."""
    book = shipped_rulebook()
    text, half = _joined(SAMPLE_REPORTS), _joined(AFTER_REAL)
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, limit in LIMITS.items():
            path = Path(folder) / f"report.{kind}"
            path.write_bytes(text.encode() if kind == "txt" else make(text, kind))
            read_report(path, book, in_process=True)
            spent, figures = _timed(path, book)
            found = f"{spent:.0f} ms（{figures} 个数据）"
            rows.append((f"读 {LENGTH} 字（{kind}），数据密度为真实报告三至五倍", limit, found))
        path = Path(folder) / "half.txt"
        path.write_text(half, encoding="utf-8")
        spent, figures = _timed(path, book)
        found = f"{spent:.0f} ms（{figures} 个数据）"
        rows.append((f"数据密度约为真实报告两倍的 {LENGTH} 字（txt）", LIMITS["txt"], found))
        rows += [_real(path, book) for path in REAL if path.exists()]
        path = Path(folder) / "report.txt"
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(MANY):
            read_report(path, book, in_process=True)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        rows.append((f"连读 {MANY} 份后峰值内存增长", "不增长", f"{grown} MB"))
    print(table(rows, ("项目", "目标", "实测")))


def _joined(paths: Sequence[Path]) -> str:
    """Return the texts of reports, over and over, up to the length measured."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return "\n".join([texts] * (LENGTH // len(texts) + 1))[:LENGTH]


def _timed(path: Path, book: Rulebook) -> tuple[float, int]:
    """Return the median time of nine readings in ms, and the number of figures."""
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        reading = read_report(path, book, in_process=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000, len(reading.figures)


def _real(path: Path, book: Rulebook) -> tuple[str, str, str]:
    """Return the row of a real report, its time for as many characters as the others have."""
    length = len(path.read_text(encoding="utf-8"))
    spent, figures = _timed(path, book)
    each = spent / length * LENGTH
    found = f"{each:.0f} ms（实测 {spent:.0f} ms，{figures} 个数据）"
    return f"真实报告 {length} 字，折合每万字（txt）", LIMITS["txt"], found


if __name__ == "__main__":
    main()
