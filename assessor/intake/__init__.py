"""One door for submissions: xlsx, JSON and YAML files into checked `Submission`s."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from assessor.intake.build import build
from assessor.intake.draft import Draft
from assessor.intake.guard import check_workbook, decode, read_bytes, shown_name
from assessor.intake.text_files import read_json, read_yaml
from schemas.errors import SubmissionUnreadable
from schemas.issue import Issue
from schemas.submission import Submission
from scoring.checks import severities
from scoring.rulebook import Rulebook

SUFFIXES = (".xlsx", ".json", ".yaml", ".yml")


class Intake(NamedTuple):
    """A file read: the submission unless an error blocks it, and every issue found."""

    file: str
    submission: Submission | None
    issues: tuple[Issue, ...]
    places: Mapping[str, str] = MappingProxyType({})
    """Where `entity`, `period` and the answer of each item stand: `指标填报!E55`, `第7行`."""


def read_submission(path: Path, book: Rulebook) -> Intake:
    """Read a submission file.

    Raises:
        SubmissionUnreadable: when the file is not a submission at all; the message says what
            was found and what to do.
    """
    content = read_bytes(path)
    name, suffix, grave = shown_name(path), path.suffix.lower(), severities(book)
    if suffix == ".xlsx":
        from assessor.intake.parts import check_parts  # noqa: PLC0415 - openpyxl is slow
        from assessor.intake.workbook import read_workbook  # noqa: PLC0415

        check_workbook(content, name)
        check_parts(content, name)
        draft = read_workbook(content, name, book, grave)
    elif suffix == ".json":
        draft = read_json(decode(content, name), name, grave)
    elif suffix in (".yaml", ".yml"):
        draft = read_yaml(decode(content, name), name, grave)
    else:
        raise SubmissionUnreadable(
            name, "type", f"不支持 {suffix or '无扩展名'} 文件；可用：{'、'.join(SUFFIXES)}"
        )
    submission = build(draft, book)
    return Intake(name, submission, tuple(draft.issues), _places(draft))


def _places(draft: Draft) -> dict[str, str]:
    places = {
        "entity": draft.place(("entity", "name")),
        "period": draft.place(("period",)),
    }
    rows = draft.value.get("answers")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            places[str(row.get("item"))] = draft.place(("answers", index, "value"))
    return places


__all__ = ["SUFFIXES", "Intake", "read_submission"]
