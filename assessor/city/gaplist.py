"""整改清单 of one entity, as a workbook and as a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assessor import formats, messages
from assessor.city.gaplist_docx import GapDocument, write_document
from assessor.city.workbook.lists import GAP_COLUMNS, gap_cells
from assessor.city.workbook.sheet import Book, text
from assessor.naming import file_stem
from assessor.view import tables
from schemas.outcome import Outcome
from schemas.result import Assessment

NOTHING = "没有需要整改的指标。"


def write_gap_lists(result: Assessment, out: Path) -> list[Path]:
    """Write both forms of the list into a folder; return their paths. Same content, same bytes."""
    stem = file_stem(f"{result.entity.name}{result.period.end.year}-整改清单")
    paths = [out / f"{stem}.xlsx", out / f"{stem}.docx"]
    write_gap_workbook(result, paths[0])
    write_gap_document(result, paths[1])
    return paths


def write_gap_workbook(result: Assessment, path: Path) -> None:
    """Write the list as a workbook, atomically."""
    places = result.rules.rounding_places
    with Book("0." + "0" * places if places else "0") as book:
        sheet = book.sheet("整改清单", GAP_COLUMNS)
        sheet.open(_title(result), *_notes(result))
        sheet.head(freeze=2)
        for cells in gap_cells(result, book.styles):
            sheet.add(cells)
        if not result.gaps:
            sheet.add([text("", book.styles.short), text(NOTHING, book.styles.text)])
        book.save(path, _title(result), result.engine, result.as_of)


def write_gap_document(result: Assessment, path: Path) -> None:
    """Write the list as a Word document on A4 landscape, atomically."""
    rows = tuple(
        (
            gap.number,
            f"{gap.code} {gap.label}",
            gap.finding,
            gap.basis,
            gap.gain,
            gap.remedy,
            gap.owner,
            "",
            "",
        )
        for gap in tables.gaps(result)
    )
    document = GapDocument(
        title=_title(result),
        notes=tuple(_notes(result)),
        headings=tuple(column.title for column in GAP_COLUMNS),
        rows=rows,
        ending="" if rows else NOTHING,
        engine=result.engine,
    )
    write_document(document, path, result.as_of)


def _title(result: Assessment) -> str:
    return f"{result.entity.name}{result.period.end.year}年度整改清单"


def _notes(result: Assessment) -> Iterator[str]:
    totals = result.totals
    yield (
        f"{messages.MODES[result.mode]}　总分 {formats.points(totals.total_points)} / "
        f"{formats.points(totals.full_mark)}　等次 {result.grade.grade or '未评定'}　"
        f"评估基准日 {formats.day(result.as_of)}　"
        f"{result.rules.framework_label}（{result.rules.edition}版）"
    )
    yield (
        f"{tables.GAIN_NOTE}；整改期限为送达之日起"
        f"{result.rules.remediation_days}日，“期限”“复核”两栏由督办单位填写。"
    )
    plans = "；".join(_plans(result))
    if plans:
        yield f"依据栏所指：{plans}。"


def _plans(result: Assessment) -> dict[str, None]:
    """Name the plans whose targets the gaps are held against."""
    by_code = {one.code: one for one in result.indicators}
    return dict.fromkeys(
        f"{messages.STANDINGS[part.target.standing]}——{part.target.plan_label}"
        f"（{messages.PROVENANCES[part.target.provenance]}）"
        for code in result.gaps
        for part in by_code[code].parts
        if part.target is not None and part.outcome is not Outcome.MET
    )
