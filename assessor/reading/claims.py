"""Words that claim all of something without a figure: 应审尽审, 全覆盖, 均按期回复."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assessor.reading.matters import Claim, Spoken
from assessor.reading.polarity import Polarity, stance_of
from assessor.reading.statements import AGAINST
from schemas.reading import ReadDocument, SectionRole, Statement
from schemas.submission import EvidenceLevel
from scoring.rulebook import Rulebook

_UNDER_WAY = re.compile(r"(?:推进|推动|促进|加快|探索|逐步|努力|健全|完善)[^,;]{0,40}$")
"""Moving towards all is not all."""
_WHY = "只有全部完成的表述，没有数据"


def find_claims(
    document: ReadDocument,
    spoken: Iterable[Spoken],
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
) -> Iterator[Statement]:
    """Yield every sentence that claims all of a rate, in reading order."""
    for sentence, role, _, claims in spoken:
        for claim in claims:
            found = _mention(sentence.text, claim)
            if found is None or claim.item not in book.items:
                continue
            start, end = sentence.raw_span()
            polarity = _polarity(sentence.text, found, role, document.kind)
            yield Statement(
                quote=document.text[start:end],
                start=start,
                end=end,
                item=claim.item,
                item_label=book.items[claim.item].label,
                indicators=indicators.get(claim.item, ()),
                evidence_level=EvidenceLevel.V2,
                polarity=polarity,
                is_claim=True,
                reason=AGAINST.get(polarity, _WHY),
                block=sentence.block.index,
                page=sentence.block.page,
                flags=tuple(flag.value for flag in sentence.block.flags),
            )


def _mention(text: str, claim: Claim) -> re.Match[str] | None:
    """Return the first claim in a sentence that does not only move towards all."""
    found = claim.find.finditer(text)
    return next((one for one in found if not _UNDER_WAY.search(text, 0, one.end())), None)


def _polarity(text: str, found: re.Match[str], role: SectionRole, kind: str) -> Polarity:
    """Return which way a claim cuts; what others are told to reach is not reached."""
    stance = stance_of(text, *found.span(), role, kind)
    is_open = stance.polarity == "positive" and stance.is_weak
    return "planned" if is_open else stance.polarity
