"""The rules as a proposer: the same questions answered by the dictionary, without a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.linking import Linker, Match, Place
from assessor.reading.proposals.model import AskedItem, Candidate, SentBlock
from assessor.reading.proposals.verifying import bare, count_of, read_block

_Asked = dict[tuple[str, str], AskedItem]


class RuleProposer:
    """Proposes what the dictionary links; a yardstick for any other proposer."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or shipped_lexicon()

    def propose(self, blocks: Sequence[SentBlock], items: Sequence[AskedItem]) -> list[Candidate]:
        """Return the best link of every number to an item asked."""
        asked: _Asked = {(item.item, item.role): item for item in items}
        return [one for block in blocks for one in self._of_block(block, asked)]

    def _of_block(self, block: SentBlock, asked: _Asked) -> Iterator[Candidate]:
        read = read_block(block)
        links = Linker(self._lexicon).link(read.places)
        for place, matches in zip(read.places, links, strict=True):
            item = _asked(matches, asked)
            if item is None:
                continue
            yield Candidate(
                item=item.id,
                quote=_quote(place, read.squeezed.text),
                value_text=place.mention.number_text,
                unit=place.mention.unit,
                block=block.id,
            )


def _asked(matches: Sequence[Match], asked: _Asked) -> AskedItem | None:
    if not matches or matches[0].how in ("change", "share", "rank"):
        return None
    entry = matches[0].term.entry
    return None if entry.item is None else asked.get((entry.item, entry.role))


def _quote(place: Place, text: str) -> str:
    """Return the shortest stretch around a number that occurs once: clause, then sentence."""
    is_once = count_of(bare(place.clause), text) == 1
    return place.clause if is_once else place.sentence
