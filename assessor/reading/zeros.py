"""Statements that there was none of something: 未发生…, 无…案件, 零败诉. The figure is 0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.lexicon import Lexicon, Term
from assessor.reading.linking import Match, Place, places_of
from assessor.reading.numbers import Mention
from schemas.reading import Bound

ZERO_FLAG = "zero"
_NONE = re.compile(
    r"(?P<word>(?:均|暂|从|也|皆|一直)?(?:未(?:曾|有)?|没有|无)(?:发生|出现|产生|收到|引发|存在|接到|受理|发现)?)"
    r"(?:过|任何|[一1][起例件宗次])*|(?:实现|保持|做到|达到|取得)?(?P<zero>零)"
)
_BEHIND = re.compile(
    r"(?:保持|实现|继续)?(?:为)?(?P<zero>零)(?:发生|记录|出现|投诉|案件)?(?=$|[,;。])"
)
_REST = re.compile(r"[^,;。:!?\n]{2,40}")
_NOT_YET = re.compile(r"^的?突破|^距离|^跑|^容忍|^门槛")
_DOUBLED = re.compile(r"(?:不是|并非|绝非|不能说|不等于|不代表|是否|是不是|有)$")
"""A denial of the denial, or a question: 不是没有…."""
_PARTS = re.compile(r"、|或|和(?!解)|及")
_PRINTED = (("case", "件"), ("time", "次"), ("thing", "项"))


_MOST = 200
"""Statements of one block looked at; a report has a handful."""


class Zero(NamedTuple):
    """A zero statement with the terms it is about."""

    place: Place
    matches: tuple[Match, ...]


def find_zeros(text: str, lexicon: Lexicon, heading: str) -> Iterator[Zero]:
    """Yield the zero statements of a block that the dictionary knows, in order."""
    known: dict[tuple[int, int], list[Match]] = {}
    for word, start, noun in _statements(text):
        match = _about(noun, start, lexicon.deniable)
        if match is not None:
            others = known.setdefault(word, [])
            others.append(match._replace(score=100 - 10 * len(others)))
        if len(known) >= _MOST:
            break
    if not known:
        return
    spans = sorted(known)
    mentions = [_mention(text, span, known[span][0].term) for span in spans]
    for span, place in zip(spans, places_of(text, mentions, heading), strict=True):
        yield Zero(place, tuple(known[span]))


def _statements(text: str) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Yield the span of the word for none, and each noun it denies with its start."""
    for found in _NONE.finditer(text):
        rest = _REST.match(text, found.end())
        if rest is None or _NOT_YET.match(rest.group()):
            continue
        if _DOUBLED.search(text, max(found.start() - 4, 0), found.start()):
            continue
        span = found.span("zero" if found.group("zero") else "word")
        start = rest.start()
        for part in _PARTS.split(rest.group()):
            yield span, start, part
            start += len(part) + 1
    for found in _BEHIND.finditer(text):
        start = max(text.rfind(mark, found.start() - 30, found.start()) for mark in ",;。:\n") + 1
        start = max(start, found.start() - 30)
        yield found.span("zero"), start, text[start : found.start()]


def _about(noun: str, start: int, terms: Sequence[Term]) -> Match | None:
    for term in terms:
        denied = term.zero is not None and term.zero.match(noun)
        if denied and (term.forbid is None or not term.forbid.search(noun)):
            return Match(term, 100, start, ZERO_FLAG, noun)
    return None


def _mention(text: str, word: tuple[int, int], term: Term) -> Mention:
    unit = next((unit for name, unit in _PRINTED if name in term.units), "项")
    return Mention(
        start=word[0],
        end=word[1],
        number_start=word[0],
        number_end=word[1],
        number_text=text[word[0] : word[1]],
        value=Decimal(0),
        unit=unit,
        classes=term.units,
        bound=Bound.EXACT,
        flags=(ZERO_FLAG,),
    )
