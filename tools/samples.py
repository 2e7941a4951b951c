"""The sample runs of samples/runs.yaml, for demo, golden results and benchmark."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from scoring.yaml_strict import parse_yaml

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
PUBLISHED = ROOT.parent / "shared" / "sources"


class Run(NamedTuple):
    """One sample and the options it is scored with."""

    file: Path
    targets: tuple[str, ...]
    rules: tuple[Path, ...]
    why: str
    form: Path | None = None
    """Filled form a published report is compared with."""

    @property
    def options(self) -> list[str]:
        """Return the command-line options."""
        found = [word for name in self.targets for word in ("--targets", name)]
        found += [word for path in self.rules for word in ("--rules", str(path))]
        return found if self.form is None else [*found, "--form", str(self.form)]


def sample_runs() -> list[Run]:
    """Return all runs of filled forms in file order."""
    return [_run(row, SAMPLES / row["file"]) for row in _document()["runs"]]


def report_runs() -> list[Run]:
    """Return all runs of published reports; the real text goes before our retelling of it."""
    found: list[Run] = []
    for row in _document()["reports"]:
        published = PUBLISHED / row.get("published", "-")
        found.append(_run(row, published if published.is_file() else SAMPLES / row["file"]))
    return found


def _document() -> dict[str, Any]:
    return dict(parse_yaml((SAMPLES / "runs.yaml").read_text(encoding="utf-8")).value)


def _run(row: dict[str, Any], file: Path) -> Run:
    return Run(
        file,
        tuple(row.get("targets", ())),
        (SAMPLES / row["rules"],) if "rules" in row else (),
        row["why"],
        SAMPLES / row["form"] if "form" in row else None,
    )
