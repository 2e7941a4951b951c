"""The report with every number marked by what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor import messages
from schemas.reading import Confidence, Discarded, Figure, FigureStatus, Reading

_PLANS = (FigureStatus.PLANNED, FigureStatus.TARGET)
LEGEND = (
    ("scored", "已计分"),
    ("linked", "已识别（不计分项）"),
    ("waiting", "待复核"),
    ("past", "往年、增减或位次"),
    ("plan", "计划或目标"),
    ("loose", "未对应填报项"),
    ("none", "不是数据"),
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `css` is empty for plain text."""

    text: str
    css: str = ""
    title: str = ""


@dataclass(frozen=True)
class MarkedBlock:
    """One paragraph in pieces."""

    place: str
    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class MarkView:
    """Everything the marked page may read."""

    title: str
    facts: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str, str], ...]
    """Class, name, count."""
    blocks: tuple[MarkedBlock, ...]
    compliance: tuple[tuple[str, str, str, str], ...]
    """Code, check, result, reason."""
    notes: tuple[str, ...]


def build_mark(reading: Reading) -> MarkView:
    """Return the marked page of a reading."""
    document = reading.document
    marks = sorted([*_figures(reading), *_dropped(reading)], key=lambda mark: mark[0])
    counts = {css: 0 for css, _ in LEGEND}
    for _, _, piece in marks:
        counts[piece.css] += 1
    roles = {
        index: section.role.value
        for section in reading.sections
        for index in range(section.first_block, section.last_block + 1)
    }
    blocks = tuple(
        MarkedBlock(
            place=(f"第{block.page}页" if block.page else "") + f"第{block.index + 1}段",
            role=messages.SECTION_ROLES[roles.get(block.index, "other")],
            pieces=tuple(_pieces(document.text, block.start, block.end, marks)),
        )
        for block in document.blocks
    )
    return MarkView(
        title=document.title or document.file,
        facts=_facts(reading),
        legend=tuple((css, name, str(counts[css])) for css, name in LEGEND),
        blocks=blocks,
        compliance=tuple(
            (one.code, one.label, messages.COMPLIANCE[one.result.value], one.reason)
            for one in reading.compliance
        ),
        notes=tuple(messages.issue_sentence(issue) for issue in reading.issues),
    )


def _facts(reading: Reading) -> tuple[tuple[str, str], ...]:
    document = reading.document
    level = "" if document.level is None else messages.LEVELS[document.level]
    year = "" if document.period is None else f"{document.period.end.year}年"
    rows = (
        ("单位", f"{document.entity} {level}".strip()),
        ("报告年度", year),
        ("公开日期", str(document.publish_date or "")),
        ("落款日期", str(document.signed_date or "")),
        ("文件", f"{document.file}（SHA-256 {document.sha256[:16]}）"),
    )
    return tuple((name, text or "认不出") for name, text in rows)


def _figures(reading: Reading) -> Iterator[tuple[int, int, Piece]]:
    text = reading.document.text
    for figure in reading.figures:
        start, end = figure.number_start, figure.number_end
        yield start, end, Piece(text[start:end], _css(figure), _title(figure))


def _css(figure: Figure) -> str:
    if figure.status in _PLANS:
        return "plan"
    if figure.status is not FigureStatus.ACHIEVED:
        return "past"
    if figure.item is None:
        return "loose"
    if figure.confidence is Confidence.REVIEW:
        return "waiting"
    return "scored" if figure.feeds else "linked"


def _title(figure: Figure) -> str:
    name = figure.item_label or "未对应"
    codes = f"（{'、'.join(figure.indicators)}）" if figure.indicators else ""
    scope = f"；范围 {figure.scope}" if figure.scope else ""
    year = f"；{figure.year}年" if figure.year else ""
    return f"{name}{codes}＝{figure.value}{figure.unit}{year}{scope}；{figure.reason}"


def _dropped(reading: Reading) -> Iterator[tuple[int, int, Piece]]:
    for one in reading.discarded:
        yield one.start, one.end, _no_figure(one)


def _no_figure(one: Discarded) -> Piece:
    return Piece(one.quote, "none", f"不是数据：{one.why}")


def _pieces(
    text: str, start: int, end: int, marks: list[tuple[int, int, Piece]]
) -> Iterator[Piece]:
    position = start
    for first, last, piece in marks:
        if first < position or last > end:
            continue
        if first > position:
            yield Piece(text[position:first])
        yield piece
        position = last
    if position < end:
        yield Piece(text[position:end])
