"""Commands on a whole city: batch, rank, history, compare, whatif."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import options as opt
from assessor.cli.chinese import ChineseCommand
from assessor.cli.choosing import day_of
from assessor.cli.contract import BLOCKED, DONE, command, emit, say

if TYPE_CHECKING:
    from schemas.manifest import Manifest

Place = Annotated[
    str | None,
    typer.Option(
        "--archive", metavar="档案", help="评估档案：文件路径或数据库网址；默认在输出目录"
    ),
]
OutFolder = Annotated[Path, typer.Option("-o", "--out", metavar="目录", help="输出目录")]


class Table(StrEnum):
    """How a table is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class OnError(StrEnum):
    """What a bad paper does to the run."""

    KEEP = "keep"
    STOP = "stop"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command("batch", cls=ChineseCommand)(command(batch))


def batch(  # noqa: PLR0913 - options of the command
    folder: Annotated[
        Path, typer.Argument(metavar="目录", help="材料目录：一单位一文件夹，或以单位名命名的文件")
    ],
    out: OutFolder = Path("out"),
    framework: opt.Framework = "house-59",
    weights: opt.Weights = "house",
    targets: opt.Targets = None,
    policy: opt.Policy = None,
    blend: opt.Blend = "report-only",
    rules: opt.Rules = None,
    as_of: opt.AsOf = None,
    title: Annotated[
        str, typer.Option("--title", metavar="名称", help="通报所称的地区；默认为目录名")
    ] = "",
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="个数", min=1, max=256, help="并行进程数")
    ] = 2,
    on_error: Annotated[
        OnError, typer.Option("--on-error", help="遇到坏材料：keep 继续，stop 不出通报")
    ] = OnError.KEEP,
    archive: Place = None,
    pages: Annotated[
        bool, typer.Option("--pages/--no-pages", help="是否出 PDF、网页和清单")
    ] = True,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="另出一份隐去单位名称的通报")
    ] = False,
) -> int:
    """成批评估一个市：逐份评分、归档、排名，出通报和结果工作簿。"""
    from assessor.city.archive import open_archive  # noqa: PLC0415 - --help must not wait
    from assessor.city.executor import InProcess, Processes  # noqa: PLC0415
    from assessor.city.publishing import publish  # noqa: PLC0415
    from assessor.city.run import plan_run, run_city  # noqa: PLC0415
    from assessor.city.work import Options, warm_up  # noqa: PLC0415

    day = day_of(as_of, "--as-of")
    extra = tuple(str(path.resolve()) for path in rules or ())
    options = Options(
        framework,
        weights,
        tuple(targets or ()),
        policy,
        blend,
        extra,
        None if day is None else day.isoformat(),
        pages,
    )
    plan = plan_run(folder, out, options, title)
    store = open_archive(archive or out / "档案.sqlite3")
    executor = InProcess() if jobs == 1 else Processes(jobs, warm_up if pages else None)
    try:
        manifest = run_city(plan, store, executor, tell=Progress())
        bad = [one for one in manifest.entities if one.status != "scored"]
        if not (bad and on_error is OnError.STOP):
            manifest = publish(manifest, store, out, with_pages=pages, anonymous=anonymous)
    finally:
        store.close()
    emit(_summary(manifest))
    for path in plan.unclaimed:
        say(f"没有采用 {path.name}：不是填报表、报告或名单")
    for fault in plan.roster.faults if plan.roster else ():
        say(fault)
    return BLOCKED if bad else DONE


class Progress:
    """A bar on a terminal, a plain line every few seconds elsewhere; both on stderr."""

    EVERY = 5.0

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, done: int, all_units: int, name: str) -> None:
        """Tell how far the run is."""
        text = f"{done}/{all_units} {name}"
        if sys.stderr.isatty():
            width = 30 * done // max(all_units, 1)
            end = "\n" if done == all_units else ""
            bar = "█" * width + "·" * (30 - width)
            print(f"\r{bar} {text}\x1b[K", end=end, file=sys.stderr, flush=True)  # noqa: T201
        elif done == all_units or time.monotonic() - self._last >= self.EVERY:
            self._last = time.monotonic()
            say(f"已完成 {text}")


def _summary(manifest: Manifest) -> str:
    from assessor.city.texts import manifest_text  # noqa: PLC0415 - --help must not wait

    return manifest_text(manifest)
