"""A manifest written unit by unit is the one written whole, byte for byte."""

from __future__ import annotations

import pytest

from assessor.city.manifest_file import pieces, write_manifest
from schemas.manifest import EntityEntry, Manifest

ODD = '县",\n  "entities": [],\n\u2028\\'


def manifest_of(*names: str, title: str = "临江市") -> Manifest:
    entities = [
        EntityEntry(entity=name, level=None, mode=None, status="missing", reason=f"第一行\n{name}")
        for name in names
    ]
    return Manifest(
        engine="1", title=title, period=None, rules=None, weight_provenance=None, entities=entities
    )


@pytest.mark.parametrize("names", [(), ("甲县",), ("甲县", "乙县", ODD)])
@pytest.mark.parametrize("title", ["临江市", ODD])
def test_the_pieces_make_the_whole(names, title):
    manifest = manifest_of(*names, title=title)

    whole = manifest.model_dump_json(indent=2, by_alias=True) + "\n"

    assert b"".join(pieces(manifest)).decode() == whole


def test_a_whole_city_is_written_the_same(city, tmp_path):
    folder = city.write_forms(tmp_path / "in", "甲县", "乙县")
    manifest = city.run_in(folder, tmp_path / "out")
    write_manifest(manifest, tmp_path / "again.json")

    whole = manifest.model_dump_json(indent=2, by_alias=True) + "\n"
    assert (tmp_path / "again.json").read_text("utf-8") == whole
    assert (tmp_path / "out" / "manifest.json").read_text("utf-8") == whole
