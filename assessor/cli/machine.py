"""The command on this machine: doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.chinese import ChineseCommand
from assessor.cli.contract import BLOCKED, DONE, command, emit


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command("doctor", cls=ChineseCommand)(command(doctor))


def doctor(
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="目录", help="准备写入评分单的目录")
    ] = Path("out"),
) -> int:
    """检查运行环境：Python、Pango、中文字体、写入权限、规则文件，并说明如何修好。"""
    from assessor.doctor import examine  # noqa: PLC0415 - --help must not wait

    checks = examine(out)
    for one in checks:
        emit(f"{'√' if one.is_sound else '×'} {one.name}：{one.found}")
        if not one.is_sound:
            emit(f"    → {one.remedy}")
    return DONE if all(one.is_sound for one in checks) else BLOCKED
