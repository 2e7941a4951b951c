"""How much a sentence proves of a matter: told, named, or shown by a figure of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assessor.reading.linking.similar import is_guess
from assessor.reading.matters import Matter
from assessor.reading.polarity import scope_of
from assessor.reading.sentences import Sentence
from schemas.reading import Confidence, Figure, FigureStatus
from schemas.submission import EvidenceLevel

_NAMED = re.compile(
    r"《[^》]{2,60}》|印发|出台|制定|修订|建立|成立|设立|组建|编制|发布|公布|建成|搭建|召开|组织|开展|实施"
)
_ALL = re.compile(r"全覆盖|全部|所有|均(?:已|达|实现)|100%|百分之百|应审尽审|应备尽备|应评尽评")
_PEOPLE = ("人", "名", "人次", "位")
_CROWD = re.compile(r"参加|参训|参会|参学|出席|列席|旁听|观摩|受训|与会|到会|召开|座谈|会议")
"""A number of people who came to an event tells nothing of the work they are from."""
_NOT_OURS = ("other_body", "zero", "shortcoming", "other_year")


def figures_of(sentence: Sentence, figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures of a sentence that tell this year's results."""
    first, last = sentence.raw_span()
    return [
        figure
        for figure in figures
        if first <= figure.number_start < last
        and figure.status is FigureStatus.ACHIEVED
        and not any(flag in _NOT_OURS for flag in figure.flags)
    ]


def level_of(
    sentence: Sentence, span: tuple[int, int], matter: Matter, figures: Sequence[Figure]
) -> EvidenceLevel:
    """Return what stands behind a matter named at `span` of a sentence."""
    text = sentence.text
    if matter.fact is not None and not matter.fact.search(text):
        return EvidenceLevel.V1
    scope = scope_of(text, *span)
    own = text[scope.start : scope.end]
    first, last = sentence.raw_span(scope.start, scope.end)
    if any(_counts(one, matter, own, is_here=first <= one.number_start < last) for one in figures):
        return EvidenceLevel.V3
    is_named = _NAMED.search(own) or (matter.named is not None and matter.named.search(own))
    return EvidenceLevel.V2 if is_named else EvidenceLevel.V1


def is_claim(text: str, level: EvidenceLevel) -> bool:
    """Return whether a sentence only says it, or says all of it without a figure."""
    return level is EvidenceLevel.V1 or (
        level is not EvidenceLevel.V3 and _ALL.search(text) is not None
    )


def _counts(figure: Figure, matter: Matter, clause: str, *, is_here: bool) -> bool:
    """Return whether a figure is of this matter: linked to it, or unlinked in its clause.

    A guess by wording is no link: it neither proves nor disproves.
    """
    is_linked = figure.item is not None and not is_guess(figure)
    if is_linked and not _is_own(figure.item_label, matter):
        return False
    if is_linked and figure.confidence is Confidence.ACCEPTED:
        return True
    return is_here and not (figure.unit in _PEOPLE and _CROWD.search(clause))


def _is_own(label: str, matter: Matter) -> bool:
    if matter.find.search(label):
        return True
    return matter.own is not None and matter.own.search(label) is not None
