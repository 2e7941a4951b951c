"""Zip containers whose bytes depend on their content alone."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import IO, NamedTuple

from openpyxl import Workbook

from assessor.store import write_atomic

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_DAY = "1980-01-01"
_LEVEL = 6
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')


class Body(NamedTuple):
    """The rows of a sheet as XML, and the range they fill."""

    rows: IO[bytes]
    range: str


def write_parts(path: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    """Write named parts into a zip file atomically, in the order given."""
    write_atomic(path, lambda temporary: _write_parts(temporary, parts))


def _write_parts(path: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts:
            target.writestr(_entry(name), content, compresslevel=_LEVEL)


def stamp(made_on: date | None) -> str:
    """Return the moment written into a document: a day of its content, never the clock."""
    return f"{_NO_DAY if made_on is None else made_on.isoformat()}T00:00:00Z"


def save_workbook(
    workbook: Workbook, bodies: Mapping[str, Body], path: Path, made_on: date | None
) -> None:
    """Write a workbook atomically: openpyxl's frames, with the streamed rows put into them.

    Args:
        workbook: sheets without cells.
        bodies: rows by title of the sheet; a sheet without any stays empty.
        path: where to write.
        made_on: day written as the document's date.
    """
    frames = io.BytesIO()
    workbook.save(frames)
    by_name = {
        f"xl/worksheets/sheet{number}.xml": bodies[sheet.title]
        for number, sheet in enumerate(workbook.worksheets, start=1)
        if sheet.title in bodies
    }
    write_atomic(path, lambda temporary: _fill(frames, by_name, temporary, stamp(made_on)))


def _fill(frames: IO[bytes], bodies: Mapping[str, Body], path: Path, moment: str) -> None:
    with zipfile.ZipFile(frames) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>" + moment.encode(), content)
            if name in bodies:
                _fill_sheet(target, name, content, bodies[name])
            else:
                target.writestr(_entry(name), content, compresslevel=_LEVEL)


def _fill_sheet(target: zipfile.ZipFile, name: str, frame: bytes, body: Body) -> None:
    frame = _DIMENSION.sub(f'<dimension ref="{body.range}"/>'.encode(), frame)
    head, tail = _NO_ROWS.split(frame, maxsplit=1)
    body.rows.seek(0)
    entry = _entry(name)
    with target.open(entry, "w", force_zip64=True) as out:
        out.write(head + b"<sheetData>")
        shutil.copyfileobj(body.rows, out, 1 << 20)
        out.write(b"</sheetData>" + tail)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
