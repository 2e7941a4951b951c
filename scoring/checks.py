"""Checks of a submission's figures: ranges, ratios, sums, years, evidence. All at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.submission import Answer, Submission
from schemas.target import Item, Unit
from scoring.rounding import EXACT, HUNDRED
from scoring.rulebook import Rulebook
from scoring.wording import plain

_NO_CAUSE = frozenset(("", "/", "-", "—", "——", "√", "是", "无", "不适用"))
"""Written where a cause belongs, and no cause."""
_TIERS = (Decimal(0), Decimal(1), Decimal(2), Decimal(3))


class Finding(NamedTuple):
    """An issue before it has a severity and a file."""

    code: IssueCode
    item: str
    field: str
    found: str
    allowed: str


def severities(book: Rulebook) -> dict[IssueCode, Severity]:
    """Return how grave each code is, from `checks.yaml`."""
    return {row.code: row.severity for row in book.checks.severities}


def check_submission(submission: Submission, book: Rulebook, file: str = "") -> tuple[Issue, ...]:
    """Return every finding about the figures of a submission, in order of its answers."""
    grave = severities(book)
    return tuple(
        Issue(
            code=finding.code,
            severity=grave[finding.code],
            location=Location(file=file, place=finding.field, item=finding.item),
            found=finding.found,
            allowed=finding.allowed,
        )
        for finding in _findings(submission, book)
    )


def _findings(submission: Submission, book: Rulebook) -> Iterator[Finding]:
    seen: set[str] = set()
    for answer in submission.answers:
        item = book.items.get(answer.item)
        if answer.item in seen:
            yield Finding(IssueCode.ITEM_DUPLICATED, answer.item, "item", answer.item, "")
        seen.add(answer.item)
        if item is None:
            yield Finding(IssueCode.ITEM_UNKNOWN, answer.item, "item", answer.item, "")
            continue
        unit = book.units[item.unit]
        yield from _value(answer, unit)
        yield from _unit(answer, unit)
        yield from _ratio(answer, unit)
        yield from _context(answer, item, submission)
    yield from _relations({a.item: a for a in submission.answers}, book)


def _value(answer: Answer, unit: Unit) -> Iterator[Finding]:  # noqa: C901 - one branch per dimension
    value, item = answer.value, answer.item
    if value is None:
        return
    text = str(value)
    if unit.dimension == "yes_no":
        if not isinstance(value, bool):
            yield Finding(IssueCode.VALUE_NOT_YES_NO, item, "value", text, "是、否")
        return
    if unit.dimension == "day":
        if not isinstance(value, date):
            yield Finding(IssueCode.VALUE_NOT_DAY, item, "value", text, "YYYY-MM-DD")
        return
    if isinstance(value, bool | date):
        yield Finding(IssueCode.VALUE_NOT_NUMBER, item, "value", text, unit.label)
        return
    if unit.dimension == "tier":
        if value not in _TIERS:
            yield Finding(IssueCode.VALUE_NOT_TIER, item, "value", text, "0、1、2、3")
        return
    for field, number in (("value", value), ("previous", answer.previous)):
        if number is not None:
            yield from _range(item, field, number, unit)


def _range(item: str, field: str, number: Decimal, unit: Unit) -> Iterator[Finding]:
    low, high = unit.minimum, unit.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        allowed = f"{'' if low is None else plain(low)}～{'' if high is None else plain(high)}"
        yield Finding(
            IssueCode.VALUE_OUT_OF_RANGE, item, field, plain(number), f"{allowed}{unit.label}"
        )
    elif unit.whole and number != number.to_integral_value():
        yield Finding(IssueCode.VALUE_NOT_WHOLE, item, field, plain(number), f"整数{unit.label}")


def _unit(answer: Answer, unit: Unit) -> Iterator[Finding]:
    written = answer.unit.strip()
    same = {unit.label, unit.id, "％" if unit.label == "%" else unit.label, ""}
    if written not in same:
        yield Finding(IssueCode.UNIT_MISMATCH, answer.item, "unit", written, unit.label)


def _ratio(answer: Answer, unit: Unit) -> Iterator[Finding]:
    part, whole, item = answer.numerator, answer.denominator, answer.item
    if part is not None and whole is not None and part > whole and unit.maximum == HUNDRED:
        text = f"{plain(part)}/{plain(whole)}"
        yield Finding(IssueCode.NUMERATOR_EXCEEDS, item, "numerator", text, f"≤{plain(whole)}")
        return
    if unit.id != "percent":
        return
    value = answer.value
    if not isinstance(value, Decimal):
        if (part is None) != (whole is None):
            text = "分子" if part is not None else "分母"
            yield Finding(IssueCode.RATIO_INCOMPLETE, item, "value", text, "分子与分母")
        return
    if not whole:
        return
    if part is not None:
        computed = EXACT.divide(part * HUNDRED, whole)
        rounded = computed.quantize(value, rounding=ROUND_HALF_UP)
        if rounded != value:
            yield Finding(
                IssueCode.RATIO_MISMATCH,
                item,
                "value",
                plain(value),
                f"{plain(part)}÷{plain(whole)}＝{plain(rounded)}%",
            )
    elif whole == whole.to_integral_value():
        yield from _whole_numerator(item, value, whole)


def _whole_numerator(item: str, value: Decimal, whole: Decimal) -> Iterator[Finding]:
    """A rate of cases must come from a whole number of cases, at the precision it is given."""
    half = Decimal(1).scaleb(int(value.as_tuple().exponent)) / 2
    low = EXACT.multiply(max(value - half, Decimal(0)), whole) / HUNDRED
    high = EXACT.multiply(value + half, whole) / HUNDRED
    nearest = low.to_integral_value(rounding="ROUND_CEILING")
    if nearest > high or (nearest == high and nearest != value * whole / HUNDRED):
        cases = EXACT.divide(value * whole, HUNDRED)
        yield Finding(
            IssueCode.RATIO_NOT_WHOLE,
            item,
            "value",
            f"{plain(value)}%×{plain(whole)}＝{plain(cases)}",
            "整数",
        )


def _context(answer: Answer, item: Item, submission: Submission) -> Iterator[Finding]:
    has_value = answer.value is not None or answer.numerator is not None
    if item.evidence_required and has_value and not answer.evidence and not _is_zero(answer):
        yield Finding(
            IssueCode.EVIDENCE_MISSING, answer.item, "evidence", "", item.evidence or item.label
        )
    cause = answer.not_applicable_because
    if cause and cause.strip() in _NO_CAUSE:
        code = IssueCode.NOT_APPLICABLE_WITHOUT_CAUSE
        yield Finding(code, answer.item, "not_applicable_because", cause, "理由")
    if answer.is_approximate:
        text = str(answer.value)
        yield Finding(IssueCode.APPROXIMATE, answer.item, "value", text, "准确数")
    if isinstance(answer.value, date):
        years = (submission.period.end.year, submission.period.end.year + 1)
        if answer.value.year not in years or answer.value <= submission.period.start:
            yield Finding(
                IssueCode.YEAR_MISMATCH,
                answer.item,
                "value",
                answer.value.isoformat(),
                f"{years[0]}、{years[1]}",
            )


def _is_zero(answer: Answer) -> bool:
    return isinstance(answer.value, Decimal) and answer.value == 0


def _relations(answers: Mapping[str, Answer], book: Rulebook) -> Iterator[Finding]:
    for rule in book.checks.sums:
        whole, parts = _number(answers, rule.whole), _numbers(answers, rule.parts)
        if whole is not None and parts is not None and sum(parts) != whole:
            total = "＋".join(plain(part) for part in parts)
            found = f"{plain(whole)}≠{total}＝{plain(sum(parts, Decimal(0)))}"
            yield Finding(IssueCode.PARTS_SUM, rule.whole, "value", found, rule.why)
    for pair in book.checks.at_least:
        large, small = _number(answers, pair.larger), _number(answers, pair.smaller)
        if large is not None and small is not None and large < small:
            found = f"{plain(large)}＜{plain(small)}"
            yield Finding(IssueCode.CUMULATIVE_BELOW_YEARLY, pair.larger, "value", found, pair.why)


def _number(answers: Mapping[str, Answer], item: str) -> Decimal | None:
    answer = answers.get(item)
    return answer.value if answer is not None and isinstance(answer.value, Decimal) else None


def _numbers(answers: Mapping[str, Answer], items: Iterable[str]) -> list[Decimal] | None:
    found = [_number(answers, item) for item in items]
    return None if None in found else [number for number in found if number is not None]
