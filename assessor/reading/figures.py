"""Every figure of a document: number, status, scope and the quantity it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assessor.reading.explaining import label_of, reason_of, suggestions_of
from assessor.reading.lexicon import Lexicon
from assessor.reading.linking import (
    Linker,
    Match,
    Place,
    is_tie,
    names_change,
    places_of,
    shared_names,
    worth_keeping,
)
from assessor.reading.linking.similar import HOW
from assessor.reading.normal import Normal
from assessor.reading.numbers import Discard, Mention, find_numbers
from assessor.reading.sections import Roles
from assessor.reading.sentences import normals_of
from assessor.reading.status import Context, Owner, Standing, standing
from assessor.reading.tables import NOTHING_TOLD, Cell, Tables, link_cell, settled
from assessor.reading.zeros import ZERO_FLAG, find_zeros
from schemas.base import Level
from schemas.reading import (
    Block,
    Bound,
    Confidence,
    Discarded,
    Figure,
    FigureStatus,
    ReadDocument,
    SectionRole,
)

_COUNTED = frozenset((FigureStatus.ACHIEVED,))
_QUOTE_EDGE = ",;:。!?、\n"
_QUOTE_BEFORE, _QUOTE_AFTER = 80, 40


class Found(NamedTuple):
    """Everything numeric in a document."""

    figures: tuple[Figure, ...]
    discarded: tuple[Discarded, ...]


@dataclass(frozen=True)
class Facts:
    """The facts of the document that figures are judged by."""

    year: int | None
    level: Level | None
    is_plan: bool
    entity: str = ""
    """Empty where it is not known."""
    is_report: bool = True

    @cached_property
    def owner(self) -> Owner:
        """Return whose report it is."""
        return Owner(self.level, self.entity)


def find_figures(  # noqa: PLR0913 - a document and everything its numbers are read by
    document: ReadDocument,
    roles: Roles,
    lexicon: Lexicon,
    facts: Facts,
    indicators: Mapping[str, tuple[str, ...]],
    normals: Sequence[Normal] | None = None,
) -> Found:
    """Return all figures in reading order.

    Args:
        document: text and blocks.
        roles: role and heading of every block.
        lexicon: names of the quantities.
        facts: reporting year, level of the entity, plan or report.
        indicators: codes of the indicators each scored item serves.
        normals: the normalised text of every block, where it is at hand.
    """
    linker, tables = Linker(lexicon), Tables(document)
    parts = [
        _scanned(tables, block, normal, roles.headings[block.index])
        for block, normal in zip(document.blocks, normals or normals_of(document), strict=True)
    ]
    linked = [_linked(linker, part) for part in parts]
    figures: list[Figure] = []
    discarded: list[Discarded] = []
    for part, found in zip(parts, linked, strict=True):
        discarded.extend(_discarded(document, part, one) for one in found.dropped)
        for place, matches in found.linked:
            first, _ = part.raw(place.mention.number_start, place.mention.number_end)
            role = roles.at(part.block.index, first)
            figures.append(_figure(document, part, place, matches, role, facts, indicators))
    return Found(tuple(figures), tuple(discarded))


class _Part(NamedTuple):
    """A block with its numbers in their surroundings; a table's cell is read behind its heads."""

    block: Block
    normal: Normal
    heading: str
    cell: Cell | None
    places: Sequence[Place] = ()
    discarded: Sequence[Discard] = ()

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch stands in the document's text."""
        first, last = self.normal.raw_span(start, end)
        return self.block.start + first, self.block.start + last


class _Linked(NamedTuple):
    """The numbers of a part with their terms, and what is no figure."""

    linked: Sequence[tuple[Place, tuple[Match, ...]]]
    dropped: Sequence[Discard]


def _scanned(tables: Tables, block: Block, normal: Normal, heading: str) -> _Part:
    cell = tables.cell(block, normal)
    if cell is not None:
        return _Part(block, normal, heading, cell)
    scan = find_numbers(normal.text)
    places = places_of(normal.text, scan.mentions, heading)
    return _Part(block, normal, heading, None, places, scan.discarded)


def _linked(linker: Linker, part: _Part) -> _Linked:
    if part.cell is not None:
        return _Linked(*link_cell(linker, part.cell.ways, part.normal.text, part.heading))
    links = worth_keeping(part.places, linker.link(part.places))
    zeros = list(find_zeros(part.normal.text, linker.lexicon, part.heading))
    told = {zero.place.mention.number_start for zero in zeros}
    dropped = [one for one in part.discarded if one.start not in told]
    found = [*zip(part.places, links, strict=True), *zeros]
    return _Linked(sorted(found, key=lambda one: one[0].mention.number_start), dropped)


def _discarded(document: ReadDocument, part: _Part, one: Discard) -> Discarded:
    start, end = part.raw(one.start, one.end)
    return Discarded(quote=document.text[start:end], start=start, end=end, why=one.why)


