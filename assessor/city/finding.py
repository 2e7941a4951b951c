"""Find the papers of every unit in a folder, and what the roster says should be there."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assessor.city.roster import ROSTER_NAMES, Roster

FORMS = (".xlsx", ".yaml", ".yml", ".json")
REPORTS = (".txt", ".html", ".htm", ".mht", ".mhtml", ".docx", ".pdf", ".doc", ".wps")
MAX_NAME = 80
"""Longest name of a unit, in characters."""
_HIDDEN = (".", "~$", "__MACOSX")
_REVIEW = re.compile(r"评审|review", re.IGNORECASE)
_NOISE = re.compile(
    r"(?<!\d)20\d\d(?!\d)(?:年度?)?|年度|法治政府建设|人民政府|关于|情况|工作|自评|评估|指标|填报表?|报告|年报|公开"
    r"|总结|材料|附件|评审意见?|的|[-_\s()（）【】\[\]]+"
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


def find_papers(
    folder: Path, roster: Roster | None = None, *, leave_out: Path | None = None
) -> Finding:
    """Return the papers of every unit.

    A sub-folder is one unit and gives it its name. Files beside them are told apart by the
    unit's name in the file name: the roster's names first, else what is left of the name
    without year, 报告, 填报表 and the like.

    Args:
        folder: where to look, one level deep.
        roster: names to recognise.
        leave_out: a sub-folder that is no unit: where the outputs go.
    """
    named = [entry.entity for entry in roster.entries] if roster else []
    groups: dict[str, list[Path]] = {}
    folders: Counter[str] = Counter()
    faults: dict[str, str] = {}
    unclaimed: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(_HIDDEN) or path.name in ROSTER_NAMES:
            continue
        if path.is_dir():
            if leave_out is not None and path.resolve() == leave_out.resolve():
                continue
            name = _known_name(plain_name(path.name), named) or plain_name(path.name)
            folders[name] += 1
            files = groups.setdefault(name, [])
            try:
                inside = list(_inside(path))
            except OSError as error:
                faults[name] = f"文件夹打不开（{error.strerror}），请检查权限"
                continue
            files += [file for file in inside if _is_paper(file)]
            unclaimed += [file for file in inside if not _is_paper(file)]
        elif _is_paper(path):
            groups.setdefault(_unit_of(path, named), []).append(path)
        else:
            unclaimed.append(path)
    for name, count in folders.items():
        if count > 1:
            faults[name] = f"有 {count} 个同名文件夹，请合并成一个"
    papers = tuple(_papers(name, files, faults) for name, files in sorted(groups.items()))
    return Finding(papers, tuple(unclaimed))


def plain_name(name: str) -> str:
    """Return a file's name as text that can be stored, shown and compared.

    Composed (NFC), without control characters; a name that is not UTF-8 is read as GB18030, as
    in archives packed on Chinese Windows.
    """
    raw = os.fsencode(name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if one.isprintable()).strip() or "_"


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(_HIDDEN):
            yield path


def _is_paper(path: Path) -> bool:
    return path.suffix.lower() in (*FORMS, *REPORTS) and path.is_file()


def _unit_of(path: Path, named: Iterable[str]) -> str:
    stem = plain_name(path.stem)
    return _known_name(stem, named) or _NOISE.sub("", stem) or stem


def _known_name(text: str, named: Iterable[str]) -> str:
    """Return the name a text holds: the longest, of equals the last (省市县 in that order)."""
    found = [(len(name), text.rfind(name), name) for name in named if name in text]
    return max(found)[2] if found else ""


def _papers(entity: str, files: list[Path], faults: dict[str, str]) -> Papers:
    reviews = tuple(f for f in files if _REVIEW.search(f.stem) and f.suffix.lower() in FORMS)
    forms = [f for f in files if f.suffix.lower() in FORMS and f not in reviews]
    reports = [f for f in files if f.suffix.lower() in REPORTS]
    trouble = faults.get(entity, "")
    if trouble:
        pass
    elif len(forms) > 1:
        trouble = f"有 {len(forms)} 份填报表（{_names(forms)}），请只留一份"
    elif len(reports) > 1:
        trouble = f"有 {len(reports)} 份报告（{_names(reports)}），请只留一份"
    elif not forms and not reports:
        trouble = "文件夹里没有填报表或报告，请补报或改用可读的格式"
    elif len(entity) > MAX_NAME:
        trouble = f"单位名称有 {len(entity)} 字，最多 {MAX_NAME} 字；请改文件夹或文件的名称"
    return Papers(
        entity, forms[0] if forms else None, reports[0] if reports else None, reviews, trouble
    )


def _names(files: list[Path]) -> str:
    return "、".join(plain_name(path.name) for path in files)
