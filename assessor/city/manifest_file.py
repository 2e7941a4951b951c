"""The manifest as a file: written unit by unit, for a big city's would fill the memory as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic_core import to_json

from assessor.store import write_atomic
from schemas.manifest import Manifest

_INDENT = 2
_EMPTY, _OPEN, _CLOSE = b'\n  "entities": [],', b'\n  "entities": [', b"\n  ],"
_STEP = b"\n" + b" " * 2 * _INDENT


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest as canonical JSON, atomically; same manifest, same bytes."""

    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:
            file.writelines(pieces(manifest))

    write_atomic(path, write)


def pieces(manifest: Manifest) -> Iterator[bytes]:
    """Yield what `manifest.model_dump_json(indent=2, by_alias=True)` and a line end come to.

    JSON text holds no line end inside a string, so that the empty list is found only where it
    stands, and the lines of a unit can be moved to the right.
    """
    without = manifest.model_copy(update={"entities": ()})
    shell = to_json(without, indent=_INDENT, by_alias=True)
    if not manifest.entities:
        yield shell + b"\n"
        return
    head, tail = shell.split(_EMPTY)
    del shell
    yield head + _OPEN
    for number, entity in enumerate(manifest.entities):
        text = to_json(entity, indent=_INDENT, by_alias=True)
        yield (b"," if number else b"") + _STEP + text.replace(b"\n", _STEP)
    yield _CLOSE + tail + b"\n"
