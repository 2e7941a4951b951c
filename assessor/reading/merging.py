"""The filled form against the published report: agreement strengthens, contradiction is found."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple

from schemas.issue import Issue, IssueCode, Location
from schemas.submission import Answer, Evidence, Submission
from schemas.target import Unit
from scoring.checks import severities
from scoring.rulebook import Rulebook

AGREES = "填报与报告一致"
_DIFFERS = "填报与报告不一致"
_FIELDS = ("value", "numerator", "denominator")
_NO_UNIT = frozenset(("yes_no", "day"))
_HEDGE = Decimal("0.1")
"""How far a hedged figure (余, 近) may be from the exact one it may stand for, as a share."""
_NAMED = 20
"""Items named in the note on agreement; more are counted only."""

Comparison = Literal["same", "other", "nothing"]


class Merged(NamedTuple):
    """One submission out of two."""

    submission: Submission
    issues: tuple[Issue, ...]
    agreed: tuple[str, ...]
    """Items both give with the same value."""


def merge(
    form: Submission,
    report: Submission,
    book: Rulebook,
    file: str = "",
    places: Mapping[str, str] = MappingProxyType({}),
) -> Merged:
    """Return the form completed from the report.

    The form's values stand. Where the report gives the same value its quote is added as
    evidence, marked as agreeing; where it differs a finding and the evidence name both values
    with both places; what only the report gives is taken over.

    Args:
        form: as filled in.
        report: drafted from the published report.
        book: rules.
        file: the form's file.
        places: cell or line of every item of the form.
    """
    mine = {answer.item: answer for answer in form.answers}
    issues: list[Issue] = []
    agreed: list[str] = []
    for theirs in report.answers:
        own = mine.get(theirs.item)
        if own is None or _is_empty(own):
            mine[theirs.item] = theirs
            continue
        if _is_empty(theirs):
            continue
        found = _compare(own, theirs)
        if found == "other":
            place = Location(
                file=file or form.entity.name,
                place=places.get(theirs.item, "") or "填报值",
                item=theirs.item,
                label=book.items[theirs.item].label,
            )
            unit = book.units[book.items[theirs.item].unit]
            issues.append(_contradiction(own, theirs, unit, place, book))
            mine[theirs.item] = _contradicted(own, theirs, unit, place)
            continue
        if found == "same":
            agreed.append(theirs.item)
        mine[theirs.item] = _strengthened(own, theirs, agrees=found == "same")
    merged = form.model_copy(update={"answers": tuple(mine[item] for item in sorted(mine))})
    if agreed:
        issues.append(_agreement(agreed, file or form.entity.name, book))
    return Merged(merged, tuple(issues), tuple(agreed))


def _is_empty(answer: Answer) -> bool:
    return answer.value is None and answer.numerator is None and answer.denominator is None


def _compare(own: Answer, theirs: Answer) -> Comparison:
    """Say whether two answers give one thing; `nothing` when they have nothing in common."""
    field = _differing(own, theirs)
    if field:
        hedged = own.is_approximate or theirs.is_approximate
        return "nothing" if hedged and _is_near(own, theirs, field) else "other"
    both = [_has_both(own, theirs, field) for field in _FIELDS]
    return "same" if any(both) or _rate(own) is not None is not _rate(theirs) else "nothing"


def _differing(own: Answer, theirs: Answer) -> str:
    """Return the first field both give differently; a rate goes by its counts when it must."""
    for field in _FIELDS:
        one, other = getattr(own, field), getattr(theirs, field)
        if _has_both(own, theirs, field) and not _equal(one, other):
            return field
    if _has_both(own, theirs, "value"):
        return ""
    one, other = _rate(own), _rate(theirs)
    return "value" if one is not None and other is not None and not _equal(one, other) else ""


def _has_both(own: Answer, theirs: Answer, field: str) -> bool:
    return getattr(own, field) is not None and getattr(theirs, field) is not None


def _rate(answer: Answer) -> Decimal | None:
    """Return an answer's value, or the rate its counts give."""
    if isinstance(answer.value, Decimal) and not isinstance(answer.value, bool):
        return answer.value
    if answer.value is not None or answer.numerator is None or not answer.denominator:
        return None
    return (answer.numerator * 100 / answer.denominator).quantize(
        Decimal("0.0001"), rounding=ROUND_HALF_UP
    )


