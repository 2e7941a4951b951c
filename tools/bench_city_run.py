"""Measure batch runs: time, processor time, memory of the parent and of the workers.

`python tools/bench_city_run.py plain` scores 1,250, 2,500 and 5,000 entities without pages;
`hundred` draws everything for 100 units and compares with the bare renders of the same pages;
`pages` draws everything for 40 units with 1 and with 2 processes; `flat` watches the memory of
the workers over 500 documents. Wall time depends on what else the machine does, so the load is
printed before and after; processor time less so.
"""

from __future__ import annotations

import argparse
import json
import os
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

from bare_renders import Bare, bare_renders
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
    seen: list[tuple[int, int]]
    """Twice a second: units done by then, MB of the largest worker."""
    steps: dict[str, str]
    load: tuple[float, float]
    """What else and this kept the machine busy, over a minute: before and after."""


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
    load = os.getloadavg()[0]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    parent = [0]
    seen: list[tuple[int, int]] = []
    watcher = threading.Thread(target=_watch, args=(process, parent, seen, out))
    watcher.start()
    _, said = process.communicate()
    watcher.join()
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        print(said.decode()[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    timings = json.loads((out / "manifest.json").read_bytes())["timings"]
    steps = {one["step"]: one["seconds"] for one in timings}
    return Figures(wall, cpu, parent[0], seen, steps, (load, os.getloadavg()[0]))


def _watch(
    process: subprocess.Popen[bytes], parent: list[int], seen: list[tuple[int, int]], out: Path
) -> None:
    """Note the parent's peak and, twice a second, the largest worker."""
    while process.poll() is None:
        parent[0] = max(parent[0], _status(process.pid, "VmHWM"))
        largest = max((_status(one, "VmRSS") for one in children(process.pid)), default=0)
        done = sum(1 for _ in out.glob("*/*.pdf")) if out.is_dir() else 0
        seen.append((done, largest))
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
    workers = max((mb for _, mb in found.seen), default=0)
    print(
        f"{what:<28} wall {found.wall:6.1f} s  cpu {found.cpu:6.1f} s  parent {found.parent_mb} MB"
        f"  workers up to {workers} MB  ({steps})  load {found.load[0]:.1f} → {found.load[1]:.1f}",
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
    """Draw everything for 100 units; compare with WeasyPrint alone on the same pages."""
    folder, rules = made(base, 100)
    found = measure(folder, base / "out", 2, rules=rules)
    _tell("100 units with pages, 2 jobs", found)
    for is_held, what in ((False, "as Python ships it"), (True, "held back as in the workers")):
        _compare(found, bare_renders(base / "out", 2, is_held=is_held), what)


def _compare(found: Figures, bare: Bare, what: str) -> None:
    """Print a batch beside its bare renders; processor time hardly depends on the load."""
    every = [*bare.scorecards, *bare.city]
    half, cpu = sum(one.wall for one in every) / 2, sum(one.cpu for one in every)
    notice = sum(one.wall for one in bare.city)
    print(
        f"bare renders of {len(bare.scorecards)} scorecards and 通报 ({notice:.1f} s), collector "
        f"{what}: half {half:.1f} s, target 1.10 x half + 5 s = {1.1 * half + 5:.1f} s\n"
        f"  batch {found.wall:.1f} s = {found.wall / half:.2f} x half, "
        f"or {(found.wall - 5) / half:.2f} x half + 5 s; "
        f"cpu {found.cpu:.1f} s = {found.cpu / cpu:.2f} x {cpu:.1f} s; "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def flat(base: Path) -> None:
    """Draw 500 documents and show the memory of the workers over the run."""
    folder, rules = made(base, 500)
    found = measure(folder, base / "out", 2, rules=rules)
    _tell("500 units with pages, 2 jobs", found)
    for mark in range(100, 501, 100):
        mine = [mb for done, mb in found.seen if mark - 100 <= done < mark and mb]
        print(f"up to document {mark}: last {mine[-1]} MB, most {max(mine)} MB" if mine else mark)
    after = max((mb for done, mb in found.seen if done >= 500), default=0)
    print(f"通报 and workbook of 500 units, in processes of their own: {after} MB")


PARTS = {"hundred": hundred, "pages": pages, "plain": plain, "flat": flat}


def main() -> None:
    """Measure the parts asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    for part in parser.parse_args().parts or PARTS:
        with tempfile.TemporaryDirectory() as base:
            PARTS[part](Path(base))


if __name__ == "__main__":
    main()
