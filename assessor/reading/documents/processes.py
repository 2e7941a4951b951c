"""Runs other programs with a time limit; when it is over, the whole group ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """How a program ended."""

    code: int
    output: bytes


def run_limited(
    command: list[str],
    *,
    time_limit: float,
    stdin: bytes = b"",
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
) -> Done | None:
    """Run a program; None when it had to be stopped after `time_limit` seconds.

    Args:
        command: program and arguments, never through a shell.
        time_limit: seconds.
        stdin: what the program reads.
        folder: working folder.
        environment: environment of the program; ours when None.
    """
    with subprocess.Popen(  # noqa: S603 - no shell, arguments are ours
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(stdin, timeout=time_limit)
        except subprocess.TimeoutExpired:
            _end(process)
            return None
        except BaseException:
            _end(process)
            raise
    return Done(process.returncode, output)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:  # pragma: no cover - Windows
            process.kill()
    process.communicate()
