"""Commands on a whole city: batch, rank, history, compare, whatif."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import options as opt
from assessor.cli.chinese import ChineseCommand
from assessor.cli.choosing import day_of
from assessor.cli.contract import BLOCKED, DONE, command, emit, say

if TYPE_CHECKING:
    from assessor.city.archive import Archive
    from schemas.manifest import Manifest

ARCHIVE = "档案.sqlite3"
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
    app.command("rank", cls=ChineseCommand)(command(rank))
    app.command("history", cls=ChineseCommand)(command(history))
    app.command("compare", cls=ChineseCommand)(command(compare))
    app.command("whatif", cls=ChineseCommand)(command(whatif))


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
    from assessor.city.executor import WORKER_MEMORY, Processes  # noqa: PLC0415
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
    store = open_archive(archive or out / ARCHIVE)
    executor = Processes(jobs, warm_up, recycle_after=200) if pages else Processes(jobs)
    try:
        manifest = run_city(plan, store, executor, tell=Progress())
        bad = [one for one in manifest.entities if one.status != "scored"]
        if not (bad and on_error is OnError.STOP):
            manifest = publish(
                manifest,
                store,
                out,
                with_pages=pages,
                anonymous=anonymous,
                executor=Processes(min(jobs, 2), memory=4 * WORKER_MEMORY, limit=3600),
            )
    finally:
        store.close()
    emit(_summary(manifest))
    for path in plan.unclaimed:
        say(f"没有采用 {path.relative_to(folder)}：不是填报表、报告或名单")
    for fault in plan.roster.faults if plan.roster else ():
        say(fault)
    return BLOCKED if bad else DONE


RunFolder = Annotated[Path, typer.Option("--run", metavar="目录", help="assessor batch 的输出目录")]
Printed = Annotated[Table, typer.Option("--format", help="输出格式")]
Many = list[str] | None


def rank(run: RunFolder = Path("out"), printed: Printed = Table.TEXT) -> int:
    """打印一次成批评估的排名、区间和并列。"""
    from assessor.city.asking import read_manifest  # noqa: PLC0415 - --help must not wait
    from assessor.city.texts import RANK_HEAD, rank_rows  # noqa: PLC0415

    manifest = read_manifest(run)
    if printed is Table.JSON:
        ranking = manifest.ranking
        emit("null" if ranking is None else ranking.model_dump_json(indent=2))
    else:
        emit(_table(printed, RANK_HEAD, rank_rows(manifest)))
    return DONE


def history(
    entity: Annotated[str, typer.Argument(metavar="单位", help="单位名称")],
    archive: Place = None,
    run: RunFolder = Path("out"),
    printed: Printed = Table.TEXT,
) -> int:
    """一个单位历年的得分、等次，以及逐年变化的原因。"""
    from assessor.city.asking import history as look_up  # noqa: PLC0415 - --help must not wait
    from assessor.city.texts import HISTORY_HEAD, history_json, history_rows  # noqa: PLC0415

    with _opened(archive, run) as store:
        found = look_up(store, entity)
    if printed is Table.JSON:
        emit(history_json(found))
    else:
        emit(_table(printed, HISTORY_HEAD, history_rows(found)))
    return DONE


def compare(
    one: Annotated[str, typer.Argument(metavar="单位甲", help="单位名称")],
    other: Annotated[str, typer.Argument(metavar="单位乙", help="单位名称")],
    archive: Place = None,
    run: RunFolder = Path("out"),
    printed: Printed = Table.TEXT,
) -> int:
    """两个单位最近一次评估逐项比较；标尺不同时先按乙的标尺重新评分。"""
    from assessor.city.asking import compare as look_up  # noqa: PLC0415 - --help must not wait
    from assessor.city.texts import compare_head, compare_rows  # noqa: PLC0415

    with _opened(archive, run) as store:
        found = look_up(store, one, other)
    if printed is Table.JSON:
        emit(found.model_dump_json(indent=2))
    else:
        emit(_table(printed, compare_head(found), compare_rows(found)))
    return DONE


def whatif(  # noqa: PLR0913 - options of the command
    run: RunFolder = Path("out"),
    archive: Place = None,
    value: Annotated[
        Many, typer.Option("--set-value", metavar="单位:填报项=值", help="假设某单位报的是另一个值")
    ] = None,
    target: Annotated[
        Many, typer.Option("--set-target", metavar="编号=值", help="假设某目标是另一个值")
    ] = None,
    weight: Annotated[
        Many, typer.Option("--set-weight", metavar="指标=分值", help="假设某指标是另一个分值")
    ] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="编号", help="假设换一种未披露的处理方式")
    ] = None,
    weights: Annotated[
        str | None, typer.Option("--weights", metavar="编号", help="假设换一套权重")
    ] = None,
    drop_indicator: Annotated[
        Many, typer.Option("--drop-indicator", metavar="指标", help="假设去掉一个指标")
    ] = None,
    drop_entity: Annotated[
        Many, typer.Option("--drop-entity", metavar="单位", help="假设去掉一个单位")
    ] = None,
    printed: Printed = Table.TEXT,
) -> int:
    """假设推演：改数值、目标、分值、处理方式或权重，看得分、名次、等次怎样变。"""
    from assessor.city.asking import (  # noqa: PLC0415 - --help must not wait
        ask_what_if,
        read_manifest,
        supposition_of,
    )
    from assessor.city.texts import WHATIF_HEAD, whatif_rows  # noqa: PLC0415

    given = (
        ("value", value),
        ("target", target),
        ("weight", weight),
        ("policy", [policy] if policy else None),
        ("weights", [weights] if weights else None),
        ("drop-indicator", drop_indicator),
        ("drop-entity", drop_entity),
    )
    suppositions = [supposition_of(kind, text) for kind, texts in given for text in texts or ()]
    if not suppositions:
        raise typer.BadParameter("至少给一个假设，如 --policy floor")
    with _opened(archive, run) as store:
        found = ask_what_if(store, read_manifest(run), suppositions)
    if printed is Table.JSON:
        emit(found.model_dump_json(indent=2))
    else:
        emit(_table(printed, WHATIF_HEAD, whatif_rows(found)))
    return DONE


@contextmanager
def _opened(place: str | None, run: Path) -> Iterator[Archive]:
    """Open an archive that is there; asking never makes a new one."""
    from assessor.city.archive import open_archive  # noqa: PLC0415 - --help must not wait

    chosen = place or str(run / ARCHIVE)
    if "://" not in chosen and not Path(chosen).is_file():
        raise typer.BadParameter(
            f"没有档案 {chosen}；请先运行 assessor batch", param_hint="--archive"
        )
    store = open_archive(chosen)
    try:
        yield store
    finally:
        store.close()


def _table(printed: Table, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    if printed is Table.CSV:
        import csv  # noqa: PLC0415 - only here
        import io  # noqa: PLC0415

        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([head, *(_plain(row) for row in rows)])
        return text.getvalue().rstrip("\n")
    from assessor.columns import table  # noqa: PLC0415 - --help must not wait

    return table(rows, head)


def _plain(row: Sequence[str]) -> list[str]:
    """Return a row whose texts no spreadsheet takes for a formula."""
    return [f"'{cell}" if cell[:1] in ("=", "@", "\t") else cell for cell in row]


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
