"""The 通报 as PDF and HTML, from the manifest alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from assessor.city.view import build_city_view
from assessor.render import (
    PAPER_CSS,
    SCREEN_CSS,
    Enclosure,
    Rendered,
    environment,
    inline_css,
    tagged_pdf,
)
from schemas.manifest import EntityEntry, Manifest

ENCLOSED = "manifest.json"
_NO_DAY = date(2000, 1, 1)
"""Of an enclosure whose manifest has no year: any fixed day does."""


def manifest_json(manifest: Manifest) -> str:
    """Return a manifest as canonical JSON: same manifest, same text."""
    return manifest.model_dump_json(indent=2, by_alias=True) + "\n"


def enclosed(manifest: Manifest) -> Manifest:
    """Return what travels inside the PDF: no wall times, no hash of the PDF itself.

    In the anonymous edition nothing goes along that would let a holder of the papers tell who is
    who: file names, hashes of files, last year's names, places of findings.
    """
    changes: dict[str, Any] = {"timings": (), "outputs": ()}
    if manifest.is_anonymous:
        changes["entities"] = tuple(_unnamed(one) for one in manifest.entities)
        changes["issues"] = tuple(
            issue.model_copy(
                update={
                    "location": issue.location.model_copy(update={"file": "", "place": ""}),
                    "found": "",
                }
            )
            for issue in manifest.issues
        )
    return manifest.model_copy(update=changes)


def _unnamed(entry: EntityEntry) -> EntityEntry:
    change = entry.change
    if change is not None:
        change = change.model_copy(update={"entity": entry.entity, "previous_entity": entry.entity})
    return entry.model_copy(update={"inputs": (), "outputs": (), "key": "", "change": change})


def bare_city_html(manifest: Manifest) -> str:
    """Return the page as it goes to the PDF engine, without its stylesheet."""
    return _html(manifest, None)


def render_city_html(manifest: Manifest) -> str:
    """Return a page for the browser: one file, no script, nothing loaded."""
    return _html(manifest, inline_css(SCREEN_CSS, "city/screen.css"))


def render_city_pdf(manifest: Manifest) -> Rendered:
    """Return the tagged 通报 with the manifest embedded; same manifest, same bytes.

    Raises:
        RenderError: when Pango is missing or the page cannot be laid out.
    """
    day = _NO_DAY if manifest.period is None else manifest.period.end
    enclosure = Enclosure(ENCLOSED, "本次评估的完整清单", manifest_json(enclosed(manifest)), day)
    return tagged_pdf(_html(manifest, None), enclosure, PAPER_CSS, "city/city.css")


def _html(manifest: Manifest, screen_css: Markup | None) -> str:
    template = environment().get_template("city/city.html")
    return template.render(view=build_city_view(manifest), screen_css=screen_css)