def _equal(one: object, other: object) -> bool:
    """Return whether two values are equal at the coarser of their precisions."""
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return one == other
    step = Decimal(1).scaleb(max(int(one.as_tuple().exponent), int(other.as_tuple().exponent), -4))
    if step > 1:
        return one == other
    return one.quantize(step, ROUND_HALF_UP) == other.quantize(step, ROUND_HALF_UP)


def _is_near(own: Answer, theirs: Answer, field: str) -> bool:
    one, other = getattr(own, field), getattr(theirs, field)
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return False
    return abs(one - other) <= _HEDGE * max(abs(one), abs(other))


def _strengthened(own: Answer, theirs: Answer, *, agrees: bool) -> Answer:
    """Return the form's answer with the report's quotes beside its own."""
    quotes = theirs.evidence
    note = own.note
    if agrees:
        quotes = tuple(_marked(one, AGREES) for one in quotes)
        note = "；".join(part for part in (own.note, AGREES) if part)
    evidence = tuple(dict.fromkeys((*own.evidence, *quotes)))
    return own.model_copy(update={"evidence": evidence, "note": note})


def _contradicted(own: Answer, theirs: Answer, unit: Unit, place: Location) -> Answer:
    """Return the form's answer with both values and both places as its first evidence."""
    mine, published = _shown_apart(own, theirs, unit)
    typed = Evidence(quote=f"填报 {mine}", document=place.file, locator=place.place)
    quotes = [_marked(typed, _DIFFERS)]
    quote = _quote_of(theirs, _differing(own, theirs))
    if quote is not None:
        quotes.append(_marked(quote, _DIFFERS))
    note = f"{_DIFFERS}：填报 {mine}，报告 {published}"
    return own.model_copy(
        update={
            "evidence": tuple(dict.fromkeys((*quotes, *own.evidence))),
            "note": "；".join(part for part in (own.note, note) if part),
        }
    )


def _marked(evidence: Evidence, mark: str) -> Evidence:
    return evidence.model_copy(update={"locator": f"{evidence.locator}（{mark}）"})


def _quote_of(answer: Answer, field: str) -> Evidence | None:
    """Return the quote of one field's own figure; a drafted answer has one quote per field."""
    given = [name for name in _FIELDS if getattr(answer, name) is not None]
    if not answer.evidence:
        return None
    index = given.index(field) if field in given else 0
    return answer.evidence[min(index, len(answer.evidence) - 1)]


def _contradiction(
    own: Answer, theirs: Answer, unit: Unit, place: Location, book: Rulebook
) -> Issue:
    quote = _quote_of(theirs, _differing(own, theirs))
    where = "" if quote is None else f"（{quote.document} {quote.locator}：{quote.quote[:50]}）"
    mine, published = _shown_apart(own, theirs, unit)
    return Issue(
        code=IssueCode.FORM_CONTRADICTS,
        severity=severities(book)[IssueCode.FORM_CONTRADICTS],
        location=place,
        found=f"填报 {mine}，报告 {published}{where}",
    )


def _agreement(agreed: list[str], file: str, book: Rulebook) -> Issue:
    labels = "、".join(book.items[item].label for item in agreed[:_NAMED])
    more = "等" if len(agreed) > _NAMED else ""
    return Issue(
        code=IssueCode.FORM_AGREES,
        severity=severities(book)[IssueCode.FORM_AGREES],
        location=Location(file=file),
        found=f"{len(agreed)} 项：{labels}{more}",
    )


def _shown_apart(own: Answer, theirs: Answer, unit: Unit) -> tuple[str, str]:
    """Return both as printed; equal values are told apart by their numerators and denominators."""
    mine, published = _shown(own, unit), _shown(theirs, unit)
    if mine != published:
        return mine, published
    return f"{mine}（{_parts(own)}）", f"{published}（{_parts(theirs)}）"


def _parts(answer: Answer) -> str:
    numerator, denominator = answer.numerator, answer.denominator
    return "/".join("—" if part is None else str(part) for part in (numerator, denominator))


def _shown(answer: Answer, unit: Unit) -> str:
    value = answer.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is not None:
        return str(value) if unit.dimension in _NO_UNIT else f"{value}{unit.label}"
    return _parts(answer)
