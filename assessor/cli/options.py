"""Options shared by several commands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


class Lang(StrEnum):
    """Language of the findings."""

    ZH = "zh"
    EN = "en"


Files = Annotated[
    list[Path], typer.Argument(metavar="文件", help="填报文件：.xlsx、.json、.yaml，可一次多个")
]
Framework = Annotated[str, typer.Option("--framework", metavar="编号", help="指标体系")]
Weights = Annotated[str, typer.Option("--weights", metavar="编号", help="权重方案")]
Targets = Annotated[
    list[str] | None,
    typer.Option("--targets", metavar="编号", help="指定规划目标集，可重复；默认按地区自动选用"),
]
Policy = Annotated[
    str | None,
    typer.Option("--policy", metavar="编号", help="未披露等情形的处理方式；默认按约束或参照选用"),
]
Blend = Annotated[str, typer.Option("--blend", metavar="编号", help="总分的综合方式")]
Reviews = Annotated[
    list[Path] | None,
    typer.Option("--review", metavar="文件", help="评审意见（否决、加分、评定），可重复"),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="路径", help="追加自己的规则文件或目录，可重复"),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="日期", help="评估基准日，如 2025-12-31；默认为报告期末日"),
]
Printed = Annotated[Format, typer.Option("--format", help="输出格式")]
Language = Annotated[Lang, typer.Option("--lang", help="问题说明的语言")]
Folder = Annotated[Path | None, typer.Option("-o", "--out", metavar="目录", help="输出目录")]
