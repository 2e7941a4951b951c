"""Write what the city gets: 通报, results workbook, manifest, and the anonymous edition."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from assessor.city.anonymous import anonymised
from assessor.city.archive import Archive
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
        executor: where pages are drawn; they take memory this process then never gives back.

    Raises:
        AssessorError: when the pages cannot be drawn.
    """
    begin = time.perf_counter()
    files: list[tuple[Path, str]] = []
    if with_pages and manifest.ranking is not None:
        from assessor.city.workbook import write_results  # noqa: PLC0415 - openpyxl is slow

        ruler = ruler_of(archive, manifest.ranking.ruler)
        write_results(manifest, lambda: _results(manifest, archive), out / WORKBOOK, ruler=ruler)
        files.append((out / WORKBOOK, "list"))
    if with_pages:
        editions = [_edition(manifest, out / NOTICE)]
        if anonymous:
            editions.append(_edition(anonymised(manifest), out / f"{NOTICE}（匿名）"))
        files += _drawn(editions, executor or InProcess())
    outputs = tuple(
        FileHash.model_validate({"name": path.name, "role": role, "sha256": sha256_of(path)})
        for path, role in files
    )
    spent = Decimal(time.perf_counter() - begin).quantize(Decimal("0.001"))
    timings = (*manifest.timings, Timing(step="publish", seconds=spent))
    listed = manifest.model_copy(update={"outputs": outputs, "timings": timings})
    write_manifest(listed, out / MANIFEST)
    return listed


def _results(manifest: Manifest, archive: Archive) -> Iterator[Assessment]:
    for entry in manifest.entities:
        if entry.status == "scored":
            yield archive.result(entry.key)


class Edition(NamedTuple):
    """A 通报 to draw, in a form that travels between processes."""

    manifest: str
    stem: str
    """Path without ending."""


def _edition(manifest: Manifest, stem: Path) -> Edition:
    return Edition(manifest.model_dump_json(by_alias=True), str(stem))


def _drawn(editions: list[Edition], executor: Executor) -> list[tuple[Path, str]]:
    found: dict[str, list[tuple[Path, str]]] = {}
    for done in executor.run(draw, editions):
        if isinstance(done.error, WorkerDied):
            raise AssessorError("画通报的进程两次意外终止（可能是内存不足）；请重新运行")
        if done.error is not None:
            raise done.error
        found[done.task.stem] = done.result or []
    return [file for edition in editions for file in found[edition.stem]]


def draw(edition: Edition) -> list[tuple[Path, str]]:
    """Draw a 通报 as PDF and as a page; return the files and their roles."""
    from assessor.city.rendering import render_city_html, render_city_pdf  # noqa: PLC0415 - slow

    manifest = Manifest.model_validate_json(edition.manifest)
    pdf, html = Path(f"{edition.stem}.pdf"), Path(f"{edition.stem}.html")
    write_bytes(pdf, render_city_pdf(manifest).content)
    write_text(html, render_city_html(manifest))
    return [(pdf, "pdf"), (html, "html")]
