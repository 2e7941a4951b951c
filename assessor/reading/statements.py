"""Sentences on matters without a number: what stands behind each, and which way it cuts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.evidence import Matter, figures_of, is_claim, level_of
from assessor.reading.grams import GramIndex
from assessor.reading.mandatory import find_parts
from assessor.reading.polarity import Polarity, Stance, role_after, scope_of, stance_of
from assessor.reading.sections import Roles
from assessor.reading.sentences import Sentence
from schemas.reading import Figure, ReadDocument, SectionRole, Statement
from schemas.submission import EvidenceLevel
from scoring.rulebook import Rulebook
from scoring.yaml_strict import parse_yaml

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


@cache
def matters() -> tuple[Matter, ...]:
    """Return the patterns of all qualitative items."""
    path = Path(str(files("assessor.reading") / "statements.yaml"))
    document: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    return tuple(_matter(row) for row in document["items"])


def _matter(row: Mapping[str, Any]) -> Matter:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(row[key]) if key in row else None

    return Matter(
        row["item"],
        re.compile(row["find"]),
        pattern("fact"),
        pattern("never"),
        pattern("other"),
        pattern("named"),
        pattern("own"),
        may_end=bool(row.get("may_end", False)),
        moves=bool(row.get("moves", False)),
    )


@cache
def _index() -> GramIndex:
    return GramIndex([matter.find.pattern for matter in matters()])


def find_statements(  # noqa: PLR0913 - sentences and everything they are judged by
    document: ReadDocument,
    sentences: Iterable[Sentence],
    roles: Roles,
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
    figures: Iterable[Figure] = (),
) -> tuple[Statement, ...]:
    """Return every sentence that speaks of a qualitative item, in reading order."""
    by_block: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_block[figure.block].append(figure)
    found: list[Statement] = []
    for sentence, role in with_roles(sentences, roles):
        for number in _index().within(sentence.text):
            matter = matters()[number]
            if matter.item not in book.items:
                continue
            said = _said(sentence, matter, role, document.kind, by_block[sentence.block.index])
            if said is not None:
                is_fact = book.units[book.items[matter.item].unit].dimension != "tier"
                one = _statement(document, sentence, matter, said, is_fact=is_fact)
                label = book.items[matter.item].label
                serves = indicators.get(matter.item, ())
                found.append(one.model_copy(update={"item_label": label, "indicators": serves}))
    found.extend(find_parts(document, sentences, roles, book, indicators))
    return tuple(found)


def with_roles(
    sentences: Iterable[Sentence], roles: Roles
) -> Iterator[tuple[Sentence, SectionRole]]:
    """Yield each sentence with what it is about; a paragraph may turn to shortcomings or plans."""
    block, role = -1, SectionRole.OTHER
    for sentence in sentences:
        if sentence.block.index != block:
            block = sentence.block.index
            role = roles.of_block[block]
        if block in roles.turns and sentence.raw_span()[0] >= roles.turns[block]:
            role = SectionRole.NEXT_YEAR
        role = role_after(sentence.text, role)
        yield sentence, role


def _said(
    sentence: Sentence,
    matter: Matter,
    role: SectionRole,
    kind: str,
    figures: Sequence[Figure],
) -> Found | None:
    """Return what a sentence says of a matter: a denial goes first, then what proves most."""
    text = sentence.text
    spans = list(_mentions(text, matter))
    if not spans or (matter.never is not None and matter.never.search(text)):
        return None
    near = figures_of(sentence, figures)
    found = [
        Found(
            level_of(sentence, span, matter, near),
            stance_of(text, *span, role, kind, may_end=matter.may_end),
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


def _statement(
    document: ReadDocument, sentence: Sentence, matter: Matter, said: Found, *, is_fact: bool
) -> Statement:
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
        item_label="",
        indicators=(),
        evidence_level=level,
        polarity=polarity,
        is_claim=is_claim(sentence.text, level),
        reason=reason,
        block=block.index,
        page=block.page,
        flags=tuple(flag.value for flag in block.flags),
    )
