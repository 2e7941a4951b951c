"""Commands on rules: explain, targets, frameworks, lint, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assessor.cli import options as opt
from assessor.cli.chinese import ChineseCommand
from assessor.cli.choosing import day_of, rulebook_of
from assessor.cli.contract import DONE, WRONG_RULES, command, emit, say
from assessor.cli.levels import LevelName


class SchemaName(StrEnum):
    """Shapes whose JSON Schema can be printed."""

    SUBMISSION = "submission"
    REVIEW = "review"
    ASSESSMENT = "assessment"
    SCORE_RUN = "score-run"
    FRAMEWORK = "framework"
    WEIGHT_SET = "weight-set"
    SCHEME = "scheme"
    TARGET_SET = "target-set"
    EXPLANATION = "explanation"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command("explain", cls=ChineseCommand)(command(explain))
    app.command("targets", cls=ChineseCommand)(command(targets))
    app.command("frameworks", cls=ChineseCommand)(command(frameworks))
    app.command("lint", cls=ChineseCommand)(command(lint))
    app.command("schema", cls=ChineseCommand)(command(schema))


def explain(
    query: Annotated[
        str, typer.Argument(metavar="指标", help="指标编号、填报项编号或名称（可只写一部分）")
    ],
    rules: opt.Rules = None,
    printed: opt.Printed = opt.Format.TEXT,
) -> int:
    """说明一个指标：口径、计分规则、各权重方案下的分值、目标沿革与条款。"""
    from assessor.texts import explanation_text  # noqa: PLC0415 - --help must not wait
    from scoring.explain import explain as look_up  # noqa: PLC0415

    found = look_up(rulebook_of(rules), query)
    json = printed is opt.Format.JSON
    emit(found.model_dump_json(indent=2, by_alias=True) if json else explanation_text(found))
    return DONE


def targets(  # noqa: PLR0913 - options of the command
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="日期", help="哪一天有效的目标，如 2023-06-30；默认今天"),
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", metavar="地区", help="所在地区，可重复写上级地区；默认全部规划"),
    ] = None,
    level: Annotated[LevelName | None, typer.Option("--level", help="约束的层级")] = None,
    plan: Annotated[
        list[str] | None, typer.Option("--plan", metavar="编号", help="只看这个目标集，可重复")
    ] = None,
    rules: opt.Rules = None,
    printed: opt.Printed = opt.Format.TEXT,
) -> int:
    """列出某日某地某层级有效的规划目标及条款。"""
    from assessor.clock import today  # noqa: PLC0415 - --help must not wait
    from assessor.texts import targets_text  # noqa: PLC0415
    from schemas import Level  # noqa: PLC0415
    from scoring.explain import targets_on  # noqa: PLC0415

    day = day_of(on, "--on") or today()
    found = targets_on(
        rulebook_of(rules),
        day,
        regions=tuple(region or ()),
        level=None if level is None else Level(level.value),
        plans=tuple(plan or ()),
    )
    if printed is opt.Format.JSON:
        emit("[" + ",\n".join(one.model_dump_json(indent=2) for one in found) + "]")
        return DONE
    emit(targets_text(found))
    say(f"{day.isoformat()} 有效的目标共 {len(found)} 条。")
    return DONE


def frameworks(rules: opt.Rules = None, printed: opt.Printed = opt.Format.TEXT) -> int:
    """列出指标体系、版本和权重方案及其来源。"""
    from assessor.texts import frameworks_text  # noqa: PLC0415 - --help must not wait
    from scoring.explain import frameworks as look_up  # noqa: PLC0415

    found = look_up(rulebook_of(rules))
    if printed is opt.Format.JSON:
        emit("[" + ",\n".join(one.model_dump_json(indent=2) for one in found) + "]")
    else:
        emit(frameworks_text(found))
    return DONE


def lint(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[路径]...", help="自己的规则文件或目录")
    ] = None,
    printed: opt.Printed = opt.Format.TEXT,
) -> int:
    """检查规则文件：一次列出所有错误及所在行。"""
    import json  # noqa: PLC0415 - only here

    from assessor.texts import faults_text  # noqa: PLC0415 - --help must not wait
    from scoring import read_library  # noqa: PLC0415
    from scoring.lint import lint_library  # noqa: PLC0415

    for path in paths or ():
        if not path.exists():
            raise typer.BadParameter(f"没有文件或目录 {path}", param_hint="路径")
    library = read_library(paths or ())
    faults = lint_library(library)
    if printed is opt.Format.JSON:
        emit(json.dumps([fault._asdict() for fault in faults], ensure_ascii=False, indent=2))
    elif faults:
        emit(faults_text(faults))
    say(f"检查了 {len(library.files)} 个规则文件，发现 {len(faults)} 处错误。")
    return WRONG_RULES if faults else DONE


def schema(
    name: Annotated[SchemaName, typer.Argument(metavar="名称", help="数据格式的名称")] = (
        SchemaName.SUBMISSION
    ),
) -> int:
    """打印数据格式（JSON Schema）。"""
    import json  # noqa: PLC0415 - only here

    from assessor.shapes import SHAPES  # noqa: PLC0415 - --help must not wait

    shape = SHAPES[name.value].model_json_schema(by_alias=True)
    emit(json.dumps(shape, ensure_ascii=False, indent=2))
    return DONE
