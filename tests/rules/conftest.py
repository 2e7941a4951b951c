"""What the tests of rule files share: writing, linting and scoring small rule files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from schemas.base import Level
from schemas.submission import Answer, Entity, Period, Submission
from scoring import Rulebook, read_library, shipped_rulebook
from scoring.lint import checked_rulebook, lint_library
from scoring.yaml_strict import parse_yaml

ROOT = Path(__file__).parents[2]
_MARK = re.compile(r"#! ([a-z-]+(?: [a-z-]+)*)$")

Found = list[tuple[str, int, str]]


_parse_once = cache(parse_yaml)


@pytest.fixture(autouse=True)
def parse_shipped_files_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse each text once: these tests read the shipped files some hundred times."""
    monkeypatch.setattr("scoring.library.parse_yaml", _parse_once)


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a text below the test's own folder."""

    def _write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.fixture
def faults_in() -> Callable[..., Found]:
    """Lint the shipped rules with user files: (file name, line, code) of every fault."""

    def _faults(*paths: Path) -> Found:
        found = lint_library(read_library(paths))
        return [(Path(fault.file).name, fault.line, fault.code) for fault in found]

    return _faults


@pytest.fixture
def faults_of(write, faults_in) -> Callable[[str], Found]:
    """Lint one text as `bad.yaml`."""

    def _faults(text: str) -> Found:
        return faults_in(write("bad.yaml", text))

    return _faults


@pytest.fixture
def marked() -> Callable[..., Found]:
    """Read what the author of a bad file expects: a line ends in `#! code code`."""

    def _marked(path: Path) -> Found:
        lines = path.read_text(encoding="utf-8").splitlines()
        return sorted(
            (path.name, number, code)
            for number, line in enumerate(lines, 1)
            if (mark := _MARK.search(line))
            for code in mark[1].split()
        )

    return _marked


@pytest.fixture
def rulebook_with() -> Callable[..., Rulebook]:
    def _rulebook(*paths: Path) -> Rulebook:
        return checked_rulebook(read_library(paths))

    return _rulebook


@pytest.fixture
def submission() -> Callable[..., Submission]:
    """Build a submission of one year; 嘉善县 unless told otherwise."""

    def _submission(
        *answers: Answer,
        year: int = 2024,
        level: Level = Level.COUNTY,
        regions: tuple[str, ...] = ("嘉善县", "嘉兴市", "浙江省"),
    ) -> Submission:
        return Submission(
            schema_name="submission/1",
            entity=Entity(name=regions[0], level=level, regions=regions),
            period=Period(start=date(year, 1, 1), end=date(year, 12, 31)),
            answers=answers,
        )

    return _submission


@pytest.fixture(scope="session")
def gold() -> dict[str, dict[str, str]]:
    """The targets read by hand from the three plans, by id."""
    path = ROOT.parent / "shared" / "gold" / "targets.jsonl"
    if not path.is_file():
        pytest.skip("the list of targets read by hand lies outside the repository and is absent")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


@dataclass
class RuleCopy:
    """A copy of the shipped rule files, without any Python, that an exercise may change."""

    root: Path
    before: dict[str, str] = field(default_factory=dict)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def texts(self) -> dict[str, str]:
        return {
            path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8")
            for path in self.root.rglob("*")
            if path.is_file()
        }

    @property
    def touched(self) -> list[str]:
        now = self.texts()
        return sorted(
            name for name in now.keys() | self.before if now.get(name) != self.before.get(name)
        )

    def rulebook(self) -> Rulebook:
        return checked_rulebook(read_library())


@pytest.fixture
def rule_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RuleCopy:
    """Let the library read a copy of the shipped rule files instead of the shipped ones."""
    root = tmp_path / "scoring"
    for path in sorted((ROOT / "scoring").rglob("*.yaml")):
        target = root / path.relative_to(ROOT / "scoring")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    monkeypatch.setattr("scoring.library.files", lambda _: root)
    copied = RuleCopy(root)
    copied.before = copied.texts()
    return copied
