"""Find the papers of every unit in a folder, and what the roster says should be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assessor.city.roster import ROSTER_NAMES, Roster
from assessor.store import file_stem

FORMS = (".xlsx", ".yaml", ".yml", ".json")
REPORTS = (".txt", ".html", ".htm", ".mht", ".mhtml", ".docx", ".pdf", ".doc", ".wps")
_REVIEW = re.compile(r"评审|review", re.IGNORECASE)
_NOISE = re.compile(
    r"20\d\d(?:年度?)?|年度|法治政府建设|情况|工作|自评|评估|指标|填报表?|报告|年报|公开|总结|材料|附件|评审意见?"
    r"|[-_\s()（）【】\[\]]+"
)


class Papers(NamedTuple):
    """What one unit filed; paths lie inside the folder that was read."""

    entity: str
    """Name of the unit: of its folder, or what its file names share."""
    form: Path | None
    report: Path | None
    reviews: tuple[Path, ...] = ()
    trouble: str = ""
    """Why these papers cannot be taken as they are, in Chinese."""


class Finding(NamedTuple):
    """Everything found in a folder, in order of the names."""

    papers: tuple[Papers, ...]
    unclaimed: tuple[Path, ...]
    """Files that are neither form, report, review nor roster."""


def find_papers(folder: Path, roster: Roster | None = None) -> Finding:
    """Return the papers of every unit.

    A sub-folder is one unit and gives it its name. Files beside them are told apart by the
    unit's name in the file name: the roster's names first, else what is left of the name
    without year, 报告, 填报表 and the like.
    """
    named = sorted((e.entity for e in roster.entries), key=len, reverse=True) if roster else []
    groups: dict[str, list[Path]] = {}
    unclaimed: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.name in ROSTER_NAMES:
            continue
        if path.is_dir():
            groups.setdefault(path.name, []).extend(_files(path))
        elif path.suffix.lower() in (*FORMS, *REPORTS):
            groups.setdefault(_unit_of(path, named), []).append(path)
        else:
            unclaimed.append(path)
    papers = tuple(_papers(name, files) for name, files in sorted(groups.items()) if files)
    return Finding(papers, tuple(unclaimed))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~$")):
            yield path


def _unit_of(path: Path, named: list[str]) -> str:
    for name in named:
        if name in path.stem:
            return name
    left = _NOISE.sub("", path.stem)
    return left or file_stem(path.stem)


def _papers(entity: str, files: list[Path]) -> Papers:
    reviews = tuple(f for f in files if _REVIEW.search(f.stem) and f.suffix.lower() in FORMS)
    forms = [f for f in files if f.suffix.lower() in FORMS and f not in reviews]
    reports = [f for f in files if f.suffix.lower() in REPORTS]
    trouble = ""
    if len(forms) > 1:
        trouble = f"有 {len(forms)} 份填报表（{_names(forms)}），请只留一份"
    elif len(reports) > 1:
        trouble = f"有 {len(reports)} 份报告（{_names(reports)}），请只留一份"
    return Papers(
        entity, forms[0] if forms else None, reports[0] if reports else None, reviews, trouble
    )


def _names(files: list[Path]) -> str:
    return "、".join(path.name for path in files)
