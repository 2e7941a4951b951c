"""Every figure of a document: number, status, scope and the quantity it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from assessor.reading.normal import Normal, normalise
from assessor.reading.numbers import Discard, Mention, find_numbers
from assessor.reading.sections import Roles
from assessor.reading.status import Context, Owner, Standing, standing
from assessor.reading.tables import NOTHING_TOLD, Cell, Tables, Told, link_cell, settled
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


class Facts(NamedTuple):
    """The facts of the document that figures are judged by."""

    year: int | None
    level: Level | None
    is_plan: bool
    entity: str = ""
    """Empty where it is not known."""
    is_report: bool = True


def find_figures(
    document: ReadDocument,
    roles: Roles,
    lexicon: Lexicon,
    facts: Facts,
    indicators: Mapping[str, tuple[str, ...]],
) -> Found:
    """Return all figures in reading order.

    Args:
        document: text and blocks.
        roles: role and heading of every block.
        lexicon: names of the quantities.
        facts: reporting year, level of the entity, plan or report.
        indicators: codes of the indicators each scored item serves.
    """
    figures: list[Figure] = []
    discarded: list[Discarded] = []
    linker, tables = Linker(lexicon), Tables(document)
    for block in document.blocks:
        normal = normalise(document.text[block.start : block.end])
        cell = tables.cell(block, normal)
        linked, dropped = _linked(linker, cell, normal, roles.headings[block.index])
        for one in dropped:
            start, end = _raw(normal, block, one.start, one.end)
            discarded.append(
                Discarded(quote=document.text[start:end], start=start, end=end, why=one.why)
            )
        told = cell.told if cell else NOTHING_TOLD
        for place, matches in linked:
            role = roles.at(
                block.index,
                _raw(normal, block, place.mention.number_start, place.mention.number_end)[0],
            )
            figures.extend(
                _figures(document, block, normal, place, matches, role, told, facts, indicators)
            )
    return Found(tuple(figures), tuple(discarded))


def _linked(
    linker: Linker, cell: Cell | None, normal: Normal, heading: str
) -> tuple[list[tuple[Place, tuple[Match, ...]]], Sequence[Discard]]:
    """Return a block's numbers in their surroundings with their terms, and what is no figure."""
    if cell is not None:
        return link_cell(linker, cell.ways, normal.text, heading)
    scan = find_numbers(normal.text)
    places = places_of(normal.text, scan.mentions, heading)
    links = worth_keeping(places, linker.link(places))
    zeros = list(find_zeros(normal.text, linker.lexicon, heading))
    told = {zero.place.mention.number_start for zero in zeros}
    discarded = [one for one in scan.discarded if one.start not in told]
    found = [*zip(places, links, strict=True), *zeros]
    return sorted(found, key=lambda one: one[0].mention.number_start), discarded


def _figures(  # noqa: PLR0913 - a number with everything that decides its meaning
    document: ReadDocument,
    block: Block,
    normal: Normal,
    place: Place,
    matches: tuple[Match, ...],
    role: SectionRole,
    told: Told,
    facts: Facts,
    indicators: Mapping[str, tuple[str, ...]],
) -> Iterator[Figure]:
    mention = place.mention
    is_zero = bool(matches) and matches[0].how == ZERO_FLAG
    also = matches if is_zero else shared_names(place, matches)
    best = also[0] if also else (matches[0] if matches else None)
    context = Context(
        before=place.left,
        sentence=place.sentence_left,
        after=place.right,
        unit=mention.unit,
        role=role,
        is_plan=facts.is_plan,
        in_parenthesis=place.in_parenthesis,
        hedge=normal.text[mention.start : mention.number_start],
        is_rank="rank" in mention.flags,
        names_change=best is not None and names_change(best, place),
    )
    owner = Owner(facts.level, facts.entity)
    stand = settled(standing(context, facts.year, owner), told, facts.year)
    start, end = _quote(normal, block, mention)
    number = _raw(normal, block, mention.number_start, mention.number_end)
    flags = _flags(stand, mention, matches, block)
    if not (facts.is_report or facts.is_plan):
        flags = (*flags, "not_report")
    accepted = (
        best is not None
        and stand.status in _COUNTED
        and not set(flags) - {ZERO_FLAG}
        and mention.bound is not Bound.APPROX
    )
    yield Figure(
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


def _raw(normal: Normal, block: Block, start: int, end: int) -> tuple[int, int]:
    first, last = normal.raw_span(start, end)
    return block.start + first, block.start + last


def _quote(normal: Normal, block: Block, mention: Mention) -> tuple[int, int]:
    """Return the raw span of the short clause a number stands in, parentheses kept whole."""
    text, start, end = normal.text, mention.start, mention.end
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
    return _raw(normal, block, start, end)


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
