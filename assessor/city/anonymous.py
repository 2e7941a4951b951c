"""The manifest without names, for circulation: codes, and nothing that gives a name away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from schemas.manifest import Manifest

_DROPPED = ("inputs", "outputs", "key", "reason")


def anonymised(manifest: Manifest) -> Manifest:
    """Return the same manifest with every unit's name replaced by a code.

    Codes follow the order of the names' hashes under the ruler, so that they tell neither rank
    nor alphabet; file names, hashes and reasons, which could give a name away, are left out.
    """
    names = sorted(
        (entry.entity for entry in manifest.entities), key=lambda name: _mixed(name, manifest)
    )
    codes = {name: f"单位{index:03d}" for index, name in enumerate(names, start=1)}
    value: Any = json.loads(manifest.model_dump_json(by_alias=True))
    for entry in value["entities"]:
        for field in _DROPPED:
            entry[field] = [] if field in ("inputs", "outputs") else ""
        if entry["change"] is not None:
            entry["change"]["previous_entity"] = entry["change"]["entity"]
    value["issues"], value["outputs"] = [], []
    replaced = _replaced(value, codes)
    replaced["title"] = manifest.title
    replaced["is_anonymous"] = True
    replaced["entities"].sort(key=lambda entry: entry["entity"])
    return Manifest.model_validate(replaced)


def _mixed(name: str, manifest: Manifest) -> str:
    import hashlib  # noqa: PLC0415 - only here

    ruler = manifest.rules.ruler if manifest.rules is not None else ""
    return hashlib.sha256(f"{ruler}/{name}".encode()).hexdigest()


def _replaced(value: Any, codes: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(child, codes) for key, child in value.items()}
    if isinstance(value, list):
        return [_replaced(child, codes) for child in value]
    if isinstance(value, str):
        for name in sorted(codes, key=len, reverse=True):
            if name in value:
                return value.replace(name, codes[name])
    return value
