"""Ask a proposer about the numbers the rules left open, and add what holds, for review only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assessor.reading.lexicon import Lexicon
from assessor.reading.linking.similar import HOW, is_guess
from assessor.reading.proposals.model import (
    MODEL_FLAG,
    AskedItem,
    Candidate,
    ProposalFailure,
    Proposer,
    Refusal,
    SentBlock,
)
from assessor.reading.proposals.telling import Outcome, Refused, failures, refusals
from assessor.reading.proposals.verifying import Verified, Verifier, read_block, unit_admits
from schemas.reading import (
    BlockFlag,
    Confidence,
    Figure,
    FigureStatus,
    ReadDocument,
    Reading,
    Section,
)
from scoring.rulebook import Rulebook

PART_CHARACTERS = 4000
"""Most text sent at once; a longer block is not sent at all."""
_REASON = "语言模型建议，引文、数值、单位已核对；是否为该填报项须由人确认"
_NEVER_SENT = frozenset((BlockFlag.HIDDEN, BlockFlag.STRUCK))
_PROMISED = frozenset((FigureStatus.PLANNED, FigureStatus.TARGET))


class Part(NamedTuple):
    """What is asked in one go."""

    blocks: tuple[SentBlock, ...]
    items: tuple[AskedItem, ...]


def consult(
    reading: Reading,
    proposer: Proposer,
    book: Rulebook,
    lexicon: Lexicon,
    indicators: Mapping[str, tuple[str, ...]],
) -> Reading:
    """Return a reading with the proposals that hold, each waiting for a person.

    Figures the rules linked, statements and compliance stay as they are. Promised figures are
    not asked about, and so plans are not: all their figures are targets.

    Args:
        reading: what the rules made of the document.
        proposer: asked part by part; its failures become one finding.
        book: rules, for the gravity of findings.
        lexicon: names and units of the quantities.
        indicators: codes of the indicators each scored item serves; only these are asked for.
    """
    outcome = Outcome([], [], [])
    for part in parts_of(reading, asked_items(lexicon, indicators)):
        if not _ask(proposer, part, outcome):
            break
    n_long = len(_overlong(reading))
    if n_long:
        outcome.failures.append(f"{n_long} 个段落超过 {PART_CHARACTERS} 字，没有询问")
    figures = _with_proposals(reading, outcome, indicators)
    findings = (
        *failures(outcome.failures, reading.document, book),
        *refusals(outcome, reading.document, book),
    )
    return reading.model_copy(update={"figures": figures, "issues": (*reading.issues, *findings)})


def asked_items(
    lexicon: Lexicon, indicators: Mapping[str, tuple[str, ...]]
) -> tuple[AskedItem, ...]:
    """Return every scored item the dictionary knows, once for each role."""
    found: dict[tuple[str, str], AskedItem] = {}
    for term in lexicon.terms:
        entry = term.entry
        if entry.item is None or entry.item not in indicators:
            continue
        key = (entry.item, entry.role)
        known = found.get(key)
        if known is None:
            found[key] = AskedItem(entry.id, entry.label, entry.item, entry.role, (term,))
        else:
            found[key] = known._replace(terms=(*known.terms, term))
    return tuple(found.values())


def parts_of(reading: Reading, items: Sequence[AskedItem]) -> Iterator[Part]:
    """Yield the stretches of sections that hold an open figure, with the items it may give."""
    open_at: dict[int, set[int]] = {}
    for figure in reading.figures:
        if _is_open(figure):
            open_at.setdefault(figure.block, set()).add(figure.number_start)
    for section in reading.sections:
        for blocks in _stretches(reading.document, section):
            if any(block.id in open_at for block in blocks):
                wanted = _fitting(blocks, open_at, items, reading.document)
                if wanted:
                    yield Part(blocks, wanted)


def _overlong(reading: Reading) -> set[int]:
    """Return the blocks with an open figure that are too long to be sent."""
    blocks = reading.document.blocks
    held = {figure.block for figure in reading.figures if _is_open(figure)}
    return {index for index in held if blocks[index].end - blocks[index].start > PART_CHARACTERS}


def _is_open(figure: Figure) -> bool:
    return not _is_named(figure) and figure.status not in _PROMISED


def _is_named(figure: Figure) -> bool:
    """Return whether the dictionary named a figure; a guess by wording leaves it open."""
    return figure.item is not None and not is_guess(figure)


def _stretches(document: ReadDocument, section: Section) -> Iterator[tuple[SentBlock, ...]]:
    taken: list[SentBlock] = []
    size = 0
    for block in document.blocks[section.first_block : section.last_block + 1]:
        length = block.end - block.start
        if not length or length > PART_CHARACTERS or not _NEVER_SENT.isdisjoint(block.flags):
            continue
        if taken and size + length > PART_CHARACTERS:
            yield tuple(taken)
            taken, size = [], 0
        text = document.text[block.start : block.end]
        taken.append(SentBlock(block.index, text, section.heading))
        size += length
    if taken:
        yield tuple(taken)


def _fitting(
    blocks: Sequence[SentBlock],
    open_at: Mapping[int, set[int]],
    items: Sequence[AskedItem],
    document: ReadDocument,
) -> tuple[AskedItem, ...]:
    """Return the items counted in a unit that one of the open figures has."""
    places = []
    for block in blocks:
        if block.id not in open_at:
            continue
        read = read_block(block)
        start = document.blocks[block.id].start
        for place in read.places:
            mention = place.mention
            first, _ = read.normal.raw_span(mention.number_start, mention.number_end)
            if start + first in open_at[block.id]:
                places.append(place)
    return tuple(one for one in items if any(unit_admits(one, place) for place in places))


def _ask(proposer: Proposer, part: Part, outcome: Outcome) -> bool:
    """Ask about one part and sort the answer; return whether asking on makes sense."""
    try:
        candidates = proposer.propose(part.blocks, part.items)
    except ProposalFailure as failure:
        outcome.failures.append(failure.reason)
        return not failure.is_final
    verifier = Verifier(part.blocks, part.items)
    labels = {item.id: item.label for item in part.items}
    for candidate in candidates:
        found = verifier.check(candidate)
        if isinstance(found, Verified):
            outcome.held.append((candidate, found))
        else:
            outcome.refused.append(Refused(candidate, found, labels.get(candidate.item, "")))
    return True


def _with_proposals(
    reading: Reading, outcome: Outcome, indicators: Mapping[str, tuple[str, ...]]
) -> tuple[Figure, ...]:
    """Return the figures with open ones linked; what cannot be added joins the refused."""
    at = {figure.number_start: index for index, figure in enumerate(reading.figures)}
    offered: dict[int, list[tuple[Candidate, AskedItem]]] = {}
    for candidate, held in outcome.held:
        start = reading.document.blocks[held.block].start + held.number[0]
        offered.setdefault(at[start], []).append((candidate, held.item))
    figures = list(reading.figures)
    for index, offers in offered.items():
        known = figures[index]
        why = _objection(known, [item for _, item in offers])
        if why is not None:
            outcome.refused.extend(Refused(one, why, item.label) for one, item in offers)
        elif not _is_named(known):
            figures[index] = _linked(known, offers[0][1], indicators)
    return tuple(figures)


def _objection(figure: Figure, items: Sequence[AskedItem]) -> Refusal | None:
    """Return why a number may not be linked to the items proposed; agreeing is no objection."""
    if len({item.id for item in items}) > 1:
        return Refusal.SELF_CONTRADICTS
    agrees = (figure.feeds, figure.role) == (items[0].item, items[0].role)
    return None if not _is_named(figure) or agrees else Refusal.RULE_DIFFERS


def _linked(figure: Figure, item: AskedItem, indicators: Mapping[str, tuple[str, ...]]) -> Figure:
    """Link an open figure; value, quote, status, year and scope stay as our rules read them."""
    return figure.model_copy(
        update={
            "item": item.id,
            "item_label": item.label,
            "feeds": item.item,
            "role": item.role,
            "indicators": indicators[item.item],
            "confidence": Confidence.REVIEW,
            "reason": _REASON,
            "is_cumulative": figure.is_cumulative or any(one.entry.stock for one in item.terms),
            "flags": (*(flag for flag in figure.flags if flag != HOW), MODEL_FLAG),
        }
    )
