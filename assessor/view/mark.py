"""The report with every number and statement marked by what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assessor import messages
from assessor.reading.printing import as_printed, place_at, place_of
from assessor.reading.using import Uses
from schemas.reading import (
    ComplianceFinding,
    Discarded,
    Figure,
    FigureStatus,
    FigureUse,
    Reading,
    Statement,
    StatementUse,
)

NO_FIGURE = "none"
LEGEND = (*messages.FIGURE_USES.items(), (NO_FIGURE, "不是数据"))
SAID = tuple(messages.STATEMENT_USES.items())


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `css` is empty for plain text."""

    text: str
    css: str = ""
    title: str = ""


@dataclass(frozen=True)
class Run:
    """Pieces under the same statements; `css` is empty where nothing was stated."""

    pieces: tuple[Piece, ...]
    css: str = ""
    title: str = ""


@dataclass(frozen=True)
class MarkedBlock:
    """One paragraph in runs."""

    place: str
    role: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class CheckView:
    """One compliance check."""

    code: str
    label: str
    result: str
    reason: str
    quote: str
    place: str


@dataclass(frozen=True)
class MarkView:
    """Everything the marked page may read."""

    title: str
    facts: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str, str], ...]
    """Class, name, count of the figures; the scorecard counts the same way."""
    said: tuple[tuple[str, str, str], ...]
    """Class, name, count of the statements."""
    blocks: tuple[MarkedBlock, ...]
    compliance: tuple[CheckView, ...]
    notes: tuple[str, ...]


Marked = tuple[int, int, Piece]
"""A piece with its span in the document."""
Stated = tuple[Statement, StatementUse]


def build_mark(reading: Reading, uses: Uses, labels: Mapping[str, str]) -> MarkView:
    """Return the marked page of a reading.

    Args:
        reading: what was read.
        uses: what became of each figure and statement.
        labels: names of the items, for the findings.
    """
    document = reading.document
    marks = sorted([*_figures(reading, uses), *_dropped(reading)], key=lambda mark: mark[0])
    counts = {css: 0 for css, _ in LEGEND}
    for _, _, piece in marks:
        counts[piece.css] += 1
    said = {css: sum(use == css for use in uses.statements) for css, _ in SAID}
    return MarkView(
        title=document.title or document.file,
        facts=_facts(reading),
        legend=tuple((css, name, str(counts[css])) for css, name in LEGEND),
        said=tuple((css, name, str(said[css])) for css, name in SAID),
        blocks=_blocks(reading, uses, marks),
        compliance=tuple(_check(one, reading) for one in reading.compliance),
        notes=tuple(
            messages.issue_sentence(
                issue, labels.get(issue.location.item, ""), report=document.file
            )
            for issue in reading.issues
        ),
    )


def _blocks(reading: Reading, uses: Uses, marks: Sequence[Marked]) -> tuple[MarkedBlock, ...]:
    document = reading.document
    roles = {
        index: section.role.value
        for section in reading.sections
        for index in range(section.first_block, section.last_block + 1)
    }
    stated = tuple(zip(reading.statements, uses.statements, strict=True))
    return tuple(
        MarkedBlock(
            place=place_of(block.index, block.page),
            role=messages.SECTION_ROLES[roles.get(block.index, "other")],
            runs=_runs(
                [*_pieces(document.text, block.start, block.end, marks)],
                [pair for pair in stated if pair[0].block == block.index],
            ),
        )
        for block in document.blocks
    )


def _check(one: ComplianceFinding, reading: Reading) -> CheckView:
    place = "" if one.start is None else place_at(reading.document, one.start)
    result = messages.COMPLIANCE[one.result.value]
    return CheckView(one.code, one.label, result, one.reason, one.quote, place)


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


def _figures(reading: Reading, uses: Uses) -> Iterator[Marked]:
    text = reading.document.text
    for figure, use in zip(reading.figures, uses.figures, strict=True):
        start, end = figure.number_start, figure.number_end
        yield start, end, Piece(text[start:end], use.value, _title(figure, use, text))


def _title(figure: Figure, use: FigureUse, text: str) -> str:
    name = figure.item_label or "未对应"
    codes = f"（{'、'.join(figure.indicators)}）" if figure.indicators else ""
    scope = f"；范围 {figure.scope}" if figure.scope else ""
    year = f"；{figure.year}年" if figure.year else ""
    value = f"{figure.value}{figure.unit}"
    printed = as_printed(figure, text)
    words = "" if printed == value else f"（原文 {printed}）"
    became = messages.FIGURE_USES[use.value]
    if figure.status is FigureStatus.PREVIOUS_YEAR and use is FigureUse.SCORED:
        became += "（作上年数比较）"
    return f"{became}：{name}{codes}＝{value}{words}{year}{scope}；{figure.reason}"


def _dropped(reading: Reading) -> Iterator[Marked]:
    for one in reading.discarded:
        yield one.start, one.end, _no_figure(one)


def _no_figure(one: Discarded) -> Piece:
    return Piece(one.quote, NO_FIGURE, f"不是数据：{one.why}")


def _pieces(text: str, start: int, end: int, marks: Sequence[Marked]) -> Iterator[Marked]:
    """Yield a block in pieces with their spans."""
    position = start
    for first, last, piece in marks:
        if first < position or last > end:
            continue
        if first > position:
            yield position, first, Piece(text[position:first])
        yield first, last, piece
        position = last
    if position < end:
        yield position, end, Piece(text[position:end])


def _runs(pieces: Sequence[Marked], stated: Sequence[Stated]) -> tuple[Run, ...]:
    """Return the pieces of a block under the statements that cover them."""
    cuts = {edge for one, _ in stated for edge in (one.start, one.end)}
    parts = [part for piece in pieces for part in _divided(piece, sorted(cuts))]
    covered = [
        (tuple(pair for pair in stated if pair[0].start <= start < pair[0].end), piece)
        for start, _, piece in parts
    ]
    runs = []
    for over, members in groupby(covered, key=lambda one: one[0]):
        held = tuple(piece for _, piece in members)
        runs.append(Run(held, _said_css(over), "\n".join(_said_title(*pair) for pair in over)))
    return tuple(runs)


def _divided(mark: Marked, cuts: Sequence[int]) -> Iterator[Marked]:
    """Yield a plain piece cut at the edges of statements; a number is never cut."""
    start, end, piece = mark
    if piece.css:
        yield mark
        return
    edges = [start, *(cut for cut in cuts if start < cut < end), end]
    for first, last in pairwise(edges):
        yield first, last, Piece(piece.text[first - start : last - start])


def _said_css(over: Sequence[Stated]) -> str:
    """Return the class of the statement that counts most."""
    uses = {use for _, use in over}
    return next((use.value for use in StatementUse if use in uses), "")


def _said_title(one: Statement, use: StatementUse) -> str:
    codes = f"（{'、'.join(one.indicators)}）" if one.indicators else ""
    became = messages.STATEMENT_USES[use.value]
    level, polarity = one.evidence_level.value, messages.POLARITIES[one.polarity]
    return f"表述·{became}：{one.item_label}{codes}，{level}，{polarity}；{one.reason}"
