"""Read published reports and score filled forms to PDF; say where the scorecards are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from demo_city import demo_city

from samples import ROOT, Run, report_runs, sample_runs


def main() -> int:
    """Run doctor, then every report and every form; return the worst exit code."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out"
    from_reports, from_forms = out / "报告直评", out / "填报评分"
    worst = _assessor("doctor", "-o", str(out))
    for run in report_runs():
        _announce(run)
        worst = max(
            worst, _assessor("assess", str(run.file), "-o", str(from_reports), *run.options)
        )
    for run in sample_runs():
        _announce(run)
        for command in (["score"], ["report", "-o", str(from_forms)]):
            is_quiet = command[0] == "report"
            found = _assessor(*command, str(run.file), *run.options, is_quiet=is_quiet)
            worst = max(worst, found)
    print("\n评分单（每份另有同名网页和 JSON；“阅读核对”是逐个数字标色的报告）：")
    for pdf in sorted(out.rglob("*.pdf")):
        print(f"  {pdf.resolve()}")
    return max(worst, demo_city(out))


def _announce(run: Run) -> None:
    print(f"\n== {run.file.name}　{run.why}", flush=True)


def _assessor(*words: str, is_quiet: bool = False) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "assessor", *words],
        check=False,
        stderr=subprocess.DEVNULL if is_quiet else None,
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
