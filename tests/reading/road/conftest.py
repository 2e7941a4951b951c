"""What the tests of the whole road share: the command line, the samples, readings of texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assessor.appraisal import Appraisal, appraise
from assessor.cli import run
from assessor.cli.choosing import RuleOptions, ruler_of
from assessor.reading.reader import read_report
from schemas.reading import Reading
from scoring import Ruler

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "samples"


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Road(NamedTuple):
    """What `assess` wrote."""

    ran: Ran
    result: dict[str, Any]
    html: str
    mark: str
    names: tuple[str, ...]


@cache
def _ruler() -> Ruler:
    rules = (SAMPLES / "rules",)
    return ruler_of(RuleOptions("house-59", "house", (), None, "report-only", rules))


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def text() -> str:
    """The made-up county's report."""
    return (SAMPLES / "reports" / "云栖县2024.txt").read_text(encoding="utf-8")


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process."""

    def _cli(*arguments: object) -> Ran:
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ran(code, printed.out, printed.err)

    return _cli


@pytest.fixture
def walk(cli: Callable[..., Ran], tmp_path: Path) -> Callable[..., Road]:
    """Run `assess` on a report and return everything it wrote."""

    def _walk(report: Path, *options: object) -> Road:
        out = tmp_path / "out"
        ran = cli("assess", report, "--rules", SAMPLES / "rules", "-o", out, *options)
        files = {path.name: path for path in out.iterdir()} if out.is_dir() else {}
        texts = {
            name: path.read_text(encoding="utf-8")
            for name, path in files.items()
            if path.suffix != ".pdf"
        }
        first = next((name for name in files if name.endswith(".json")), "")
        return Road(
            ran,
            json.loads(texts.get(first, "{}")),
            texts.get(first.replace(".json", ".html"), ""),
            texts.get(first.replace(".json", "-阅读核对.html"), ""),
            tuple(sorted(files)),
        )

    return _walk


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Write a text to a file."""

    def _save(content: str, name: str = "报告.txt") -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return _save


@pytest.fixture
def read(save: Callable[..., Path]) -> Callable[[str], Reading]:
    """Read a text as a report."""
    return lambda content: read_report(save(content), _ruler().rulebook, in_process=True)


@pytest.fixture
def judge(save: Callable[..., Path]) -> Callable[..., Appraisal]:
    """Take a text, and a form if there is one, down the whole road without writing pages."""

    def _judge(content: str, form: Path | None = None) -> Appraisal:
        return appraise(_ruler(), report=save(content), form=form, in_process=True)

    return _judge
