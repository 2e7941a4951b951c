"""The sample reports in every format, made from their text, each read once."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from assessor.reading.reader import read_report
from schemas.reading import Reading

ROOT = Path(__file__).resolve().parents[3]
REPORTS = ROOT / "samples" / "reports"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    """The tool that makes the reports."""
    return _load("make_reports")


@pytest.fixture
def tools() -> ModuleType:
    """The list of sample runs, loaded afresh."""
    return _load("samples")


@pytest.fixture(scope="session")
def reports() -> Path:
    return REPORTS


@pytest.fixture(scope="session")
def read_as(
    maker: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Reading]:
    """Return the reading of a sample made into a format."""
    folder = tmp_path_factory.mktemp("formats")
    known: dict[tuple[str, str], Reading] = {}

    def read(stem: str, kind: str) -> Reading:
        if (stem, kind) not in known:
            path = folder / f"{stem}.{kind}"
            text = (REPORTS / f"{stem}.txt").read_text(encoding="utf-8")
            path.write_bytes(maker.make(text, kind))
            known[stem, kind] = read_report(path, in_process=True)
        return known[stem, kind]

    return read
