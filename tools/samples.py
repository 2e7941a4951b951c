"""The sample runs of samples/runs.yaml, for demo, golden results and benchmark."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from scoring.yaml_strict import parse_yaml

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"


class Run(NamedTuple):
    """One sample and the options it is scored with."""

    file: Path
    targets: tuple[str, ...]
    rules: tuple[Path, ...]
    why: str

    @property
    def options(self) -> list[str]:
        """Return the command-line options."""
        found = [word for name in self.targets for word in ("--targets", name)]
        return found + [word for path in self.rules for word in ("--rules", str(path))]


def sample_runs() -> list[Run]:
    """Return all runs in file order."""
    document: Any = parse_yaml((SAMPLES / "runs.yaml").read_text(encoding="utf-8")).value
    return [
        Run(
            SAMPLES / row["file"],
            tuple(row.get("targets", ())),
            (SAMPLES / row["rules"],) if "rules" in row else (),
            row["why"],
        )
        for row in document["runs"]
    ]
