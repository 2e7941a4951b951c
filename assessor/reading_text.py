"""A reading as plain Chinese text for a terminal: everything found, each with quote and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessor import messages
from assessor.columns import table
from assessor.formats import cut
from assessor.reading.printing import as_printed, place_at, place_of
from schemas.reading import (
    ComplianceFinding,
    Confidence,
    Figure,
    FigureStatus,
    Reading,
    Section,
    Statement,
)

QUOTE_LIMIT, HEADING_LIMIT = 120, 40
_NOTHING = "  （无）"
_PLANS = (FigureStatus.PLANNED, FigureStatus.TARGET)
_GROUPS = {
    "ready": "可直接采用的数据",
    "waiting": "待复核的数据",
    "past": "往年、增减或位次（不作当年完成数）",
    "plan": "计划或目标（不计分）",
    "loose": "没有对应填报项的数据",
}


def reading_text(reading: Reading, labels: Mapping[str, str] | None = None) -> str:
    """Return a reading: who, every figure, statement and section, what the checks say.

    Args:
        reading: what was read.
        labels: names of the items, for the findings.
    """
    lines = [*_head(reading), ""]
    groups: dict[str, list[Figure]] = {key: [] for key in _GROUPS}
    for figure in reading.figures:
        groups[_group(figure)].append(figure)
    for key, title in _GROUPS.items():
        members = groups[key]
        rows = (_figure_row(one, reading, key) for one in members)
        lines += [f"{title}（{len(members)}）", table(rows) or _NOTHING, ""]
    said = table(_statement_row(one) for one in reading.statements)
    lines += [f"表述（{len(reading.statements)}）", said or _NOTHING, ""]
    lines += ["章节", table(_section_row(one, reading) for one in reading.sections) or _NOTHING, ""]
    checks = "\n".join(_checks(reading))
    lines += ["报告合规检查", checks or "  （规划、方案不作检查）"]
    if reading.issues:
        lines += ["", "数据质量", *_issues(reading, labels or {})]
    return "\n".join(lines)


def _head(reading: Reading) -> tuple[str, ...]:
    document = reading.document
    level = "" if document.level is None else messages.LEVELS[document.level]
    year = "年度不明" if document.period is None else f"{document.period.end.year}年度"
    who = (
        f"  单位 {document.entity or '不明'} {level}　{year}"
        f"　公开 {document.publish_date or '不明'}"
        f"　落款 {document.signed_date or '不明'}　{messages.DOCUMENT_KINDS[document.kind]}"
    )
    found = (
        f"  数据 {len(reading.figures)} 个，不是数据的数字 {len(reading.discarded)} 个，"
        f"表述 {len(reading.statements)} 条"
    )
    return document.title or document.file, who, found


def _group(figure: Figure) -> str:
    if figure.status in _PLANS:
        return "plan"
    if figure.status is not FigureStatus.ACHIEVED:
        return "past"
    if figure.item is None:
        return "loose"
    return "waiting" if figure.confidence is Confidence.REVIEW else "ready"


def _figure_row(figure: Figure, reading: Reading, group: str) -> tuple[str, ...]:
    name = figure.item_label or "—"
    codes = f"（{'、'.join(figure.indicators)}）" if figure.indicators else ""
    others = "、".join(
        one.item_label for one in figure.suggestions if one.item_label != figure.item_label
    )
    why = f"{figure.reason}；也可能是 {others}" if group == "waiting" and others else figure.reason
    return (
        f"  {as_printed(figure, reading.document.text)}",
        f"{name}{codes}",
        messages.FIGURE_STATUSES[figure.status.value],
        place_of(figure.block, figure.page),
        _quoted(figure.quote),
        why,
    )


def _statement_row(one: Statement) -> tuple[str, ...]:
    codes = f"（{'、'.join(one.indicators)}）" if one.indicators else ""
    return (
        f"  {one.evidence_level.value}",
        messages.POLARITIES[one.polarity],
        f"{one.item_label}{codes}",
        place_of(one.block, one.page),
        _quoted(one.quote),
    )


def _section_row(one: Section, reading: Reading) -> tuple[str, ...]:
    """Return role, place and heading; a part in running text has no heading of its own."""
    first, last = one.first_block + 1, one.last_block + 1
    where = f"第{first}段" if first == last else f"第{first}至{last}段"
    document = reading.document
    block = document.blocks[one.first_block]
    words = document.text[block.start : block.end].strip()
    own = one.heading.strip() in words
    title = one.heading if own else f"（没有单列标题）{cut(words, HEADING_LIMIT)}"
    return (f"  {messages.SECTION_ROLES[one.role.value]}", where, title)


def _checks(reading: Reading) -> Iterator[str]:
    """Yield a line for each check, and under it its quote with the place."""
    rows = [_check_row(one) for one in reading.compliance]
    for one, line in zip(reading.compliance, table(rows).split("\n"), strict=False):
        yield line
        if one.quote and one.start is not None:
            yield f"       {_quoted(one.quote)}［{place_at(reading.document, one.start)}］"


def _check_row(one: ComplianceFinding) -> tuple[str, ...]:
    return (f"  {one.code}", messages.COMPLIANCE[one.result.value], one.label, one.reason)


def _issues(reading: Reading, labels: Mapping[str, str]) -> Iterator[str]:
    for one in reading.issues:
        label = labels.get(one.location.item, "")
        yield f"  {messages.issue_sentence(one, label, report=reading.document.file)}"


def _quoted(quote: str) -> str:
    """Return a quote on one line."""
    return f"「{cut(' '.join(quote.split()), QUOTE_LIMIT)}」"
