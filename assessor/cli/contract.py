"""Exit codes, and the two streams."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

P = ParamSpec("P")

DONE, BLOCKED, USAGE, WRONG_RULES, UNREADABLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130


def say(message: str) -> None:
    """Write a message to stderr, never to stdout, even when stderr is closed."""
    if sys.stderr is None:
        return
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - this is the printer


def emit(result: str) -> None:
    """Write a result to stdout; a reader who hangs up early (`| head`) is no error."""
    try:
        print(result, flush=True)  # noqa: T201 - this is the printer
    except OSError as error:
        # What is left in the buffer would fail once more when Python ends, with a code of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(DONE) from None
        raise


def command(function: Callable[P, int]) -> Callable[P, None]:
    """Turn a function that returns an exit code into a command that never shows a traceback."""

    @functools.wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        from schemas.errors import (  # noqa: PLC0415 - pydantic is slow; --help must not wait
            AssessorError,
            RuleFileError,
            SubmissionUnreadable,
            UnknownRule,
        )

        try:
            code = function(*args, **kwargs)
        except RuleFileError as error:
            from assessor.texts import faults_text  # noqa: PLC0415 - only when wrong

            say(f"规则文件有误，共 {len(error.faults)} 处：\n{faults_text(error.faults)}")
            raise typer.Exit(WRONG_RULES) from None
        except UnknownRule as error:
            say(str(error))
            raise typer.Exit(USAGE) from None
        except SubmissionUnreadable as error:
            say(str(error))
            raise typer.Exit(UNREADABLE) from None
        except AssessorError as error:
            say(str(error))
            raise typer.Exit(BLOCKED) from None
        except OSError as error:
            from assessor.messages import os_reason  # noqa: PLC0415 - --help must not wait

            place = f"{error.filename} " if error.filename else ""
            say(f"读写失败：{place}{os_reason(error)}；请检查路径、权限和空间")
            raise typer.Exit(BLOCKED) from None
        except UnicodeEncodeError:
            say("本机的语言环境写不了中文文件名；请设置环境变量 PYTHONUTF8=1 后重试")
            raise typer.Exit(BLOCKED) from None
        raise typer.Exit(code)

    return guarded
