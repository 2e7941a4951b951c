"""Measure what the product promises. Ratios come from one run; nothing here gates CI.

Each figure is a median; `目标` is the promise, `实测` what this machine did just now.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from assessor.columns import table
from samples import sample_runs

REPEAT = 7


class Row(NamedTuple):
    """One line of the printed table."""

    what: str
    target: str
    measured: str


def median_seconds(run: Callable[[], object], repeat: int = REPEAT) -> float:
    """Return the median wall time of a call."""
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def ms(seconds: float) -> str:
    """Print seconds as milliseconds."""
    return f"{seconds * 1000:.2f} ms"


def scoring() -> list[Row]:
    """Time one assessment warm, and 1,000 against 10,000 of them."""
    from assessor.intake import read_submission  # noqa: PLC0415 - not part of the cold start
    from scoring import Choice, assess, make_ruler, shipped_rulebook  # noqa: PLC0415

    book = shipped_rulebook()
    rows: list[Row] = []
    ruler = make_ruler(book, Choice())
    for run in sample_runs():
        submission = read_submission(run.file, book).submission
        assert submission is not None  # noqa: S101 - the samples are sound
        one = median_seconds(lambda s=submission: assess(s, ruler), 201)  # type: ignore[misc]
        rows.append(Row(f"评分一份（{run.file.stem}）", "≤ 2 ms", ms(one)))
    names = [submission.entity.model_copy(update={"name": f"第{i}县"}) for i in range(10_000)]
    units = [submission.model_copy(update={"entity": name}) for name in names]
    per = [_each(units[:count], lambda s: assess(s, ruler)) for count in (1_000, 10_000)]
    rows.append(Row("连评 1,000 份，每份", "线性", ms(per[0])))
    rows.append(Row("连评 10,000 份，每份", "线性", f"{ms(per[1])}（{per[1] / per[0]:.2f} 倍）"))
    return rows


def _each(units: list[object], call: Callable[[object], object]) -> float:
    gc.collect()
    begin = time.perf_counter()
    for unit in units:
        call(unit)
    return (time.perf_counter() - begin) / len(units)


def explaining() -> list[Row]:
    """Time `explain` in process and `--help` cold."""
    from scoring import shipped_rulebook  # noqa: PLC0415 - not part of the cold start
    from scoring.explain import explain  # noqa: PLC0415

    book = shipped_rulebook()
    inside = median_seconds(lambda: explain(book, "出庭应诉率"), 101)
    helping = median_seconds(lambda: _process("-m", "assessor", "--help"))
    bare = median_seconds(lambda: _process("-c", "pass"))
    return [
        Row("explain 出庭应诉率（进程内）", "≤ 5 ms", ms(inside)),
        Row("assessor --help（冷启动）", "≤ 350 ms", f"{ms(helping)}（空解释器 {ms(bare)}）"),
    ]


def _process(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def rendering() -> list[Row]:
    """Compare a warm scorecard with the bare HTML under WeasyPrint, alternating, in one process."""
    import weasyprint  # noqa: PLC0415 - slow

    from assessor.assessing import assess_files  # noqa: PLC0415
    from assessor.cli.choosing import RuleOptions, ruler_of  # noqa: PLC0415
    from assessor.render import bare_html, render_pdf  # noqa: PLC0415
    from assessor.resources import template_root  # noqa: PLC0415

    rows: list[Row] = []
    css = weasyprint.CSS(filename=str(template_root() / "report" / "report.css"))
    for run in sample_runs():
        options = RuleOptions("house-59", "house", run.targets, None, "report-only", run.rules)
        result = assess_files([run.file], ruler_of(options)).results[0].assessment
        assert result is not None  # noqa: S101 - the samples are sound
        html = bare_html(result)
        ours, bare, pages = [], [], render_pdf(result).pages
        for _ in range(5):
            gc.collect()  # neither pays for the garbage of the other
            ours.append(median_seconds(lambda r=result: render_pdf(r), 1))  # type: ignore[misc]
            gc.collect()
            bare.append(
                median_seconds(
                    lambda h=html: weasyprint.HTML(string=h).write_pdf(stylesheets=[css]), 1
                )  # type: ignore[misc]
            )
        mine, theirs = statistics.median(ours), statistics.median(bare)
        rows.append(
            Row(
                f"PDF 评分单（{run.file.stem}，{pages} 页）",
                "≤ 裸排版的 1.10 倍",
                f"{mine:.2f} s，裸排版 {theirs:.2f} s，{mine / theirs:.2f} 倍，"
                f"每页 {ms(mine / pages)}",
            )
        )
    return rows


def memory() -> list[Row]:
    """Peak memory of a whole `assessor report` process."""
    run = sample_runs()[-1]
    out = Path(os.environ.get("TMPDIR", "/tmp")) / "assessor-bench"  # noqa: S108 - scratch only
    arguments = ["-m", "assessor", "report", str(run.file), *run.options, "-o", str(out)]
    code = (
        "import resource,subprocess,sys;"
        f"subprocess.run([sys.executable,*{arguments!r}],check=True,stdout=subprocess.DEVNULL,"
        "stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [
        Row("assessor report 峰值内存", "如实记录", f"{int(done.stdout) // 1024} MB"),
        Row("本次测量进程峰值内存", "如实记录", f"{here // 1024} MB"),
    ]


def main() -> None:
    """Print the table."""
    rows = [*explaining(), *scoring(), *rendering(), *memory()]
    print(table(rows, ("项目", "目标", "实测")))


if __name__ == "__main__":
    main()
