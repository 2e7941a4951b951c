"""Statements that there was none of something: 未发生…, 无…案件, 零败诉. The figure is 0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.finding import finditer
from assessor.reading.lexicon import Lexicon, Term
from assessor.reading.linking import Match, Place, places_of
from assessor.reading.numbers import Mention
from schemas.reading import Bound

ZERO_FLAG = "zero"
_ENDS = r"(?=$|[,;。)\n])"
_SIGN = re.compile(rf"[未没无零]|0(?=[\u4e00-\u9fff])|0{_ENDS}", re.MULTILINE)
"""Where a word for none may begin."""
_FIRST = re.compile("[未没无零0]")
_WORD = re.compile(r"(?:未(?:曾|有)?|没有|无)(?:发生|出现|产生|收到|引发|存在|接到|受理|发现|有)?")
_NOT_EVEN = re.compile(r"(?:过|任何|[一1][起例件宗次个]){0,3}")
_SOFT = re.compile(r"(?:均|暂|从|也|皆|一直)$")
_DID = re.compile(r"(?:实现|保持|做到|达到|取得)$")
_IS = re.compile(r"(?:(?:继续|持续|始终)?(?:保持|实现)?)(?:降|减)?(?:为|是|至|到|双)?$")
_NUMERALS = frozenset("0123456789.:/一二三四五六七八九十百千万亿点")
_NONE_OF_IT = re.compile(rf"[零0](?:发生|记录|出现|投诉|案件)?{_ENDS}")
_REST = re.compile(r"[^,;。:!?\n]{2,40}")
_NOT_YET = re.compile(r"^的?突破|^距离|^跑|^容忍|^门槛")
_DIGIT = re.compile(r"\d")
_STOPS, _MARKS = "。:;\n", ",;。:\n"
_DOUBLED = re.compile(r"(?:不是|并非|绝非|不能说|不等于|不代表|是否|是不是|有)$")
"""A denial of the denial, or a question: 不是没有…."""
_PARTS = re.compile(r"、|或|和(?!解)|及")
_FILL = re.compile(
    r"(?:(?:案件)?数量?|件数|总数|(?:已)?连续[\d一二三四五六七八九十两]{1,2}年|今年|全年|继续|持续|始终|一直|均|都|全部|首次|再次|双双|实现|保持|“)$"
)
_PRINTED = (("case", "件"), ("time", "次"), ("thing", "项"))
_LEAD = 40
"""Characters before a 零 that may begin what it denies: 行政复议零纠错."""
_FILLS = 4
_MOST = 200
"""Statements of one block looked at; a report has a handful."""


class Zero(NamedTuple):
    """A zero statement with the terms it is about."""

    place: Place
    matches: tuple[Match, ...]


class Denial(NamedTuple):
    """A word for none, and a noun it may deny."""

    word: tuple[int, int]
    start: int
    noun: str
    lead: str = ""
    """What stands before the word; the noun may begin there."""
    is_behind: bool = False
    """The word stands behind the noun: 败诉案件为零."""


def find_zeros(text: str, lexicon: Lexicon, heading: str) -> Iterator[Zero]:
    """Yield the zero statements of a block that the dictionary knows, in order."""
    known: dict[tuple[int, int], list[Match]] = {}
    for denial in _denials(text):
        match = _about(denial, lexicon.deniable)
        if match is not None:
            others = known.setdefault(denial.word, [])
            others.append(match._replace(score=100 - 10 * len(others)))
        if len(known) >= _MOST:
            break
    if not known:
        return
    spans = sorted(known)
    mentions = [_mention(text, span, known[span][0].term) for span in spans]
    for span, place in zip(spans, places_of(text, mentions, heading), strict=True):
        yield Zero(place, tuple(known[span]))


def _denials(text: str) -> Iterator[Denial]:
    """Yield each word for none with each noun it may deny."""
    for sign in finditer(_SIGN, _FIRST, text):
        start = sign.start()
        if sign.group() in "零0":
            if text[start - 1 : start] in _NUMERALS:
                continue
            yield from _zero_before(text, start)
            yield from _zero_behind(text, start)
        elif _DOUBLED.search(text, max(start - 4, 0), start):
            continue
        elif word := _WORD.match(text, start):
            yield from _word_before(text, start, word.end())


def _word_before(text: str, start: int, end: int) -> Iterator[Denial]:
    """Yield what 未, 没有 or 无 denies; 未败诉18件 counts those that were not."""
    even = _NOT_EVEN.match(text, end)
    rest = _REST.match(text, even.end() if even else end)
    if rest is None or _DIGIT.search(rest.group()):
        return
    soft = _SOFT.search(text, max(0, start - 2), start)
    first = soft.start() if soft else start
    yield from _nouns(rest, (first, end), _filled(_before(text, first, _STOPS)))


def _zero_before(text: str, start: int) -> Iterator[Denial]:
    """Yield what 零 or 0 in front of a noun denies: 零败诉."""
    rest = _REST.match(text, start + 1)
    if rest is None or _NOT_YET.match(rest.group()):
        return
    did = _DID.search(text, max(0, start - 2), start)
    lead = _filled(_before(text, did.start() if did else start, _STOPS))
    yield from _nouns(rest, (start, start + 1), lead)


def _zero_behind(text: str, start: int) -> Iterator[Denial]:
    """Yield what 零 or 0 behind a noun denies, no rate: 败诉案件为零."""
    if _NONE_OF_IT.match(text, start) is None:
        return
    being = _IS.search(text, max(0, start - 6), start)
    noun = _PARTS.split(_filled(_before(text, being.start() if being else start, _MARKS)))[-1]
    if noun and not noun.endswith("率"):
        first = text.rfind(noun, 0, start)
        yield Denial((start, start + 1), first, noun, is_behind=True)


def _nouns(rest: re.Match[str], word: tuple[int, int], lead: str) -> Iterator[Denial]:
    start = rest.start()
    for part in _PARTS.split(rest.group()):
        yield Denial(word, start, part.rstrip("”"), lead)
        start, lead = start + len(part) + 1, ""


def _before(text: str, position: int, marks: str) -> str:
    """Return what stands between the last of some marks and a position, the last stretch of it."""
    low = max(0, position - _LEAD)
    start = max(text.rfind(mark, low, position) for mark in marks) + 1
    return text[max(start, low) : position]


def _filled(text: str) -> str:
    """Return a text without words at its end that name nothing: 连续三年, 均."""
    for _ in range(_FILLS):
        found = _FILL.search(text)
        if found is None:
            break
        text = text[: found.start()]
    return text


def _about(denial: Denial, terms: Sequence[Term]) -> Match | None:
    noun = denial.noun
    for term in terms:
        if term.zero is None or not _denies(term.zero, denial):
            continue
        if term.forbid is None or not term.forbid.search(noun):
            return Match(term, 100, denial.start, ZERO_FLAG, noun)
    return None


def _denies(pattern: re.Pattern[str], denial: Denial) -> bool:
    """Return whether a pattern names the noun, alone or with what stands before the word."""
    noun, lead = denial.noun, denial.lead
    if denial.is_behind:
        found = pattern.search(noun)
        return found is not None and found.end() == len(noun)
    if pattern.match(noun):
        return True
    if not lead:
        return False
    found = pattern.search(lead + noun)
    return found is not None and found.start() < len(lead) < found.end()


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
