"""Kill batch runs at random moments and prove that nothing is lost.

A city is run once undisturbed. Then runs of the same city are killed again and again, a random
worker or the whole parent, with SIGKILL, at random moments; the killed run is started anew. When
a run comes through, its outputs must be those of the undisturbed one byte for byte (of the
manifest all but the timings), its archive must hold every result once, and no unfinished file
may be left. `python tools/kill_test.py --help` lists the options.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FORM = ROOT / "samples" / "云栖县2024.yaml"
REPORT = ROOT / "samples" / "reports" / "云栖县2024.txt"
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


class Tally(NamedTuple):
    """What a test did and found."""

    kills_of_workers: int
    kills_of_parents: int
    runs_compared: int
    faults: tuple[str, ...]


def make_city(folder: Path, units: int, *, reports: bool) -> None:
    """Write forms, and reports for every other unit, that differ by name and one figure."""
    form, report = FORM.read_text("utf-8"), REPORT.read_text("utf-8")
    for number in range(units):
        name = f"{NAMES[number % len(NAMES)]}{number:02d}县"
        place = folder / name
        place.mkdir(parents=True)
        text = re.sub(r"(item: contract-lost-cases\n    value: )1", rf"\g<1>{number % 7}", form)
        (place / "填报表.yaml").write_text(text.replace("云栖县", name), "utf-8")
        if reports and number % 2:
            (place / "报告.txt").write_text(report.replace("云栖县", name), "utf-8")


def start(folder: Path, out: Path, *, pages: bool) -> subprocess.Popen[bytes]:
    """Start a run in a session of its own."""
    words = [sys.executable, "-m", "assessor", "batch", str(folder), "-o", str(out)]
    words += ["--as-of", "2025-06-30", "--title", "临江市", "--jobs", "2"]
    return subprocess.Popen(
        [*words, "--pages" if pages else "--no-pages"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def children(process_id: int) -> list[int]:
    """Return the workers of a run; not the tracker Python starts beside them."""
    found: list[int] = []
    for task in Path(f"/proc/{process_id}/task").glob("*/children"):
        for word in task.read_text().split():
            try:
                words = Path(f"/proc/{word}/cmdline").read_bytes()
            except OSError:
                continue
            if b"spawn_main" in words:
                found.append(int(word))
    return found


def contents(out: Path) -> dict[str, bytes]:
    """Return every output but the database; of the manifest all but its timings."""
    found = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and "sqlite3" not in path.name
    }
    if "manifest.json" in found:
        manifest = json.loads(found["manifest.json"])
        manifest["timings"] = []
        found["manifest.json"] = json.dumps(manifest).encode()
    return found


def archived(out: Path) -> list[tuple[str, str, bytes]]:
    """Return what the archive of a run holds, whatever the order of arrival."""
    from assessor.city.archive import open_archive  # noqa: PLC0415 - slow

    store = open_archive(out / "档案.sqlite3")
    try:
        entries = [entry for name in store.names() for entry in store.entries(name)]
        return sorted(
            (entry.entity, entry.key, entry.result.model_dump_json().encode()) for entry in entries
        )
    finally:
        store.close()


def run_test(  # noqa: PLR0913 - one keyword per option
    base: Path, *, kills: int, seed: int, units: int, pages: bool, reports: bool
) -> Tally:
    """Kill runs until so many kills have hit, each time running to the end afterwards."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    folder = base / "in"
    make_city(folder, units, reports=reports)
    begin = time.monotonic()
    faults = [*_through(start(folder, base / "whole", pages=pages), "undisturbed run")]
    usual = time.monotonic() - begin
    wanted, wanted_archive = contents(base / "whole"), archived(base / "whole")
    if len(wanted_archive) != units:
        faults.append(f"undisturbed run archived {len(wanted_archive)} of {units}")
    workers = parents = compared = 0
    while workers + parents < kills:
        out = base / f"out{compared}"
        for _ in range(chance.randint(2, 5)):
            process = start(folder, out, pages=pages)
            hit = _kill(process, chance, usual)
            workers, parents = workers + hit[0], parents + hit[1]
        faults += _through(start(folder, out, pages=pages), f"last run {compared}")
        faults += _differences(wanted, contents(out), compared)
        if archived(out) != wanted_archive:
            faults.append(f"run {compared}: the archive differs")
        compared += 1
    return Tally(workers, parents, compared, tuple(faults))


def _kill(process: subprocess.Popen[bytes], chance: random.Random, usual: float) -> tuple[int, int]:
    """Kill some workers and then, mostly, the parent; return how many kills hit."""
    workers = 0
    for _ in range(chance.randint(0, 3)):
        time.sleep(chance.uniform(0, usual / 3))
        crew = children(process.pid) if process.poll() is None else []
        if crew:
            try:
                os.kill(chance.choice(crew), signal.SIGKILL)
            except ProcessLookupError:
                continue
            workers += 1
    time.sleep(chance.uniform(0, usual / 2))
    is_hit = process.poll() is None
    if is_hit:
        process.kill()
    process.communicate()
    return workers, int(is_hit)


def _through(process: subprocess.Popen[bytes], what: str) -> list[str]:
    _, said = process.communicate()
    if process.returncode:
        return [f"{what}: exit {process.returncode}: {said.decode()[-500:]}"]
    return []


def _differences(wanted: dict[str, bytes], found: dict[str, bytes], run: int) -> list[str]:
    names = sorted(set(wanted) | set(found))
    return [
        f"run {run}: {name} {'missing' if name not in found else 'differs or too many'}"
        for name in names
        if wanted.get(name) != found.get(name)
    ]


def main() -> int:
    """Run the test from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--units", type=int, default=24)
    parser.add_argument("--no-pages", action="store_true")
    given = parser.parse_args()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as base:
        tally = run_test(
            Path(base),
            kills=given.kills,
            seed=given.seed,
            units=given.units,
            pages=not given.no_pages,
            reports=True,
        )
    print(
        f"{tally.kills_of_workers} workers and {tally.kills_of_parents} parents killed, "
        f"{tally.runs_compared} cities compared, {time.monotonic() - begin:.0f} s"
    )
    for fault in tally.faults:
        print(fault)
    print("identical, nothing lost" if not tally.faults else f"{len(tally.faults)} faults")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
