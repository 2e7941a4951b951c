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
    """Write a message to stderr."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - this is the printer


def emit(result: str) -> None:
    """Write a result to stdout; a reader who hangs up early (`| head`) is no error."""
    try:
        print(result, flush=True)  # noqa: T201 - this is the printer
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None


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
            say(f"规则文件有误，共 {len(error.faults)} 处：\n{error}")
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
            where, what = error.filename or "", error.strerror or error
            say(f"读写失败：{where} {what}；请检查路径、权限和空间")
            raise typer.Exit(BLOCKED) from None
        raise typer.Exit(code)

    return guarded
