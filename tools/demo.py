"""Score the samples to PDF and say where the scorecards are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
RUNS = (
    ("嘉兴市2021.yaml", ["--targets", "huzhou-14th-plan"]),
    ("新昌县2019.yaml", ["--targets", "jiashan-2021-2025"]),
    ("云栖县2024.yaml", ["--rules", str(SAMPLES / "rules"), "--as-of", "2024-12-31"]),
)


def main() -> int:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out"
    assessor = [sys.executable, "-m", "assessor"]
    worst = subprocess.run([*assessor, "doctor", "-o", str(out)], check=False).returncode
    for name, options in RUNS:
        print(f"\n== {name} {' '.join(options)}", flush=True)
        sample = str(SAMPLES / name)
        for command in ("score", "report"):
            done = subprocess.run(
                [*assessor, command, sample, "-o", str(out), *options],
                check=False,
                stderr=subprocess.DEVNULL if command == "report" else None,
            )
            worst = max(worst, done.returncode)
    print(f"\n评分单（PDF、网页、JSON）在：{out.resolve()}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
