"""What was read in a published report: blocks, figures, statements, compliance."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Day, Level, Model, Number, Slug
from schemas.issue import Issue
from schemas.submission import EvidenceLevel, Period, Sha256

Offset = Annotated[int, Field(ge=0)]
"""Offset into `ReadDocument.text`, counted in Unicode code points."""


class BlockFlag(StrEnum):
    """What makes a block's text doubtful as evidence; each one sends its figures to review."""

    TRACKED = "tracked"
    """Inserted under tracked changes."""
    HIDDEN = "hidden"
    STRUCK = "struck"
    TEXT_BOX = "text_box"
    HEADER = "header"
    """Header or footer."""
    FOOTNOTE = "footnote"
    """Footnote or endnote."""
    OCR = "ocr"
    DAMAGED = "damaged"
    """Undecodable bytes were replaced in it."""


class BlockKind(StrEnum):
    """What a block is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    """One cell of a table; `table` says where."""
    NOTE = "note"


class CellPlace(Model):
    """Where a cell stands; rows and columns count from 1, merged cells once at their first."""

    table: Annotated[int, Field(ge=1)]
    row: Annotated[int, Field(ge=1)]
    column: Annotated[int, Field(ge=1)]
    width: Annotated[int, Field(ge=1)] = 1
    """Columns it reaches over."""
    height: Annotated[int, Field(ge=1)] = 1
    """Rows it reaches over."""
    is_header: bool = False
    outer: CellPlace | None = None
    """Cell of the table around it, for a table inside a table."""


class Block(Model):
    """One paragraph, heading or table cell."""

    index: Offset
    kind: BlockKind
    start: Offset
    end: Offset
    """`text[start:end]` is the block's text, exclusive end."""
    page: Annotated[int, Field(ge=1)] | None = None
    """Page it begins on, PDF only."""
    number: str = ""
    """Automatic number of a list or heading (`一、`), not part of the text."""
    cell: CellPlace | None = None
    section: tuple[Offset, ...] = ()
    """Indexes of the headings it stands under, the outermost first; a heading not its own."""
    flags: tuple[BlockFlag, ...] = ()


class ReadDocument(Model):
    """A document as text and blocks; `text[start:end]` equals every quote taken from it."""

    text: str
    """All blocks in reading order, each followed by a line feed."""
    sha256: Sha256
    """Of the file's bytes."""
    format: Literal["txt", "html", "mht", "docx", "pdf", "doc", "wps"]
    file: str
    title: str = ""
    entity: str = ""
    level: Level | None = None
    period: Period | None = None
    publish_date: Day | None = None
    """Day the page was published, from its metadata or head; never from the text."""
    publish_words: str = ""
    """The line that names that day, left out of `text` with the page's other metadata."""
    column: str = ""
    """Where on its site the page stands (首页 > 政务公开), left out of `text`."""
    source: str = ""
    """Who the page says it comes from (来源), from its metadata or head; never from the text."""
    signed_date: Day | None = None
    kind: Literal["report", "plan", "other"] = "other"
    blocks: tuple[Block, ...]


class Bound(StrEnum):
    """How exact a figure is meant."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    """余, 多, 超, 以上."""
    AT_MOST = "at_most"
    """近, 不到, 以下, 以内."""
    APPROX = "approx"
    """约, 左右, and two opposite hedges at once."""


class FigureStatus(StrEnum):
    """Whether a figure reports, promises or compares."""

    ACHIEVED = "achieved"
    PLANNED = "planned"
    TARGET = "target"
    PREVIOUS_YEAR = "previous_year"
    CHANGE = "change"
    RANK = "rank"


class Confidence(StrEnum):
    """Whether a link may count by itself."""

    ACCEPTED = "accepted"
    """Unique, same clause, no flag, all checks passed."""
    REVIEW = "review"
    """A person decides; see `suggestions`."""
    NONE = "none"
    """Not linked to any item."""


class Suggestion(Model):
    """An item a figure may belong to."""

    item: Slug
    item_label: str
    score: Number
    """0–1, two places; for the order only."""


class FigureUse(StrEnum):
    """What became of a figure in the end."""

    SCORED = "scored"
    """A part that counts in the total rests on it."""
    UNCOUNTED = "uncounted"
    """Taken for an indicator that does not count in this total."""
    LINKED = "linked"
    """Recognised; no indicator asks for it, or another quote of the item was taken."""
    WAITING = "waiting"
    PAST = "past"
    """Last year's, a change or a rank."""
    PLAN = "plan"
    LOOSE = "loose"
    """No item fits."""


