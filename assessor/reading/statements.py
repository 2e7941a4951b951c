"""Sentences on matters without a number: what stands behind each, and which way it cuts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from assessor.reading.evidence import figures_of, is_claim, level_of
from assessor.reading.matters import Matter, Spoken
from assessor.reading.polarity import Polarity, Stance, scope_of, stance_of
from assessor.reading.sentences import Sentence
from schemas.reading import Figure, ReadDocument, Statement
from schemas.submission import EvidenceLevel
from scoring.rulebook import Rulebook

_MOST = 8
"""Mentions of one matter in one sentence looked at."""
_REASONS = {
    EvidenceLevel.V1: "只有表述",
    EvidenceLevel.V2: "有具名的制度或举措",
    EvidenceLevel.V3: "有数据或可核验的事实",
}
_WEAK_REASON = "只有要求或推动，没有写已经做到"
AGAINST: dict[Polarity, str] = {
    "negative": "写的是没有做到或不足",
    "planned": "写的是计划、要求或正在推动的事",
}


class Found(NamedTuple):
    """What one sentence says of one matter."""

    level: EvidenceLevel
    stance: Stance


def find_statements(
    document: ReadDocument,
    spoken: Iterable[Spoken],
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
    figures: Iterable[Figure] = (),
) -> Iterator[Statement]:
    """Yield what every sentence says of each qualitative item, in reading order."""
    by_block: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_block[figure.block].append(figure)
    for one in spoken:
        near = figures_of(one.sentence, by_block[one.sentence.block.index]) if one.matters else ()
        for matter in one.matters:
            if matter.item not in book.items:
                continue
            said = _said(one, matter, document.kind, near)
            if said is not None:
                serves = indicators.get(matter.item, ())
                yield _statement(document, one.sentence, matter, said, book, serves)


def _said(spoken: Spoken, matter: Matter, kind: str, near: Sequence[Figure]) -> Found | None:
    """Return what a sentence says of a matter: a denial goes first, then what proves most.

    `near` are the figures of the sentence.
    """
    sentence, text = spoken.sentence, spoken.sentence.text
    spans = list(_mentions(text, matter))
    if not spans or (matter.never is not None and matter.never.search(text)):
        return None
    found = [
        Found(
            level_of(sentence, span, matter, near),
            stance_of(text, *span, spoken.role, kind, may_end=matter.may_end),
        )
        for span in spans
    ]
    denied = [one for one in found if one.stance.polarity == "negative"]
    good = [one for one in found if one.stance.polarity == "positive"]
    return max(denied or good or found, key=lambda one: (one.level, not one.stance.is_weak))


def _mentions(text: str, matter: Matter) -> Iterator[tuple[int, int]]:
    for match in islice(matter.find.finditer(text), _MOST):
        if matter.other is not None:
            scope = scope_of(text, *match.span())
            if matter.other.search(text[scope.start : scope.end]):
                continue
        yield match.span()


def _statement(  # noqa: PLR0913 - a sentence and everything it is told by
    document: ReadDocument,
    sentence: Sentence,
    matter: Matter,
    said: Found,
    book: Rulebook,
    serves: tuple[str, ...],
) -> Statement:
    item = book.items[matter.item]
    is_fact = book.units[item.unit].dimension != "tier"
    level, stance = said
    polarity = stance.polarity
    if polarity == "positive" and is_fact and stance.is_open and not matter.moves:
        polarity = "planned"
    reason = AGAINST.get(polarity, _REASONS[level])
    is_capped = stance.is_weak and not matter.moves and (is_fact or level < EvidenceLevel.V3)
    if polarity == "positive" and is_capped:
        level, reason = EvidenceLevel.V1, _WEAK_REASON
    start, end = sentence.raw_span()
    block = sentence.block
    return Statement(
        quote=document.text[start:end],
        start=start,
        end=end,
        item=matter.item,
        item_label=item.label,
        indicators=serves,
        evidence_level=level,
        polarity=polarity,
        is_claim=is_claim(sentence.text, level),
        reason=reason,
        block=block.index,
        page=block.page,
        flags=tuple(flag.value for flag in block.flags),
    )
