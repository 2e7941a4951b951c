"""The parts every report must have: results, shortcomings, causes, first person, next year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assessor.reading.printing import place_of
from assessor.reading.sections import Roles
from assessor.reading.sentences import Sentence
from schemas.reading import (
    ComplianceFinding,
    ComplianceResult,
    ReadDocument,
    Reading,
    SectionRole,
    Statement,
)
from schemas.submission import Answer, Evidence, EvidenceClass, EvidenceLevel
from scoring.rulebook import Rulebook

_LONGEST = 120
"""Characters of a quote."""
_BEFORE = 40
"""Characters of a quote before the words it must show."""
_SHORTEST = 20
"""Characters of a paragraph that tells anything."""
_AHEAD = (SectionRole.NEXT_YEAR,)
_LACKING = (SectionRole.SHORTCOMINGS, SectionRole.CAUSES)
_BY_WORDS = (SectionRole.CAUSES, SectionRole.FIRST_RESPONSIBLE)
"""Sections whose quote must show the words they are told by."""


class Part(NamedTuple):
    """One part: its section, the words it is told by, and where these words do not count."""

    role: SectionRole
    words: re.Pattern[str] | None
    only: tuple[SectionRole, ...] = ()
    never: tuple[SectionRole, ...] = ()


_PARTS: Mapping[str, Part] = {
    "report-results": Part(SectionRole.RESULTS, None),
    "report-shortcomings": Part(
        SectionRole.SHORTCOMINGS,
        re.compile(r"存在[^。]{0,20}(?:问题|不足|短板|差距)|(?:还|仍)有[^。]{0,10}(?:差距|不足)"),
        never=_AHEAD,
    ),
    "report-causes": Part(
        SectionRole.CAUSES,
        re.compile(r"原因(?:是|在于|有|:|主要)?|主要在于|由于|源于|归因于"),
        only=_LACKING,
    ),
    "report-first-responsible": Part(
        SectionRole.FIRST_RESPONSIBLE,
        re.compile(r"第一责任人"),
        never=(*_AHEAD, *_LACKING),
    ),
    "report-next-year": Part(
        SectionRole.NEXT_YEAR,
        re.compile(r"下一?步|20\d\d年[^。]{0,12}将|明年|今后"),
        never=_LACKING,
    ),
}

_CHECKS: Mapping[str, str] = {
    "report-results": "K07",
    "report-shortcomings": "K08",
    "report-causes": "K09",
    "report-first-responsible": "K11",
    "report-next-year": "K12",
}
"""The compliance check that says whether a part is there."""


def answers_of_parts(reading: Reading, book: Rulebook) -> Iterator[Answer]:
    """Yield whether each part is there, as the compliance checks say.

    The whole text is at hand, so a part that is not in it is a fact and not a silence.
    """
    checks = {check.code: check for check in reading.compliance}
    shown = {one.item: one for one in reversed(reading.statements) if one.polarity == "positive"}
    for item, code in _CHECKS.items():
        check = checks.get(code)
        if item not in book.items or check is None:
            continue
        if check.result is ComplianceResult.CANNOT_TELL:
            continue
        is_there = check.result is not ComplianceResult.FAIL
        is_plain = check.result is not ComplianceResult.DOUBTFUL
        yield Answer(
            item=item,
            value=is_there,
            evidence_level=EvidenceLevel.V3 if is_plain else EvidenceLevel.V2,
            evidence=(_evidence(reading, check, shown.get(item) if is_there else None),),
            note="" if is_there else check.reason,
        )


def _evidence(reading: Reading, check: ComplianceFinding, shown: Statement | None) -> Evidence:
    """Return the words that show a part, or the whole text where they are missing."""
    document = reading.document
    quote, start = check.quote, check.start
    if shown is not None:
        quote, start = shown.quote, shown.start
    block = next(
        (b for b in document.blocks if start is not None and b.start <= start < b.end), None
    )
    if block is None:
        return Evidence(document=document.file, locator="全文", dated=document.publish_date)
    return Evidence(
        quote=quote,
        document=document.file,
        locator=place_of(block.index, block.page),
        dated=document.publish_date,
        confidence=EvidenceClass.STATEMENT,
    )


def find_parts(
    document: ReadDocument,
    sentences: Iterable[Sentence],
    roles: Roles,
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
) -> Iterator[Statement]:
    """Yield one statement for each part that is there; the quote shows what it is told by."""
    if document.kind == "plan":
        return
    told = tuple(sentences)
    for item, part in _PARTS.items():
        if item not in book.items:
            continue
        place = _place(document, told, roles, part)
        if place is None:
            continue
        sentence, start, end = place
        yield Statement(
            quote=document.text[start:end],
            start=start,
            end=end,
            item=item,
            item_label=book.items[item].label,
            indicators=indicators.get(item, ()),
            evidence_level=EvidenceLevel.V3,
            polarity="positive",
            reason="报告有这部分内容",
            block=sentence.block.index,
            page=sentence.block.page,
        )


def _place(
    document: ReadDocument, sentences: Sequence[Sentence], roles: Roles, part: Part
) -> tuple[Sentence, int, int] | None:
    """Return the sentence that shows a part, with the span of its quote."""
    held = [
        one
        for one in sentences
        if roles.of_block[one.block.index] is part.role
        and one.block.end - one.block.start >= _SHORTEST
    ]
    if held and part.role not in _BY_WORDS:
        return _whole(document, held[0])
    if part.words is None:
        return None
    told = held or list(_allowed(sentences, roles, part))
    found = [(one, m.start()) for one in told if (m := part.words.search(one.text))]
    if not found:
        return _whole(document, held[0]) if held else None
    return _around(*next((one for one in found if len(one[0].text) >= _SHORTEST), found[0]))


def _allowed(sentences: Iterable[Sentence], roles: Roles, part: Part) -> Iterator[Sentence]:
    for one in sentences:
        role = roles.of_block[one.block.index]
        if role not in part.never and (not part.only or role in part.only):
            yield one


def _whole(document: ReadDocument, sentence: Sentence) -> tuple[Sentence, int, int]:
    """Return the beginning of a paragraph."""
    block = sentence.block
    text = document.text[block.start : block.end]
    lead = len(text) - len(text.lstrip())
    length = min(len(text.rstrip()) - lead, _LONGEST)
    return sentence, block.start + lead, block.start + lead + length


def _around(sentence: Sentence, at: int) -> tuple[Sentence, int, int]:
    """Return a sentence, or of a long one the stretch around its words."""
    length = len(sentence.text)
    first = 0 if length <= _LONGEST else max(0, at - _BEFORE)
    start, end = sentence.raw_span(first, min(length, first + _LONGEST))
    return sentence, start, end
