"""Help pages and usage errors in Chinese."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

_HELP = (
    (re.compile(r"^Usage: ", re.MULTILINE), "用法："),
    (re.compile(r"^Options:", re.MULTILINE), "选项："),
    (re.compile(r"^Arguments:", re.MULTILINE), "参数："),
    (re.compile(r"^Commands:", re.MULTILINE), "命令："),
    (re.compile(r"Show this message and exit\."), "显示本说明"),
    (re.compile(r"\[\[路径\]\.\.\.\]\.\.\."), "[路径]..."),
    (re.compile(r"\{([\u4e00-\u9fff]+)\}"), r"\1"),
    (re.compile(r" <path>"), ""),
    (re.compile(r" <(list\[Path\]|str)>"), ""),
    (re.compile(r"\[required\]"), "［必填］"),
    (re.compile(r"\[default: ([^\]]*)\]"), r"［默认：\1］"),
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "命令 [参数]..."),
)
_ERRORS = (
    (
        re.compile(r"No such option: (\S+?) \(Possible options: (.+?)\)"),
        r"没有选项 \1；是不是 \2",
    ),
    (re.compile(r"No such option: (\S+?)\.?( Did you mean (.+?)\?)?$"), r"没有选项 \1"),
    (re.compile(r"No such command (.+?)\."), r"没有命令 \1"),
    (re.compile(r"Missing argument (.+)\."), r"缺少参数 \1"),
    (re.compile(r"Missing option (.+)\."), r"缺少选项 \1"),
    (re.compile(r"Missing command\."), "缺少命令"),
    (re.compile(r"Option (.+?) requires an argument\."), r"选项 \1 后面要有内容"),
    (re.compile(r"Option (.+?) does not take a value\."), r"选项 \1 不带内容"),
    (re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.+?)\)"), r"多余的参数：\1"),
    (re.compile(r"Invalid value for (.+?): "), r"\1 的内容不对："),
    (re.compile(r"Invalid value: "), "内容不对："),
    (re.compile(r"Value error, "), ""),
    (
        re.compile(r"(\S+) is not one of (.+?)\.?$"),
        r"\1 不在可选范围 \2 内",
    ),
    (re.compile(r"(\S+) is not a valid integer( range)?\.?"), r"\1 不是整数"),
)


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _in_chinese(super().get_help(ctx), _HELP)


class ChineseGroup(TyperGroup):
    """The command list in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _in_chinese(super().get_help(ctx), _HELP)


def usage_message(error: Exception) -> str | None:
    """Return a usage error in Chinese, empty when help was shown; None for other errors."""
    if getattr(error, "exit_code", None) != 2 or not hasattr(error, "format_message"):
        return None
    context = getattr(error, "ctx", None)
    text = str(error.format_message())
    if type(error).__name__ == "NoArgsIsHelpError":
        return _in_chinese(text, _HELP)
    path = getattr(context, "command_path", "assessor")
    return f"用法错误：{_in_chinese(text, _ERRORS)}\n查看说明：{path} --help"


def _in_chinese(text: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, chinese in table:
        text = pattern.sub(chinese, text)
    return text
