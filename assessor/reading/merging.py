"""The filled form against the published report: agreement strengthens, contradiction is found."""

from __future__ import annotations

from typing import NamedTuple

from schemas.issue import Issue, IssueCode, Location
from schemas.submission import Answer, Submission
from scoring.checks import severities
from scoring.rulebook import Rulebook


class Merged(NamedTuple):
    """One submission out of two."""

    submission: Submission
    issues: tuple[Issue, ...]
    agreed: tuple[str, ...]
    """Items both give with the same value."""


def merge(form: Submission, report: Submission, book: Rulebook, file: str = "") -> Merged:
    """Return the form completed from the report.

    The form's values stand. Where the report gives the same value its quote is added as
    evidence; where it differs a finding names both; what only the report gives is taken over.
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
        if _same(own, theirs):
            agreed.append(theirs.item)
            evidence = tuple(dict.fromkeys((*own.evidence, *theirs.evidence)))
            mine[theirs.item] = own.model_copy(update={"evidence": evidence})
        else:
            issues.append(_contradiction(own, theirs, file or form.entity.name, book))
    merged = form.model_copy(update={"answers": tuple(mine[item] for item in sorted(mine))})
    return Merged(merged, tuple(issues), tuple(agreed))


def _is_empty(answer: Answer) -> bool:
    return answer.value is None and answer.numerator is None and answer.denominator is None


def _same(own: Answer, theirs: Answer) -> bool:
    pairs = (
        (own.value, theirs.value),
        (own.numerator, theirs.numerator),
        (own.denominator, theirs.denominator),
    )
    return all(a == b for a, b in pairs if a is not None and b is not None)


def _contradiction(own: Answer, theirs: Answer, file: str, book: Rulebook) -> Issue:
    quote = theirs.evidence[0] if theirs.evidence else None
    where = "" if quote is None else f"（{quote.document} {quote.locator}：{quote.quote[:50]}）"
    mine, published = _shown_apart(own, theirs)
    return Issue(
        code=IssueCode.FORM_CONTRADICTS,
        severity=severities(book)[IssueCode.FORM_CONTRADICTS],
        location=Location(file=file, place="填报值", item=own.item),
        found=f"填报 {mine}，报告 {published}{where}",
    )


def _shown_apart(own: Answer, theirs: Answer) -> tuple[str, str]:
    """Return both as printed; equal values are told apart by their numerators and denominators."""
    mine, published = _shown(own), _shown(theirs)
    if mine != published:
        return mine, published
    return f"{mine}（{_parts(own)}）", f"{published}（{_parts(theirs)}）"


def _parts(answer: Answer) -> str:
    numerator, denominator = answer.numerator, answer.denominator
    return "/".join("—" if part is None else str(part) for part in (numerator, denominator))


def _shown(answer: Answer) -> str:
    value = answer.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is not None:
        return str(value)
    return _parts(answer)
