"""名单.xlsx: who should have filed, of which level and region, and by when."""

from __future__ import annotations

import io
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from assessor.intake.guard import check_workbook, read_bytes
from assessor.messages import LEVELS
from schemas.base import Level
from schemas.errors import SubmissionUnreadable
from schemas.manifest import RosterEntry

ROSTER_NAMES = frozenset(("名单.xlsx", "roster.xlsx"))
COLUMNS = ("单位", "层级", "所属地区", "应报日期", "报送日期")
MAX_ROWS = 10_000
_LEVEL_OF = {label: level for level, label in LEVELS.items()} | {one.value: one for one in Level}


class Roster(NamedTuple):
    """The roster and what is wrong with it."""

    entries: tuple[RosterEntry, ...]
    faults: tuple[str, ...]
    """One sentence for each bad row: sheet!cell, what was found, what is allowed."""


def read_roster(path: Path) -> Roster:
    """Read a roster workbook: a header row with 单位 and any of the other columns, then rows.

    Raises:
        SubmissionUnreadable: when it is not such a workbook.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - slow

    content = read_bytes(path)
    check_workbook(content, path.name)
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        cells_of = list(sheet.iter_rows(max_row=MAX_ROWS, max_col=20, values_only=True))
    except Exception as error:  # openpyxl has an error of its own for every sort of damage
        raise SubmissionUnreadable(
            path.name, "roster", "名单打不开；请用 WPS 或 Excel 重新保存"
        ) from error
    head = cells_of[0] if cells_of else ()
    place = {str(name).strip(): i for i, name in enumerate(head) if name is not None}
    if COLUMNS[0] not in place:
        raise SubmissionUnreadable(
            path.name, "roster", f"第一行应有“{COLUMNS[0]}”列；可用的列：{'、'.join(COLUMNS)}"
        )
    entries: dict[str, RosterEntry] = {}
    faults: list[str] = []
    for number, row in enumerate(cells_of[1:], start=2):
        cells = {name: row[i] if i < len(row) else None for name, i in place.items()}
        name = unicodedata.normalize("NFC", str(cells.get("单位") or "")).strip()
        if not name:
            continue
        where = f"{path.name}!{sheet.title}!第{number}行"
        if name in entries:
            faults.append(f"{where} 单位“{name}”重复，只采用第一行")
            continue
        entries[name] = RosterEntry(
            entity=name,
            level=_level(cells.get("层级"), where, faults),
            regions=_regions(cells.get("所属地区"), name),
            due_on=_day(cells.get("应报日期"), where, faults),
            filed_on=_day(cells.get("报送日期"), where, faults),
        )
    return Roster(tuple(entries.values()), tuple(faults))


def _level(raw: Any, where: str, faults: list[str]) -> Level | None:
    if raw is None or not str(raw).strip():
        return None
    level = _LEVEL_OF.get(str(raw).strip())
    if level is None:
        allowed = "、".join(LEVELS.values())
        faults.append(f"{where} 层级“{raw}”不认识，可填 {allowed}")
    return level


def _regions(raw: Any, name: str) -> tuple[str, ...]:
    above = [part.strip() for part in str(raw or "").replace("，", "、").split("、")]
    return (name, *(part for part in above if part and part != name))


def _day(raw: Any, where: str, faults: list[str]) -> date | None:
    if raw is None or raw == "":
        return None
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw).strip())
    except ValueError:
        faults.append(f"{where} 日期“{raw}”应写成 2025-03-01")
        return None
