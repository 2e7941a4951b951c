"""The one gate for proposals: quote, number, unit and context, all checked against the source."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assessor.reading.clauses import flat
from assessor.reading.linking import Place, places_of
from assessor.reading.normal import Normal, normalise
from assessor.reading.numbers import find_numbers
from assessor.reading.proposals.model import AskedItem, Candidate, Refusal, SentBlock

_UNSEEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))


class Squeezed(NamedTuple):
    """A text without blanks in NFKC form, and where each character comes from."""

    text: str
    origins: tuple[int, ...]
    """Offset of each character in the normalised text."""


class ReadBlock(NamedTuple):
    """A block as our own parser reads it."""

    normal: Normal
    places: tuple[Place, ...]
    squeezed: Squeezed


class Verified(NamedTuple):
    """A proposal that holds: which number of which block gives which item."""

    block: int
    number: tuple[int, int]
    """Span of the number in the block as printed, end exclusive."""
    item: AskedItem


def squeeze(text: str) -> Squeezed:
    """Return a normalised text in NFKC form without blanks and unseen characters."""
    letters: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character):
            if unicodedata.category(letter) not in _UNSEEN:
                letters.append(letter)
                origins.append(offset)
    return Squeezed("".join(letters), tuple(origins))


def bare(text: str) -> str:
    """Return a proposed text in the form quotes are compared in."""
    return squeeze(normalise(text).text).text


def read_block(block: SentBlock) -> ReadBlock:
    """Read the numbers of a block with our own parser."""
    normal = normalise(block.text)
    mentions = find_numbers(normal.text).mentions
    places = tuple(places_of(normal.text, mentions, block.heading))
    return ReadBlock(normal, places, squeeze(normal.text))


def count_of(needle: str, text: str) -> int:
    """Return how often a text occurs, overlapping ones included; two stands for many."""
    first = text.find(needle)
    if first < 0:
        return 0
    return 1 if text.find(needle, first + 1) < 0 else 2


def unit_admits(item: AskedItem, place: Place) -> bool:
    """Return whether an item is counted in the unit of a number."""
    return any(term.units & place.mention.classes for term in item.terms)


def context_admits(item: AskedItem, place: Place) -> bool:
    """Return whether an entry of fitting unit has none of its excluding words in the clause."""
    clause = flat(place.clause)
    return any(
        term.forbid is None or not term.forbid.search(clause)
        for term in item.terms
        if term.units & place.mention.classes
    )


class Verifier:
    """Checks proposals about one lot of blocks; each block is parsed once."""

    def __init__(self, blocks: Sequence[SentBlock], items: Iterable[AskedItem]) -> None:
        self._read = {block.id: read_block(block) for block in blocks}
        self._items = {item.id: item for item in items}

    def check(self, candidate: Candidate) -> Verified | Refusal:
        """Return the number a proposal is about, or the first condition it fails."""
        item = self._items.get(candidate.item)
        if item is None:
            return Refusal.UNKNOWN_ITEM
        if candidate.block is not None and candidate.block not in self._read:
            return Refusal.UNKNOWN_BLOCK
        index = self._quoted(candidate)
        if isinstance(index, Refusal):
            return index
        place = self._number(candidate, self._read[index])
        if isinstance(place, Refusal):
            return place
        return self._verified(index, place, item)

    def _verified(self, index: int, place: Place, item: AskedItem) -> Verified | Refusal:
        if not unit_admits(item, place):
            return Refusal.UNIT_CLASS
        if not context_admits(item, place):
            return Refusal.RULED_OUT
        mention = place.mention
        span = self._read[index].normal.raw_span(mention.number_start, mention.number_end)
        return Verified(index, span, item)

    def _quoted(self, candidate: Candidate) -> int | Refusal:
        """Return the block that holds the quote; it must occur once in all that was meant."""
        quote = bare(candidate.quote)
        meant = self._read if candidate.block is None else (candidate.block,)
        counts = {index: count_of(quote, self._read[index].squeezed.text) for index in meant}
        if not quote or not any(counts.values()):
            return Refusal.QUOTE_ABSENT
        if sum(counts.values()) > 1:
            return Refusal.QUOTE_REPEATED
        return next(index for index, count in counts.items() if count)

    def _number(self, candidate: Candidate, read: ReadBlock) -> Place | Refusal:
        """Return the one whole number inside the quote that value and unit name."""
        quote, unit = bare(candidate.quote), bare(candidate.unit)
        value = bare(candidate.value_text)
        if unit:
            value = value.removesuffix(unit)
        if not value or value not in quote:
            return Refusal.VALUE_OUTSIDE
        first = read.squeezed.text.find(quote)
        start = read.squeezed.origins[first]
        end = read.squeezed.origins[first + len(quote) - 1] + 1
        same = [
            place
            for place in read.places
            if start <= place.mention.number_start
            and place.mention.number_end <= end
            and bare(place.mention.number_text) == value
        ]
        if not same:
            return Refusal.NOT_WHOLE
        right = [place for place in same if bare(place.mention.unit) == unit]
        if not right:
            return Refusal.UNIT_DIFFERS
        return right[0] if len(right) == 1 else Refusal.VALUE_REPEATED