class StatementUse(StrEnum):
    """What became of a statement in the end."""

    SCORED = "scored"
    UNCOUNTED = "uncounted"
    UNUSED = "unused"
    """Another statement or figure of the same item was taken."""
    NEGATIVE = "negative"
    """An admitted weakness, or something denied."""
    PLANNED = "planned"


class Figure(Model):
    """One figure of a report."""

    quote: str
    """The clause it stands in; equals `text[start:end]`."""
    start: Offset
    end: Offset
    number_text: str
    """The number as printed, without its unit."""
    number_start: Offset
    number_end: Offset
    value: Number
    """Percent as printed, 万 and 亿 expanded."""
    unit: str
    bound: Bound = Bound.EXACT
    status: FigureStatus = FigureStatus.ACHIEVED
    year: int | None = None
    scope: str = ""
    item: Slug | None = None
    item_label: str = ""
    feeds: Slug | None = None
    """Scored item it fills, as value, numerator or denominator; null when it serves none."""
    also: tuple[Slug, ...] = ()
    """Further items the same number gives: 开通率、激活率均达到100%."""
    indicators: tuple[str, ...] = ()
    confidence: Confidence = Confidence.NONE
    reason: str = ""
    """Why it was linked, or why not, in Chinese."""
    suggestions: tuple[Suggestion, ...] = ()
    role: Literal["value", "numerator", "denominator"] = "value"
    group: int | None = None
    """Figures of one rate (numerator, denominator, rate) share a group number."""
    is_cumulative: bool = False
    """A stock (累计, 建成) rather than this year's flow."""
    flags: tuple[str, ...] = ()
    block: Offset
    page: int | None = None


class Statement(Model):
    """A sentence that says something about a qualitative item."""

    quote: str
    start: Offset
    end: Offset
    item: Slug
    item_label: str
    indicators: tuple[str, ...]
    evidence_level: EvidenceLevel
    polarity: Literal["positive", "negative", "planned"]
    """`negative`: admitted weakness or negated; `planned`: only promised or demanded."""
    is_claim: bool = False
    """A claim of full coverage without a figure."""
    day: Day | None = None
    """For items that ask for a day."""
    reason: str
    block: Offset
    page: int | None = None
    flags: tuple[str, ...] = ()


class ComplianceResult(StrEnum):
    """What a compliance check found."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    DOUBTFUL = "doubtful"
    CANNOT_TELL = "cannot_tell"


class ComplianceFinding(Model):
    """One compliance check of the report itself."""

    code: str
    """K01–K26."""
    label: str
    severity: Literal["high", "medium", "low"]
    result: ComplianceResult
    reason: str
    """What was found or is missing, in Chinese."""
    quote: str = ""
    start: Offset | None = None
    end: Offset | None = None
    basis: str = ""
    """Rule it rests on."""


class SectionRole(StrEnum):
    """What a part of a report is about; it decides the status of its figures."""

    RESULTS = "results"
    SHORTCOMINGS = "shortcomings"
    CAUSES = "causes"
    FIRST_RESPONSIBLE = "first_responsible"
    NEXT_YEAR = "next_year"
    OTHER = "other"


class Section(Model):
    """A run of blocks under one heading."""

    role: SectionRole
    heading: str
    first_block: Offset
    last_block: Offset
    """Inclusive."""


class Discarded(Model):
    """A number that is no figure, and why."""

    quote: str
    start: Offset
    end: Offset
    why: str


class Reading(Model):
    """Everything read in one report."""

    schema_name: Literal["reading/1"] = "reading/1"
    document: ReadDocument
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    discarded: tuple[Discarded, ...] = ()
    statements: tuple[Statement, ...] = ()
    compliance: tuple[ComplianceFinding, ...] = ()
    issues: tuple[Issue, ...] = ()
