"""What is told about a proposer: what went wrong, and which proposals did not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assessor.reading.proposals.model import Candidate, Refusal
from assessor.reading.proposals.verifying import Verified
from schemas.issue import Issue, IssueCode, Location
from schemas.reading import ReadDocument
from scoring.checks import severities
from scoring.rulebook import Rulebook

_MAX_REFUSALS = 30
_ELSEWHERE = frozenset((Refusal.UNKNOWN_ITEM, Refusal.UNKNOWN_BLOCK, Refusal.QUOTE_ABSENT))
"""Why a reply that belongs to one part of a report fails in all others."""


class Refused(NamedTuple):
    """A proposal that did not hold."""

    candidate: Candidate
    why: Refusal
    label: str
    """Name of the item, empty for one that was not asked."""


class _Note(NamedTuple):
    """What is told about a proposal that did not hold, however often it was made."""

    candidate: Candidate
    label: str
    whys: tuple[Refusal, ...]
    n: int


class Outcome(NamedTuple):
    """What a proposer said, sorted."""

    held: list[tuple[Candidate, Verified]]
    refused: list[Refused]
    failures: list[str]


def failures(reasons: Sequence[str], document: ReadDocument, book: Rulebook) -> Iterator[Issue]:
    """Yield one finding for everything that went wrong with the proposer."""
    if reasons:
        counts = Counter(reasons)
        said = "；".join(f"{why}（{n}次）" if n > 1 else why for why, n in counts.items())
        yield _issue(IssueCode.MODEL_INCOMPLETE, document, book, place="", found=said)


def refusals(outcome: Outcome, document: ReadDocument, book: Rulebook) -> Iterator[Issue]:
    """Yield a finding for each proposal that did not hold, told once however often it came."""
    notes = _summed(outcome)
    for one in notes[:_MAX_REFUSALS]:
        candidate = one.candidate
        is_block = candidate.block is not None and 0 <= candidate.block < len(document.blocks)
        what = _shown(candidate.value_text + candidate.unit, 40)
        label = one.label or "未询问的填报项"
        often = f"，同样的建议共 {one.n} 次" if one.n > 1 else ""
        yield _issue(
            IssueCode.MODEL_REFUSED,
            document,
            book,
            place=f"第{(candidate.block or 0) + 1}段" if is_block else "",
            found=f"{what}（{label}：{_shown(candidate.quote, 60)}）{often}",
            allowed="；".join(why.value for why in one.whys),
        )
    if len(notes) > _MAX_REFUSALS:
        rest = f"另有 {len(notes) - _MAX_REFUSALS} 条，未逐条列出"
        yield _issue(IssueCode.MODEL_REFUSED, document, book, place="", found=rest)


def _summed(outcome: Outcome) -> list[_Note]:
    """Return each refused proposal once; one that held where it belongs is no news elsewhere."""
    held = {_words(candidate) for candidate, _ in outcome.held}
    found: dict[tuple[str, ...], _Note] = {}
    for one in outcome.refused:
        key = _words(one.candidate)
        if key in held and one.why in _ELSEWHERE:
            continue
        known = found.get(key) or _Note(one.candidate, "", (), 0)
        found[key] = _Note(
            known.candidate,
            known.label or one.label,
            tuple(dict.fromkeys((*known.whys, one.why))),
            known.n + 1,
        )
    return list(found.values())


def _words(candidate: Candidate) -> tuple[str, ...]:
    return candidate.item, candidate.quote, candidate.value_text, candidate.unit


def _shown(text: str, length: int) -> str:
    """Return a stranger's words fit for one line of a terminal."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return re.sub(r" {2,}", " ", plain)[:length]


def _issue(  # noqa: PLR0913 - everything a finding says
    code: IssueCode,
    document: ReadDocument,
    book: Rulebook,
    *,
    place: str,
    found: str,
    allowed: str = "",
) -> Issue:
    return Issue(
        code=code,
        severity=severities(book)[code],
        location=Location(file=document.file, place=place),
        found=found,
        allowed=allowed,
    )
