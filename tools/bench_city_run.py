"""Measure batch runs: time, processor time, memory of the parent and of the workers.

`python tools/bench_city_run.py plain` scores 1,250, 2,500 and 5,000 entities without pages;
`pages` draws everything for 40 units with 1 and with 2 processes; `flat` gives one worker 500
documents and watches its memory. Wall time depends on what else the machine does; processor
time less so.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from citymaker.city import Size, make_city
from kill_test import children

ROOT = Path(__file__).resolve().parents[1]
FORM = ROOT / "samples" / "云栖县2024.yaml"
_RATE = re.compile(r"    value: [\d.]+\n    numerator: (\d+)\n    denominator: (\d+)\n")


class Figures(NamedTuple):
    """What one run took."""

    wall: float
    cpu: float
    parent_mb: int
    worker_mb: list[int]
    steps: dict[str, str]


def write_forms(folder: Path, units: int) -> None:
    """Write forms whose rates differ a little."""
    form = FORM.read_text("utf-8")
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret

    def other_rate(found: re.Match[str]) -> str:
        below = int(found[2])
        above = max(int(found[1]) - chance.randrange(max(below // 7, 1)), 0)
        rate = (Decimal(100) * above / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"    value: {rate}\n    numerator: {above}\n    denominator: {below}\n"

    for number in range(units):
        name = f"第{number:05d}县"
        place = folder / name
        place.mkdir(parents=True)
        text = re.sub(r"      - quote: .*\n        document", "      - document", form)
        (place / "填报表.yaml").write_text(
            _RATE.sub(other_rate, text).replace("云栖县", name), "utf-8"
        )


def measure(folder: Path, out: Path, jobs: int, *, rules: Path | None = None) -> Figures:
    """Run a batch in a process of its own and watch it; with pages for a city with rules."""
    words = [sys.executable, "-m", "assessor", "batch", str(folder), "-o", str(out)]
    words += ["--jobs", str(jobs)]
    words += ["--no-pages", "--as-of", "2025-06-30"] if rules is None else ["--rules", str(rules)]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    parent = [0]
    workers: list[int] = []
    watcher = threading.Thread(target=_watch, args=(process, parent, workers))
    watcher.start()
    _, said = process.communicate()
    watcher.join()
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        print(said.decode()[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    timings = json.loads((out / "manifest.json").read_bytes())["timings"]
    return Figures(wall, cpu, parent[0], workers, {one["step"]: one["seconds"] for one in timings})


def _watch(process: subprocess.Popen[bytes], parent: list[int], workers: list[int]) -> None:
    """Note the parent's peak and, twice a second, the largest worker."""
    while process.poll() is None:
        parent[0] = max(parent[0], _status(process.pid, "VmHWM"))
        workers.append(max((_status(one, "VmRSS") for one in children(process.pid)), default=0))
        time.sleep(0.5)


def _status(process_id: int, field: str) -> int:
    """Return a field of a process in MB; 0 when it is gone."""
    try:
        text = Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return 0
    found = re.search(rf"{field}:\s+(\d+) kB", text)
    return int(found[1]) // 1024 if found else 0


def _tell(what: str, found: Figures) -> None:
    steps = "  ".join(f"{step} {seconds}" for step, seconds in found.steps.items())
    print(
        f"{what:<28} wall {found.wall:6.1f} s  cpu {found.cpu:6.1f} s  parent {found.parent_mb} MB"
        f"  workers up to {max(found.worker_mb, default=0)} MB  ({steps})",
        flush=True,
    )


def plain(base: Path) -> None:
    """Score cities without pages, each twice the one before."""
    for units in (1250, 2500, 5000):
        write_forms(base / f"in{units}", units)
        found = measure(base / f"in{units}", base / f"out{units}", 2)
        _tell(f"{units} units, no pages", found)


def made(base: Path, units: int) -> tuple[Path, Path]:
    """Make a city with forms and reports of its own; return its papers and its rules."""
    make_city(Size(units, (2024,), "mixed", False), "1").write(base / "in", base / "rules")
    return base / "in" / "2024", base / "rules"


def pages(base: Path) -> None:
    """Draw everything for 40 units, with one process and with two."""
    folder, rules = made(base, 40)
    found = {jobs: measure(folder, base / f"out{jobs}", jobs, rules=rules) for jobs in (1, 2)}
    for jobs, one in found.items():
        _tell(f"40 units with pages, {jobs} jobs", one)
    speed_up = float(found[1].steps["score"]) / float(found[2].steps["score"])
    print(f"speed-up of the scoring step with 2 processes: {speed_up:.2f}")


def hundred(base: Path) -> None:
    """Draw everything for 100 units."""
    folder, rules = made(base, 100)
    _tell("100 units with pages, 2 jobs", measure(folder, base / "out", 2, rules=rules))


def flat(base: Path) -> None:
    """Give one worker 500 documents and show its memory in tenths of the run."""
    folder, rules = made(base, 500)
    found = measure(folder, base / "out", 1, rules=rules)
    _tell("500 units with pages, 1 job", found)
    seen = [one for one in found.worker_mb if one]
    tenth = max(len(seen) // 10, 1)
    largest = [max(seen[first : first + tenth]) for first in range(0, len(seen), tenth)]
    print("worker by tenths of the run, MB:", largest)


PARTS = {"plain": plain, "pages": pages, "hundred": hundred, "flat": flat}


def main() -> None:
    """Measure the parts asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    for part in parser.parse_args().parts or PARTS:
        with tempfile.TemporaryDirectory() as base:
            PARTS[part](Path(base))


if __name__ == "__main__":
    main()
