"""Words that claim all of something without a figure: 应审尽审, 全覆盖, 均按期回复."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.grams import GramIndex
from assessor.reading.sections import Roles
from assessor.reading.sentences import Sentence
from assessor.reading.statements import polarity_of
from schemas.reading import ReadDocument, Statement
from schemas.submission import EvidenceLevel
from scoring.rulebook import Rulebook
from scoring.yaml_strict import parse_yaml

_UNDER_WAY = re.compile(r"(?:推进|推动|促进|加快|探索|逐步|努力|健全|完善)[^,;]{0,40}$")
"""Moving towards all is not all."""
_WHY = "只有全部完成的表述，没有数据"


class Claim(NamedTuple):
    """How reports claim 100 % of a rate."""

    item: str
    find: re.Pattern[str]


@cache
def claims() -> tuple[Claim, ...]:
    """Return the patterns of all rates that words may claim."""
    path = Path(str(files("assessor.reading") / "claims.yaml"))
    document: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    return tuple(Claim(row["item"], re.compile(row["find"])) for row in document["items"])


@cache
def _index() -> GramIndex:
    return GramIndex([claim.find.pattern for claim in claims()])


def find_claims(
    document: ReadDocument,
    sentences: Iterable[Sentence],
    roles: Roles,
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
) -> Iterator[Statement]:
    """Yield every sentence that claims all of a rate, in reading order."""
    for sentence in sentences:
        text, block = sentence.text, sentence.block
        for number in _index().within(text):
            claim = claims()[number]
            found = claim.find.search(text)
            if found is None or claim.item not in book.items:
                continue
            if _UNDER_WAY.search(text, 0, found.end()):
                continue
            start, end = sentence.raw_span()
            yield Statement(
                quote=document.text[start:end],
                start=start,
                end=end,
                item=claim.item,
                item_label=book.items[claim.item].label,
                indicators=indicators.get(claim.item, ()),
                evidence_level=EvidenceLevel.V2,
                polarity=polarity_of(
                    text, _clause(text, found), roles.at(block.index, start), document.kind
                ),
                is_claim=True,
                reason=_WHY,
                block=block.index,
                page=block.page,
                flags=tuple(flag.value for flag in block.flags),
            )


def _clause(text: str, found: re.Match[str]) -> str:
    """Return a claim with what the clause says before and behind it."""
    start = text.rfind(",", 0, found.start()) + 1
    end = text.find(",", found.end())
    return text[start : len(text) if end < 0 else end]
