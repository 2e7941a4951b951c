"""Score the demo city: 2023 first, then 2024 against it, on one archive."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from samples import ROOT

CITY = ROOT / "samples" / "city"
YEARS = (2023, 2024)
_BAD_PAPERS = 1
"""Exit code of a run that scored what it could; the demo city has damaged papers on purpose."""
_PAGES = ("assessor.city.gaplist", "assessor.city.rendering", "assessor.city.workbook")


def demo_city(out: Path) -> int:
    """Run both years into `out`/city and say where 通报 is; return the exit code."""
    folder = out / "city"
    pages = "--pages" if all(find_spec(name) for name in _PAGES) else "--no-pages"
    worst = 0
    for year in YEARS:
        print(
            f"\n== 望澜市{year}年　虚构的一个市，各种疑难情况见 samples/city/README.md", flush=True
        )
        command = [sys.executable, "-m", "assessor", "batch", str(CITY / str(year))]
        command += ["-o", str(folder / str(year)), "--archive", str(folder / "档案.sqlite3")]
        command += ["--rules", str(CITY / "rules"), "--title", "望澜市", pages]
        code = subprocess.run(command, check=False).returncode
        worst = max(worst, 0 if code == _BAD_PAPERS else code)
    print("\n全市的结果：")
    for name in ("通报.pdf", "结果.xlsx", "manifest.json"):
        for path in sorted(folder.glob(f"*/{name}")):
            print(f"  {path.resolve()}")
    return worst


if __name__ == "__main__":
    sys.exit(demo_city(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out"))
