"""The demo city scored once for all tests, and the tools that make cities."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from assessor.city.archive import open_archive
from assessor.city.executor import InProcess
from assessor.city.publishing import publish
from assessor.city.run import plan_run, run_city
from assessor.city.work import Options
from schemas.manifest import EntityEntry, Manifest
from schemas.result import Assessment

ROOT = Path(__file__).parents[2]
CITY = ROOT / "samples" / "city"
sys.path.insert(0, str(ROOT / "tools"))


class Run(NamedTuple):
    """A finished run and its assessments by entity."""

    manifest: Manifest
    results: dict[str, Assessment]
    folder: Path

    def entry(self, name: str) -> EntityEntry:
        return next(one for one in self.manifest.entities if one.entity == name)


def score(folder: Path, rules: Path, out: Path, archive: Path) -> Run:
    """Run a folder in this process, without pages."""
    plan = plan_run(folder, out, Options(rules=(str(rules),), with_pages=False), "望澜市")
    store = open_archive(archive)
    try:
        manifest = run_city(plan, store, InProcess())
        manifest = publish(manifest, store, out, with_pages=False, anonymous=False)
        scored = [one for one in manifest.entities if one.status == "scored"]
        return Run(manifest, {one.entity: store.result(one.key) for one in scored}, out)
    finally:
        store.close()


@pytest.fixture(scope="session")
def runs(tmp_path_factory) -> dict[int, Run]:
    """2023 first, then 2024, on one archive."""
    base = tmp_path_factory.mktemp("city")
    return {
        year: score(CITY / str(year), CITY / "rules", base / str(year), base / "archive.sqlite3")
        for year in (2023, 2024)
    }


@pytest.fixture(scope="session")
def last_year(runs) -> Run:
    return runs[2023]


@pytest.fixture(scope="session")
def this_year(runs) -> Run:
    return runs[2024]


def contents(folder: Path) -> dict[str, object]:
    """Return what every file holds; of a workbook its parts, however they are packed."""
    return {
        path.relative_to(folder).as_posix(): _unpacked(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "README.md"
    }


def _unpacked(content: bytes) -> object:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def read_folder():
    return contents


@pytest.fixture(scope="session")
def run_folder():
    return score
