"""The stored results of the samples: a changed score is never a surprise."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"


def _load(name: str):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


samples = _load("samples")
golden = _load("golden")


@pytest.mark.parametrize("run", samples.sample_runs(), ids=lambda run: run.file.stem)
def test_sample_scores_as_stored(run):
    """`make golden` rewrites them; the changelog then says which scores changed and why."""
    stored = golden.golden_path(run).read_text(encoding="utf-8")

    assert golden.golden_text(run) == stored
