"""What the tests of the command line share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from assessor.cli import run

ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def good(samples: Path) -> str:
    return str(samples / "云栖县2024.yaml")


@pytest.fixture(scope="session")
def bad(samples: Path) -> str:
    return str(samples / "bad" / "01-未知指标.yaml")


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process."""

    def _cli(*arguments: object) -> Ran:
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ran(code, printed.out, printed.err)

    return _cli


@pytest.fixture(scope="session")
def command() -> Callable[..., list[str]]:
    """Return the words that start the program in a process of its own."""
    return lambda *arguments: [sys.executable, "-m", "assessor", *map(str, arguments)]


@pytest.fixture
def process(command: Callable[..., list[str]]) -> Callable[..., Ran]:
    """Run a command in a process of its own, with extra environment variables."""

    def _process(*arguments: object, **variables: str) -> Ran:
        done = subprocess.run(
            command(*arguments),
            cwd=ROOT,
            env={**os.environ, **variables},
            capture_output=True,
            timeout=60,
            check=False,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in out + err
        return Ran(done.returncode, out, err)

    return _process
