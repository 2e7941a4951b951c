"""Write what the city gets: 通报, results workbook, manifest, and the anonymous edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assessor.city.anonymous import anonymised
from assessor.city.archive import Archive
from assessor.city.work import sha256_of
from assessor.store import write_bytes, write_text
from schemas.manifest import FileHash, Manifest
from schemas.result import Assessment

NOTICE, WORKBOOK, MANIFEST = "通报", "结果.xlsx", "manifest.json"


def publish(
    manifest: Manifest, archive: Archive, out: Path, *, with_pages: bool, anonymous: bool
) -> Manifest:
    """Write the city's outputs and return the manifest that lists them."""
    files: list[tuple[Path, str]] = []
    if with_pages and manifest.ranking is not None:
        from assessor.city.workbook import write_results  # noqa: PLC0415 - openpyxl is slow

        write_results(manifest, lambda: _results(manifest, archive), out / WORKBOOK)
        files.append((out / WORKBOOK, "list"))
    if with_pages:
        files += _notice(manifest, out / NOTICE)
        if anonymous:
            files += _notice(anonymised(manifest), out / f"{NOTICE}（匿名）")
    outputs = tuple(
        FileHash.model_validate({"name": path.name, "role": role, "sha256": sha256_of(path)})
        for path, role in files
    )
    listed = manifest.model_copy(update={"outputs": outputs})
    write_text(out / MANIFEST, listed.model_dump_json(indent=2, by_alias=True) + "\n")
    return listed


def _results(manifest: Manifest, archive: Archive) -> Iterator[Assessment]:
    for entry in manifest.entities:
        if entry.status == "scored":
            yield archive.result(entry.key)


def _notice(manifest: Manifest, stem: Path) -> list[tuple[Path, str]]:
    from assessor.city.rendering import render_city_html, render_city_pdf  # noqa: PLC0415 - slow

    pdf, html = stem.with_name(stem.name + ".pdf"), stem.with_name(stem.name + ".html")
    write_bytes(pdf, render_city_pdf(manifest).content)
    write_text(html, render_city_html(manifest))
    return [(pdf, "pdf"), (html, "html")]
