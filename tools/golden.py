"""Rewrite the golden results beside the samples. A change needs a `Scores` line in CHANGELOG.md."""

from __future__ import annotations

from pathlib import Path

from assessor.assessing import assess_files
from assessor.cli.choosing import RuleOptions, ruler_of
from assessor.render import result_json
from assessor.store import write_text
from samples import SAMPLES, Run, sample_runs

GOLDEN = SAMPLES / "golden"


def golden_path(run: Run) -> Path:
    """Return where a run's golden result stands."""
    return GOLDEN / f"{run.file.stem}.json"


def golden_text(run: Run) -> str:
    """Return the result of a run as it is stored."""
    options = RuleOptions("house-59", "house", run.targets, None, "report-only", run.rules)
    result = assess_files([run.file], ruler_of(options)).results[0].assessment
    if result is None:
        raise SystemExit(f"{run.file.name} is blocked; see `assessor check`")
    return result_json(result)


if __name__ == "__main__":
    for each in sample_runs():
        write_text(golden_path(each), golden_text(each))
        print(golden_path(each))
