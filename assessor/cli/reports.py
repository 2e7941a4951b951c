"""Commands on published reports: read, assess, mark."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import options as opt
from assessor.cli.chinese import ChineseCommand
from assessor.cli.choosing import RuleOptions, day_of, reviews_of, rulebook_of, ruler_of
from assessor.cli.contract import BLOCKED, DONE, command, emit, say
from assessor.cli.levels import LevelName

if TYPE_CHECKING:
    from assessor.reading.drafting import Known
    from assessor.reading.proposals import Proposer
    from schemas import Issue
    from schemas.reading import Reading

Report = Annotated[
    Path,
    typer.Argument(metavar="报告", help="公开的年度报告：.txt .html .mht .docx .pdf .doc .wps"),
]
Unit = Annotated[str, typer.Option("--entity", metavar="名称", help="单位名称；默认取自报告标题")]
Level = Annotated[LevelName | None, typer.Option("--level", help="层级；默认取自报告标题")]
Region = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="地区", help="所在地区，由低到高，可重复；默认为单位名称"),
]
Year = Annotated[int | None, typer.Option("--year", metavar="年", help="报告年度；默认取自报告")]

Ocr = Annotated[
    bool,
    typer.Option("--ocr", help="识别扫描件的文字（须另装识别程序），识别出的数据一律待人复核"),
]
ModelUrl = Annotated[
    str,
    typer.Option(
        "--model-url", metavar="地址", help="语言模型服务的地址；默认不用，建议一律待人复核"
    ),
]
ModelName = Annotated[
    str, typer.Option("--model-name", metavar="名称", help="语言模型的名称，与地址同时给出")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command("read", cls=ChineseCommand)(command(read))
    app.command("assess", cls=ChineseCommand)(command(assess))
    app.command("mark", cls=ChineseCommand)(command(mark))


def read(  # noqa: PLR0913 - options of the command
    report: Report,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="文件", help="另存可评分的填报文件（.json）"),
    ] = None,
    entity: Unit = "",
    level: Level = None,
    region: Region = None,
    year: Year = None,
    model_url: ModelUrl = "",
    model_name: ModelName = "",
    ocr: Ocr = False,
    rules: opt.Rules = None,
    printed: opt.Printed = opt.Format.TEXT,
) -> int:
    """阅读公开报告：找出全部数据、表述、合规情况和待复核清单。"""
    from assessor.reading.drafting import draft_submission  # noqa: PLC0415 - --help must not wait
    from assessor.reading.reader import read_report  # noqa: PLC0415
    from assessor.reading_text import reading_text  # noqa: PLC0415
    from assessor.store import write_text  # noqa: PLC0415

    book = rulebook_of(rules)
    labels = {item.id: item.label for item in book.items.values()}
    reading = read_report(report, book, proposer=_proposer(model_url, model_name), ocr=ocr)
    json = printed is opt.Format.JSON
    emit(
        reading.model_dump_json(indent=2, by_alias=True) if json else reading_text(reading, labels)
    )
    if out is None:
        return DONE
    drafted = draft_submission(reading, book, _known(entity, level, region, year))
    _tell(drafted.issues, labels, reading)
    if drafted.submission is None:
        return BLOCKED
    write_text(out, drafted.submission.model_dump_json(indent=2, by_alias=True) + "\n")
    return DONE


def assess(  # noqa: PLR0913 - options of the command
    report: Report,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="目录", help="输出目录")] = Path(
        "out"
    ),
    form: Annotated[
        Path | None, typer.Option("--form", metavar="文件", help="该单位的填报表，与报告互相核对")
    ] = None,
    entity: Unit = "",
    level: Level = None,
    region: Region = None,
    year: Year = None,
    framework: opt.Framework = "house-59",
    weights: opt.Weights = "house",
    targets: opt.Targets = None,
    policy: opt.Policy = None,
    blend: opt.Blend = "report-only",
    review: opt.Reviews = None,
    model_url: ModelUrl = "",
    model_name: ModelName = "",
    ocr: Ocr = False,
    rules: opt.Rules = None,
    as_of: opt.AsOf = None,
    printed: opt.Printed = opt.Format.TEXT,
) -> int:
    """从公开报告（可加填报表）直接评分，出 PDF、网页和 JSON。"""
    from assessor.appraisal import appraise, write_outputs  # noqa: PLC0415 - --help must not wait
    from assessor.texts import assessment_text  # noqa: PLC0415

    ruler = ruler_of(RuleOptions(framework, weights, targets, policy, blend, rules))
    found = appraise(
        ruler,
        report=report,
        form=form,
        known=_known(entity, level, region, year),
        as_of=day_of(as_of, "--as-of"),
        reviews=reviews_of(review, ruler),
        proposer=_proposer(model_url, model_name),
        ocr=ocr,
    )
    labels = {item.id: item.label for item in ruler.rulebook.items.values()}
    _tell(found.issues, labels, found.reading)
    if found.assessment is None:
        return BLOCKED
    json = printed is opt.Format.JSON
    result = found.assessment
    emit(result.model_dump_json(indent=2, by_alias=True) if json else assessment_text(result))
    for path in write_outputs(found, out):
        say(str(path))
    return DONE


def mark(
    report: Report,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="文件", help="网页文件")] = Path(
        "marked.html"
    ),
    ocr: Ocr = False,
    rules: opt.Rules = None,
) -> int:
    """把报告里每个数字和表述按去向标色，供人两分钟核对。"""
    from assessor.appraisal import appraise  # noqa: PLC0415 - --help must not wait
    from assessor.render import render_mark  # noqa: PLC0415
    from assessor.store import write_text  # noqa: PLC0415

    ruler = ruler_of(RuleOptions("house-59", "house", None, None, "report-only", rules))
    found = appraise(ruler, report=report, ocr=ocr)
    assert found.reading is not None  # noqa: S101 - a report was given
    labels = {item.id: item.label for item in ruler.rulebook.items.values()}
    write_text(out, render_mark(found.reading, found.uses, labels))
    emit(str(out))
    return DONE


def _known(
    entity: str, level: LevelName | None, region: list[str] | None, year: int | None
) -> Known:
    from assessor.reading.drafting import Known  # noqa: PLC0415 - --help must not wait
    from schemas import Level as SchemaLevel  # noqa: PLC0415

    named = None if level is None else SchemaLevel(level.value)
    return Known(entity, named, tuple(region or ()), year, settles=True)


def _proposer(url: str, name: str) -> Proposer | None:
    from assessor.reading.proposals import (  # noqa: PLC0415 - --help must not wait
        ModelSettingsError,
        model_proposer,
    )

    try:
        return model_proposer(url, name, os.environ)
    except ModelSettingsError as error:
        raise typer.BadParameter(str(error), param_hint="--model-url") from None


def _tell(issues: tuple[Issue, ...], labels: dict[str, str], reading: Reading | None) -> None:
    from assessor.messages import issue_sentence  # noqa: PLC0415 - --help must not wait

    report = "" if reading is None else reading.document.file
    for issue in issues:
        say(issue_sentence(issue, labels.get(issue.location.item, ""), report=report))
