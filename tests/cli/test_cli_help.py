"""Help and usage errors: Chinese throughout, quick, and complete."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from typer.main import get_command

from assessor.cli import app

COMMANDS = (
    "score",
    "report",
    "check",
    "read",
    "assess",
    "mark",
    "batch",
    "rank",
    "history",
    "compare",
    "whatif",
    "template",
    "explain",
    "targets",
    "frameworks",
    "lint",
    "schema",
    "doctor",
)
NAMES = {
    "keep",
    "stop",
    "assessor",
    "PDF",
    "JSON",
    "Schema",
    "Excel",
    "Python",
    "Pango",
    "house",
    "report-only",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HEAVY = ("pydantic", "weasyprint", "openpyxl", "jinja2", "yaml", "scoring", "schemas")


def _english(text):
    """Return the English words of a text that are neither names, options nor choices."""
    text = re.sub(r"--?[a-z][a-z-]*|<[^>]*>|［默认：[^］]*］|\.[a-z]+\b", " ", text)
    return set(re.findall(r"[A-Za-z][A-Za-z-]+", text)) - NAMES - set(COMMANDS)


def test_every_command_of_the_contract_exists_and_no_other():
    found = set(get_command(app).commands)

    assert {*COMMANDS} <= found


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=str)
def test_help_page_is_chinese_throughout(cli, command):
    ran = cli(*command, "--help")

    assert ran.code == 0
    assert ran.err == ""
    assert CHINESE.search(ran.out)
    assert _english(ran.out) == set()
    assert not re.search(r"[{}]|\[\[|list\[", ran.out)


def test_every_command_and_option_has_chinese_help():
    for name, command in get_command(app).commands.items():
        assert CHINESE.search(command.help or ""), name
        for parameter in command.params:
            if parameter.name != "help":
                assert CHINESE.search(parameter.help or ""), f"{name} {parameter.name}"


def test_help_names_every_exit_code(cli):
    page = cli("--help").out

    assert re.findall(r"(\d+) [^；]", page) == ["0", "1", "2", "3", "4", "70", "130"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nope"], "没有命令 'nope'"),
        (["score"], "缺少参数 '文件'"),
        (["explain"], "缺少参数 '指标'"),
        (["template"], "缺少选项 '-o'"),
        (["score", "--nope", "x"], "没有选项 --nope"),
        (["score", "--framwork", "x"], "没有选项 --framwork；是不是 --framework"),
        (["score", "--as-of"], "选项 '--as-of' 后面要有内容"),
        (["score", "--help=1"], "选项 '--help' 不带内容"),
        (["explain", "a", "b"], "多余的参数：b"),
        (["explain", "a", "b", "c"], "多余的参数：b c"),
        (["score", "--format", "xml", "x"], "'xml' 不在可选范围 'text', 'json' 内"),
        (["check", "--lang", "fr", "x"], "'fr' 不在可选范围 'zh', 'en' 内"),
        (["targets", "--level", "国"], "不在可选范围 'province', 'city', 'county'"),
        (["schema", "x"], "不在可选范围 'submission', 'review'"),
        (["targets", "--on", "明天"], "“明天”不是日期"),
        (["template", "-o", "表.doc"], "应以 .xlsx 结尾"),
        (["lint", "没有.yaml"], "没有文件或目录 没有.yaml"),
        (["score", "--rules", "没有", "x"], "没有文件或目录 没有"),
    ],
)
def test_usage_error_is_chinese_and_exits_2(cli, arguments, words):
    ran = cli(*arguments)

    assert ran.code == 2
    assert ran.out == ""
    assert words in ran.err
    left = _english(re.sub(r"'[^']*'|查看说明.*|\bx\b", " ", ran.err))
    assert left - {"framwork", "nope"} == set()


def test_nothing_typed_shows_the_help_and_exits_2(cli):
    ran = cli()

    assert ran.code == 2
    assert "命令：" in ran.err
    assert _english(ran.err) == set()


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["--help"], ["score", "--help"], ["report", "--help"]])
def test_help_imports_nothing_heavy(arguments):
    # Typer itself looks at pydantic to read the options of one command, not for the list of them.
    heavy = [name for name in HEAVY if name != "pydantic" or arguments == ["--help"]]
    code = (
        "import sys; from assessor.cli import run; run(sys.argv[2:]);"
        "print(*[m for m in sys.argv[1].split(',') if m in sys.modules], file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, ",".join(heavy), *arguments],
        capture_output=True,
        check=True,
        timeout=30,
    )

    assert done.stderr.split() == []
