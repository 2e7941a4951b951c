"""What a run is about to do: papers, where each unit's outputs go, what its work is keyed by."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from assessor.city.archive import Work
from assessor.city.finding import Papers, find_papers
from assessor.city.roster import ROSTER_NAMES, Roster, read_roster
from assessor.city.work import Options, Task, task_key
from assessor.naming import file_stem
from schemas.errors import AssessorError
from schemas.manifest import RosterEntry
from scoring.ruler import Ruler

_OWN_ENDINGS = (".json", ".xlsx", ".pdf", ".html", ".sqlite3", "-wal", "-shm")
"""How the names of the city's own outputs end; no unit's folder may bear one."""


@dataclass(frozen=True)
class Plan:
    """What a run is about to do."""

    folder: Path
    out: Path
    options: Options
    title: str
    roster: Roster | None
    papers: tuple[Papers, ...]
    unclaimed: tuple[Path, ...]

    roster_path: Path | None = None

    @cached_property
    def rostered(self) -> dict[str, RosterEntry]:
        """The roster's entries by name."""
        return {entry.entity: entry for entry in self.roster.entries} if self.roster else {}


class Outcome(NamedTuple):
    """One unit after its work."""

    task: Task
    work: Work


def plan_run(folder: Path, out: Path, options: Options, title: str = "") -> Plan:
    """Look at a folder without doing anything yet.

    Raises:
        AssessorError: when the folder is missing, holds no papers at all, or is the output's.
    """
    if not folder.is_dir():
        raise AssessorError(f"没有文件夹 {folder}")
    if folder.resolve() == out.resolve():
        raise AssessorError(f"输出目录 {out} 就是材料目录；请用 -o 另指定一个，以免混在一起")
    places = (folder / name for name in sorted(ROSTER_NAMES))
    roster_path = next((path for path in places if path.is_file()), None)
    roster = None if roster_path is None else read_roster(roster_path)
    finding = find_papers(folder, roster, leave_out=out)
    if not finding.papers and roster is None:
        raise AssessorError(
            f"{folder} 里没有填报表或报告；应为一单位一文件夹，或以单位名命名的文件"
        )
    city = title or folder.resolve().name
    return Plan(folder, out, options, city, roster, *finding, roster_path)


def tasks_of(plan: Plan, ruler: Ruler) -> list[Task]:
    """Return the work of every unit, in the order of the papers."""
    folders = output_folders([papers.entity for papers in plan.papers])
    return [_task(plan, papers, folders[papers.entity], ruler) for papers in plan.papers]


def output_folders(names: Sequence[str]) -> dict[str, str]:
    """Return a folder name for each unit: safe on every system, none twice whatever the case."""
    stems = {name: file_stem(name) for name in names}
    counts = Counter(stem.casefold() for stem in stems.values())
    return {
        name: f"{stem}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        if counts[stem.casefold()] > 1 or stem.casefold().endswith(_OWN_ENDINGS)
        else stem
        for name, stem in stems.items()
    }


def _task(plan: Plan, papers: Papers, folder: str, ruler: Ruler) -> Task:
    roster = plan.rostered.get(papers.entity)
    level = roster.level.value if roster is not None and roster.level is not None else ""
    task = Task(
        key="",
        entity=papers.entity,
        level=level,
        regions=roster.regions if roster is not None else (),
        form=str(papers.form or ""),
        report=str(papers.report or ""),
        reviews=tuple(str(path) for path in papers.reviews),
        out=str(plan.out / folder),
        options=plan.options,
    )
    return task._replace(key=task_key(ruler.digest, task))
