"""The manifest without names, for circulation: codes, and nothing that gives a name away."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from schemas.manifest import Manifest

_DROPPED = ("inputs", "outputs", "key", "reason")
_NAMED = frozenset(
    ("entity", "previous_entity", "tied_with", "not_separable_from", "title", "found")
) | {"compared_with", "subject"}
"""Fields a name in plain letters is looked for in; elsewhere `met` is an outcome, not a place."""


def anonymised(manifest: Manifest) -> Manifest:
    """Return the same manifest with every unit's name replaced by a code.

    Codes follow the order of the names' hashes, mixed with those of the papers, so that they tell
    neither rank nor alphabet and nobody without the papers can work them out; file names, hashes
    and reasons, which could give a name away, are left out.
    """
    secret = "".join(sorted(entry.key for entry in manifest.entities))
    names = sorted(
        {entry.entity for entry in manifest.entities},
        key=lambda name: hashlib.sha256(f"{secret}/{name}".encode()).hexdigest(),
    )
    codes = {name: f"单位{index:03d}" for index, name in enumerate(names, start=1)}
    value: Any = json.loads(manifest.model_dump_json(by_alias=True))
    for entry in value["entities"]:
        for field in _DROPPED:
            entry[field] = [] if field in ("inputs", "outputs") else ""
        if entry["change"] is not None:
            entry["change"]["previous_entity"] = entry["change"]["entity"]
    value["issues"], value["inputs"], value["outputs"] = [], [], []
    replaced = _Replacer(codes).replaced(value)
    replaced["is_anonymous"] = True
    replaced["entities"].sort(key=lambda entry: entry["entity"])
    return Manifest.model_validate(replaced)


class _Replacer:
    """Puts codes for names, longest names first, each place once."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        self._codes = codes
        self._everywhere = _pattern([name for name in codes if not name.isascii()])
        self._where_named = _pattern(list(codes))

    def replaced(self, value: Any, field: str = "") -> Any:
        """Return a value of JSON with codes for names; the keys of objects are no names."""
        if isinstance(value, dict):
            return {key: self.replaced(child, key) for key, child in value.items()}
        if isinstance(value, list):
            return [self.replaced(child, field) for child in value]
        pattern = self._where_named if field in _NAMED else self._everywhere
        if isinstance(value, str):
            return pattern.sub(lambda found: self._codes[found.group()], value)
        return value


def _pattern(names: list[str]) -> re.Pattern[str]:
    names.sort(key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")
