"""Questions to an archive: history of a unit, two units compared, what-if over a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assessor.city.archive import Archive, Entry
from assessor.city.storing import unpacked
from schemas.base import parse_answer_value
from schemas.city import (
    Change,
    Difference,
    DropEntity,
    DropIndicator,
    SetPolicy,
    SetTarget,
    SetValue,
    SetWeight,
    Supposition,
    SwapWeights,
    WhatIf,
)
from schemas.errors import AssessorError
from schemas.manifest import Manifest
from scoring.change import Filing, compare_results, explain_change, rescore_under
from scoring.ruler import Ruler
from scoring.ruler_content import ruler_from
from scoring.whatif import City, what_if


def read_manifest(path: Path) -> Manifest:
    """Read a run's manifest; a folder stands for its manifest.json.

    Raises:
        AssessorError: when it is not there or not a manifest.
    """
    place = path / "manifest.json" if path.is_dir() else path
    try:
        return Manifest.model_validate_json(place.read_bytes())
    except OSError as error:
        raise AssessorError(f"没有 {place}；请先运行 assessor batch") from error
    except ValueError as error:
        raise AssessorError(f"{place} 不是 assessor batch 写出的清单") from error


def history(archive: Archive, entity: str) -> list[tuple[Entry, Change | None]]:
    """Return a unit's newest assessment of each year, with the change against the one before.

    Raises:
        AssessorError: when the archive has nothing of that name.
    """
    newest: dict[str, Entry] = {entry.period_end: entry for entry in archive.entries(entity)}
    if not newest:
        names = "、".join(archive.names()[:20]) or "（空）"
        raise AssessorError(f"档案中没有“{entity}”；已有：{names}")
    found: list[tuple[Entry, Change | None]] = []
    previous: Entry | None = None
    for entry in newest.values():
        found.append((entry, _change(archive, previous, entry)))
        previous = entry
    return found


def compare(archive: Archive, one: str, other: str) -> Difference:
    """Compare the newest assessments of two units; the first is scored again when rulers differ.

    Raises:
        AssessorError: when a unit is unknown or has no total.
    """
    before, after = (history(archive, name)[-1][0] for name in (one, other))
    result = before.result
    if before.ruler != after.ruler:
        result = rescore_under(_filing(archive, before), ruler_of(archive, after.ruler))
    return compare_results(result, after.result)


def ask_what_if(
    archive: Archive, manifest: Manifest, suppositions: Sequence[Supposition]
) -> WhatIf:
    """Apply suppositions to everyone scored in a run.

    Raises:
        AssessorError: when the run scored nobody, or a supposition does not fit.
    """
    entries = [archive.entry(one.key) for one in manifest.entities if one.status == "scored"]
    if not entries:
        raise AssessorError("这次运行没有评出任何单位")
    city = City(
        submissions=tuple(entry.submission for entry in entries),
        ruler=ruler_of(archive, entries[0].ruler),
        reviews={e.entity: e.review for e in entries if e.review is not None},
        as_of=entries[0].result.as_of,
    )
    return what_if(city, suppositions, manifest.city_rules)


def ruler_of(archive: Archive, digest: str) -> Ruler:
    """Return the ruler an assessment was made with.

    Raises:
        AssessorError: when the archive does not hold it.
    """
    content = archive.ruler(digest)
    if content is None:
        raise AssessorError(f"档案中没有标尺 {digest[:16]}")
    return ruler_from(unpacked(content).decode("utf-8"), digest)


def supposition_of(kind: str, text: str) -> Supposition:  # noqa: PLR0911 - one return per kind
    """Read one supposition as typed.

    `value`: `单位:填报项=值` (empty value: nothing reported); `target`: `编号=值`;
    `weight`: `指标=分值`; `policy`, `weights`, `drop-indicator`, `drop-entity`: one name.

    Raises:
        AssessorError: when it cannot be read.
    """
    left, equals, right = text.partition("=")
    entity, colon, item = left.partition(":")
    try:
        match kind:
            case "value" if equals and colon:
                return SetValue(entity=entity, item=item, value=_value(right))
            case "target" if equals:
                return SetTarget.model_validate({"target": left, "value": right})
            case "weight" if equals:
                return SetWeight.model_validate({"code": left, "points": right})
            case "policy":
                return SetPolicy(policy=text)
            case "weights":
                return SwapWeights(weights=text)
            case "drop-indicator":
                return DropIndicator(code=text)
            case "drop-entity":
                return DropEntity(entity=text)
    except ValueError as error:
        raise AssessorError(f"假设“{text}”不合格式：{error}") from error
    forms = {"value": "单位:填报项=值", "target": "目标编号=值", "weight": "指标编号=分值"}
    raise AssessorError(f"假设“{text}”不合格式，应写成 {forms.get(kind, '名称')}")


def _value(text: str) -> object:
    words = {"": None, "是": True, "否": False}
    return words[text] if text in words else parse_answer_value(text.removesuffix("%"))


def _filing(archive: Archive, entry: Entry) -> Filing:
    ruler = ruler_of(archive, entry.ruler)
    return Filing(entry.submission, ruler, entry.review, entry.result.as_of)


def _change(archive: Archive, before: Entry | None, after: Entry) -> Change | None:
    if before is None:
        return None
    try:
        return explain_change(_filing(archive, before), _filing(archive, after))
    except AssessorError:
        return None  # one side has no total, or its ruler cannot be rebuilt
