"""What the tests of intake share: the rules, small submissions, filled-in workbooks."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assessor import workbook_layout as layout
from assessor.intake import Intake, read_submission
from assessor.template import write_template
from schemas.rules import items_of
from scoring import Choice, Rulebook, Ruler, make_ruler, shipped_rulebook

HEAD: dict[str, object] = {
    "schema": "submission/1",
    "entity": {"name": "错例县", "level": "county", "regions": ["错例县", "临江市"]},
    "period": {"from": "2024-01-01", "to": "2024-12-31"},
}
BASICS = {
    "entity_name": "错例县",
    "entity_level": "县级",
    "region_own": "错例县",
    "region_city": "临江市",
    "year": "2024",
}
ITEMS = {"head-appearance-rate", "contract-lost-cases", "report-published-on", "proof-clearance"}

Fill = Callable[[Workbook], object]
Edit = Callable[[str, bytes], bytes | None]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture(scope="session")
def ruler(book: Rulebook) -> Ruler:
    return make_ruler(book, Choice())


@pytest.fixture
def filed(tmp_path: Path, book: Rulebook) -> Callable[..., Intake]:
    """Read a JSON submission made of answers; keywords replace or add top-level fields."""

    def _filed(*answers: Mapping[str, object], **top: object) -> Intake:
        path = tmp_path / "填报.json"
        value = {**HEAD, "answers": list(answers), **top}
        path.write_text(json.dumps(value), encoding="utf-8")
        return read_submission(path, book)

    return _filed


@pytest.fixture
def filed_text(tmp_path: Path, book: Rulebook) -> Callable[[str, str], Intake]:
    """Read a text as a file of the given name."""

    def _filed(text: str, name: str) -> Intake:
        path = tmp_path / name
        path.write_bytes(text.encode("utf-8"))
        return read_submission(path, book)

    return _filed


@pytest.fixture(scope="session")
def small_book(book: Rulebook) -> Rulebook:
    """The shipped rules with only a few indicators in house-59, so that workbooks are quick."""
    framework = book.framework("house-59")
    kept = [
        node
        for node in framework.nodes
        if node.is_indicator and any(set(items_of(part.rule)) & ITEMS for part in node.scored_parts)
    ]
    small = framework.model_copy(update={"nodes": tuple(kept)})
    return dataclasses.replace(book, frameworks={**book.frameworks, "house-59": small})


@pytest.fixture(scope="session")
def template(small_book: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small fill-in workbook, empty."""
    path = tmp_path_factory.mktemp("template") / "填报 表.xlsx"
    write_template(small_book.framework("house-59"), small_book, path)
    return path


@pytest.fixture
def workbook(template: Path) -> Callable[..., bytes]:
    """Return the bytes of a template with its head filled in and changed by a function."""

    def _workbook(fill: Fill | None = None) -> bytes:
        opened = load_workbook(template)
        sheet = opened[layout.BASICS]
        for row, (field, _, _) in enumerate(layout.BASIC_FIELDS, start=layout.BASIC_FIRST_ROW):
            sheet.cell(row, 2).value = BASICS.get(field)
        if fill is not None:
            fill(opened)
        stream = io.BytesIO()
        opened.save(stream)
        return stream.getvalue()

    return _workbook


@pytest.fixture
def read(tmp_path: Path, small_book: Rulebook) -> Callable[..., Intake]:
    """Read bytes as a file of the given name."""

    def _read(content: bytes, name: str = "填报.xlsx") -> Intake:
        path = tmp_path / name
        path.write_bytes(content)
        return read_submission(path, small_book)

    return _read


@pytest.fixture
def repacked() -> Callable[[bytes, Edit], bytes]:
    """Rewrite the parts of an archive; an edit that returns None drops the part."""

    def _repacked(content: bytes, edit: Edit) -> bytes:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                part = edit(name, old.read(name))
                if part is not None:
                    new.writestr(name, part)
        return stream.getvalue()

    return _repacked


@pytest.fixture(scope="session")
def rows(small_book: Rulebook) -> dict[str, layout.Row]:
    """The rows of the small workbook by item."""
    found = layout.rows_of(small_book.framework("house-59"), small_book)
    return {row.item.id: row for row in found}


@pytest.fixture
def codes() -> Callable[[Any], list[str]]:
    """Return the issue codes of an intake, in order."""
    return lambda intake: [issue.code.value for issue in intake.issues]
