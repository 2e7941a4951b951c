"""What to ask the units: outliers, jumps, likeness. Questions, never verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median

from assessor.city.likeness import alike, resemblance
from schemas.city import QuestionRules
from schemas.manifest import Question
from schemas.result import Assessment, PartScore
from scoring.wording import plain

_STANDARD = QuestionRules()


def outliers(results: Sequence[Assessment], rules: QuestionRules = _STANDARD) -> list[Question]:
    """Return figures far from what the other units report."""
    by_part: dict[str, list[tuple[str, PartScore, Decimal]]] = {}
    for result in results:
        for part in _figures(result):
            assert isinstance(part.value, Decimal)  # noqa: S101 - _figures yields these only
            by_part.setdefault(part.code, []).append((result.entity.name, part, part.value))
    found: list[Question] = []
    for rows in by_part.values():
        if len(rows) < rules.outlier_fewest:
            continue
        middle = median(value for _, _, value in rows)
        spread = median(abs(value - middle) for _, _, value in rows)
        for name, part, value in rows:
            far = abs(value - middle)
            is_far = spread and far > rules.outlier_times * spread
            if is_far and far >= _least(part.unit, middle, rules):
                found.append(
                    Question(
                        entity=name,
                        kind="outlier",
                        subject=part.label,
                        found=f"{plain(value)}{part.unit}",
                        compared_with=f"{len(rows)}个单位的中位数 {plain(middle)}{part.unit}",
                    )
                )
    return found


def jumps(
    result: Assessment, previous: Assessment, rules: QuestionRules = _STANDARD
) -> list[Question]:
    """Return figures that moved implausibly against last year."""
    before = {part.code: part for part in _figures(previous)}
    found: list[Question] = []
    for part in _figures(result):
        old = before.get(part.code)
        if old is None or not isinstance(old.value, Decimal) or not isinstance(part.value, Decimal):
            continue
        if abs(part.value - old.value) >= _least(part.unit, old.value, rules):
            found.append(
                Question(
                    entity=result.entity.name,
                    kind="jump",
                    subject=part.label,
                    found=f"{plain(part.value)}{part.unit}",
                    compared_with=f"{previous.period.end.year}年 {plain(old.value)}{part.unit}",
                )
            )
    return found


def _least(unit: str, usual: Decimal, rules: QuestionRules) -> Decimal:
    """Return the smallest difference worth a question: a few cases more or less are none."""
    if unit == "%":
        return rules.change_points
    return max(abs(usual) * rules.change_share, rules.change_least)


def copies(
    sketches: Mapping[str, Sequence[int]],
    last_year: Mapping[str, Sequence[int]],
    rules: QuestionRules = _STANDARD,
) -> list[Question]:
    """Return reports that share much of their text with a neighbour's or with last year's."""
    found: list[Question] = []
    for pair in alike(sketches, rules.copy_percent):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            found.append(_copy(one, f"{other}的报告", pair.percent))
    for name in sorted(set(sketches) & set(last_year)):
        percent = resemblance(sketches[name], last_year[name])
        if percent >= rules.copy_percent:
            found.append(_copy(name, "本单位上年报告", percent))
    return found


def _copy(name: str, other: str, percent: int) -> Question:
    return Question(
        entity=name,
        kind="copy",
        subject="报告文字",
        found=f"约{percent}%相同",
        compared_with=other,
    )


def _figures(result: Assessment) -> Iterable[PartScore]:
    for indicator in result.indicators:
        for part in indicator.parts:
            counts = part.kind not in ("checklist", "tiered", "deadline", "disclosure", "expert")
            if counts and isinstance(part.value, Decimal):
                yield part