def _figure(  # noqa: PLR0913 - a number with everything that decides its meaning
    document: ReadDocument,
    part: _Part,
    place: Place,
    matches: tuple[Match, ...],
    role: SectionRole,
    facts: Facts,
    indicators: Mapping[str, tuple[str, ...]],
) -> Figure:
    block, mention = part.block, place.mention
    told = part.cell.told if part.cell else NOTHING_TOLD
    is_zero = bool(matches) and matches[0].how == ZERO_FLAG
    also = matches if is_zero else shared_names(place, matches)
    best = also[0] if also else (matches[0] if matches else None)
    context = _context(part, place, best, role, facts)
    stand = settled(standing(context, facts.year, facts.owner), told, facts.year)
    start, end = _quote(part, mention)
    number = part.raw(mention.number_start, mention.number_end)
    flags = _flags(stand, mention, matches, block)
    if not (facts.is_report or facts.is_plan):
        flags = (*flags, "not_report")
    accepted = (
        best is not None
        and stand.status in _COUNTED
        and not set(flags) - {ZERO_FLAG}
        and mention.bound is not Bound.APPROX
    )
    return Figure(
        quote=document.text[start:end],
        start=start,
        end=end,
        number_text=document.text[number[0] : number[1]],
        number_start=number[0],
        number_end=number[1],
        value=mention.value,
        unit=mention.unit,
        bound=mention.bound,
        status=stand.status,
        year=_year(stand, facts),
        scope=stand.scope,
        item=None if best is None else best.term.entry.id,
        item_label="" if best is None else label_of(best, stand, context, mention),
        feeds=None if best is None else best.term.entry.item,
        also=tuple(match.term.entry.id for match in also[1:]),
        indicators=_indicators((*([best] if best else []), *also), indicators),
        confidence=_confidence(best, accepted=accepted),
        reason=reason_of(best, stand, flags),
        suggestions=suggestions_of(matches, accepted=accepted),
        role="value" if best is None else best.term.entry.role,
        is_cumulative=stand.is_cumulative or (best is not None and best.term.entry.stock),
        flags=flags,
        block=block.index,
        page=block.page,
    )


def _context(
    part: _Part, place: Place, best: Match | None, role: SectionRole, facts: Facts
) -> Context:
    """Return where a number stands, as far as its standing is told by it."""
    mention = place.mention
    return Context(
        before=place.left,
        sentence=place.sentence_left,
        after=place.right,
        unit=mention.unit,
        role=role,
        is_plan=facts.is_plan,
        in_parenthesis=place.in_parenthesis,
        hedge=part.normal.text[mention.start : mention.number_start],
        is_rank="rank" in mention.flags,
        names_change=best is not None and names_change(best, place),
    )


def _quote(part: _Part, mention: Mention) -> tuple[int, int]:
    """Return the raw span of the short clause a number stands in, parentheses kept whole."""
    text, start, end = part.normal.text, mention.start, mention.end
    depth = 0
    while start > 0 and mention.start - start < _QUOTE_BEFORE:
        character = text[start - 1]
        depth += (character == ")") - (character == "(")
        if depth < 0 or (depth == 0 and character in _QUOTE_EDGE):
            break
        start -= 1
    depth = 0
    while end < len(text) and end - mention.end < _QUOTE_AFTER:
        depth += (text[end] == "(") - (text[end] == ")")
        if depth < 0 or (depth == 0 and text[end] in _QUOTE_EDGE):
            break
        end += 1
    return part.raw(start, end)


def _flags(
    stand: Standing, mention: Mention, matches: Sequence[Match], block: Block
) -> tuple[str, ...]:
    is_stock = bool(matches) and matches[0].term.entry.stock
    found = [*(flag for flag in stand.flags if not (is_stock and flag == "span")), *mention.flags]
    if matches and matches[0].how in ("elided", "trailing", "share", HOW):
        found.append(matches[0].how)
    if is_tie(matches):
        found.append("tie")
    found += [flag.value for flag in block.flags]
    return tuple(dict.fromkeys(found))


def _year(stand: Standing, facts: Facts) -> int | None:
    if stand.status is FigureStatus.PREVIOUS_YEAR and stand.year == facts.year:
        return None if facts.year is None else facts.year - 1
    if stand.status is FigureStatus.PLANNED and stand.year == facts.year and not facts.is_plan:
        return None if facts.year is None else facts.year + 1
    return stand.year


def _indicators(
    matches: Sequence[Match], indicators: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for match in matches:
        for code in indicators.get(match.term.entry.item or "", ()):
            codes[code] = None
    return tuple(codes)


def _confidence(best: Match | None, *, accepted: bool) -> Confidence:
    if best is None:
        return Confidence.NONE
    return Confidence.ACCEPTED if accepted else Confidence.REVIEW
