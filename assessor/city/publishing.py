"""Write what the city gets: 通报, results workbook, manifest, and the anonymous edition."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from assessor.city.anonymous import anonymised
from assessor.city.archive import Archive, open_archive
from assessor.city.asking import ruler_of
from assessor.city.executor import Executor, InProcess, WorkerDied
from assessor.city.manifest_file import write_manifest
from assessor.city.work import sha256_of
from assessor.store import write_bytes, write_text
from schemas.errors import AssessorError
from schemas.manifest import FileHash, Manifest, Timing
from schemas.result import Assessment

NOTICE, WORKBOOK, MANIFEST = "通报", "结果.xlsx", "manifest.json"


def publish(  # noqa: PLR0913 - one keyword per choice
    manifest: Manifest,
    archive: Archive,
    out: Path,
    *,
    with_pages: bool,
    anonymous: bool,
    executor: Executor | None = None,
) -> Manifest:
    """Write the city's outputs and return the manifest that lists them.

    Args:
        manifest: what to write.
        archive: where the whole results are.
        out: folder to write to.
        with_pages: whether 通报 and workbook are drawn.
        anonymous: whether there is an edition without names besides.
        executor: where pages and workbook are drawn, side by side if it can; they take memory
            this process then never gives back.

    Raises:
        AssessorError: when the pages cannot be drawn.
    """
    begin = time.perf_counter()
    pieces = _pieces(manifest, archive, out, anonymous=anonymous) if with_pages else []
    files = _drawn(pieces, executor or InProcess())
    outputs = tuple(
        FileHash.model_validate({"name": path.name, "role": role, "sha256": sha256_of(path)})
        for path, role in files
    )
    spent = Decimal(time.perf_counter() - begin).quantize(Decimal("0.001"))
    timings = (*manifest.timings, Timing(step="publish", seconds=spent))
    listed = manifest.model_copy(update={"outputs": outputs, "timings": timings})
    write_manifest(listed, out / MANIFEST)
    return listed


class Piece(NamedTuple):
    """Something to draw, in a form that travels between processes."""

    manifest: str
    path: str
    """Of a 通报 without ending."""
    archive: str = ""
    """Where the whole results are; empty for a 通报, which needs none."""


def _pieces(manifest: Manifest, archive: Archive, out: Path, *, anonymous: bool) -> list[Piece]:
    text = manifest.model_dump_json(by_alias=True)
    pieces = [Piece(text, str(out / NOTICE))]
    if manifest.ranking is not None:
        pieces.append(Piece(text, str(out / WORKBOOK), archive.place))
    if anonymous:
        text = anonymised(manifest).model_dump_json(by_alias=True)
        pieces.append(Piece(text, str(out / f"{NOTICE}（匿名）")))
    return pieces


def _drawn(pieces: list[Piece], executor: Executor) -> list[tuple[Path, str]]:
    found: dict[str, list[tuple[Path, str]]] = {}
    for done in executor.run(draw, pieces):
        if isinstance(done.error, WorkerDied):
            raise AssessorError("画通报的进程两次意外终止（可能是内存不足）；请重新运行")
        if done.error is not None:
            raise done.error
        found[done.task.path] = done.result or []
    workbooks_first = sorted(pieces, key=lambda piece: not piece.archive)
    return [file for piece in workbooks_first for file in found[piece.path]]


def draw(piece: Piece) -> list[tuple[Path, str]]:
    """Draw a 通报 as PDF and as a page, or the workbook; return the files and their roles."""
    manifest = Manifest.model_validate_json(piece.manifest)
    if piece.archive:
        return [(_workbook(manifest, piece), "list")]
    from assessor.city.rendering import render_city_html, render_city_pdf  # noqa: PLC0415 - slow

    pdf, html = Path(f"{piece.path}.pdf"), Path(f"{piece.path}.html")
    write_bytes(pdf, render_city_pdf(manifest).content)
    write_text(html, render_city_html(manifest))
    return [(pdf, "pdf"), (html, "html")]


def _workbook(manifest: Manifest, piece: Piece) -> Path:
    from assessor.city.workbook import write_results  # noqa: PLC0415 - openpyxl is slow

    path = Path(piece.path)
    assert manifest.ranking is not None  # noqa: S101 - no workbook is asked for without one
    archive = open_archive(piece.archive)
    try:
        ruler = ruler_of(archive, manifest.ranking.ruler)
        write_results(manifest, lambda: _results(manifest, archive), path, ruler=ruler)
    finally:
        archive.close()
    return path


def _results(manifest: Manifest, archive: Archive) -> Iterator[Assessment]:
    for entry in manifest.entities:
        if entry.status == "scored":
            yield archive.result(entry.key)
