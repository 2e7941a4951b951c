"""The command line: parse, call one function, map to an exit code.

Results go to stdout, messages to stderr. Heavy modules are imported inside the commands, so that
`assessor --help` answers at once.
"""

from __future__ import annotations

import contextlib
import sys

import typer

from assessor.cli import cities, machine, reports, rules, submissions
from assessor.cli.chinese import ChineseGroup, usage_message
from assessor.cli.contract import INTERNAL, INTERRUPTED, USAGE, say

app = typer.Typer(
    cls=ChineseGroup,
    name="assessor",
    help="法治政府建设年度报告评估：对照规划目标和指标体系评分，生成评分单。",
    epilog="退出码：0 完成；1 有文件被拦下；2 用法错误；3 规则文件有误；4 文件无法读取；"
    "70 内部错误；130 被中断。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
submissions.register(app)
reports.register(app)
cities.register(app)
rules.register(app)
machine.register(app)


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        code = app(arguments, prog_name="assessor", standalone_mode=False)
    except KeyboardInterrupt:
        say("已中断。")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback for users
        message = usage_message(error)
        if message is not None:
            if message:
                say(message)
            return USAGE
        say(f"内部错误（{type(error).__name__}：{error}）；请把命令和输入文件发给维护者。")
        return INTERNAL
    if code == INTERRUPTED:
        say("已中断。")
    return code if isinstance(code, int) else 0
