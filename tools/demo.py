"""Score the samples to PDF and say where the scorecards are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from samples import ROOT, sample_runs


def main() -> int:
    """Run doctor, then score and report on every sample; return the worst exit code."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out"
    assessor = [sys.executable, "-m", "assessor"]
    worst = subprocess.run([*assessor, "doctor", "-o", str(out)], check=False).returncode
    for run in sample_runs():
        print(f"\n== {run.file.name}　{run.why}", flush=True)
        for command in (["score"], ["report", "-o", str(out)]):
            done = subprocess.run(
                [*assessor, *command, str(run.file), *run.options],
                check=False,
                stderr=subprocess.DEVNULL if command[0] == "report" else None,
            )
            worst = max(worst, done.returncode)
    print(f"\n评分单（PDF、网页、JSON）在：{out.resolve()}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
