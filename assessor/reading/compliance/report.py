"""What the checks look at: the reading, its sentences with their roles, its signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from assessor.reading.compliance.rules import Regime, words
from assessor.reading.compliance.signature import Signature, find_signature
from assessor.reading.sections import Roles
from assessor.reading.sentences import Sentence
from schemas.reading import BlockKind, Figure, FigureStatus, Reading, SectionRole

Result = Literal["pass", "fail", "doubtful", "cannot_tell"]
Span = tuple[int, int]
_PASSAGE = 120
_REACH = 60
"""How far from a word what denies or postpones it may stand, in characters."""
_HEADING = 60
_SENTENCE_ENDS = frozenset("。；;，,：:！!")


class Found(NamedTuple):
    """What a check found."""

    result: Result
    reason: str
    span: Span | None = None
    """Where its quote stands in the text."""
    words: str = ""
    """Its quote where that was left out of the text, as page metadata is."""


class Line(NamedTuple):
    """A sentence, or a part of one between semicolons, with what its section is about."""

    text: str
    """Normalised."""
    role: SectionRole
    sentence: Sentence
    is_heading: bool

    @property
    def block(self) -> int:
        """Return the index of its block."""
        return self.sentence.block.index

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return where a stretch of it stands in the document's text."""
        last = len(self.text) if end is None else end
        first = self.sentence.start
        found = self.sentence.normal.raw_span(first + start, first + last)
        return self.sentence.block.start + found[0], self.sentence.block.start + found[1]

    def clause(self, at: int) -> Span:
        """Return the clause around a position, as offsets into `text`."""
        start = max(self.text.rfind(mark, 0, at) for mark in ",:") + 1
        end = self.text.find(",", at)
        return start, len(self.text) if end < 0 else end


class Report:
    """What the checks look at."""

    def __init__(
        self,
        reading: Reading,
        roles: Roles,
        regime: Regime | None,
        sentences: Sequence[Sentence],
    ) -> None:
        self.reading = reading
        self.roles = roles
        self.regime = regime
        self._sentences = sentences

    @property
    def text(self) -> str:
        """Return the document's text."""
        return self.reading.document.text

    @property
    def year(self) -> int | None:
        """Return the reporting year."""
        period = self.reading.document.period
        return None if period is None else period.end.year

    @cached_property
    def signature(self) -> Signature:
        """Return who signed the document and when."""
        return find_signature(self.reading.document)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return all sentences but those of the title and the signature."""
        left_out = {*self.signature.blocks, *self._title_blocks()}
        return tuple(
            Line(
                one.text,
                self.roles.of_block[one.block.index],
                one,
                one.block.kind is BlockKind.HEADING or self._is_heading(one),
            )
            for one in self._sentences
            if one.block.index not in left_out
        )

    def _title_blocks(self) -> Iterator[int]:
        title = re.sub(r"\s", "", self.reading.document.title)
        for block in self.reading.document.blocks[:12]:
            words_of = re.sub(r"\s", "", self.text[block.start : block.end])
            if len(words_of) > 4 and words_of in title:
                yield block.index

    def _is_heading(self, one: Sentence) -> bool:
        """Return whether a sentence leads its block as a numbered heading does."""
        raw = self.text[one.block.start : one.block.end].strip()
        if len(raw) <= _HEADING and raw[-1:] not in _SENTENCE_ENDS:
            return True
        goes_on = len(one.normal.text) > len(one.text) + 1
        return goes_on and one.start == 0 and bool(words("heading").match(one.text))

    def of_role(self, *wanted: SectionRole) -> list[Line]:
        """Return the lines of sections about something."""
        return [line for line in self.lines if line.role in wanted]

    def body(self, *wanted: SectionRole) -> list[Line]:
        """Return the lines of sections about something, without their headings."""
        return [line for line in self.of_role(*wanted) if not line.is_heading]

    def told(self) -> list[Line]:
        """Return the lines that tell of the year: all but next year's plan."""
        return [line for line in self.lines if line.role is not SectionRole.NEXT_YEAR]

    def figures(self, *, results_only: bool = True) -> list[Figure]:
        """Return this year's figures, without those of shortcomings and plans."""
        away = (SectionRole.NEXT_YEAR, SectionRole.SHORTCOMINGS, SectionRole.CAUSES)
        return [
            one
            for one in self.reading.figures
            if one.status is FigureStatus.ACHIEVED
            and not (results_only and self.roles.of_block[one.block] in away)
        ]

    def figures_in(self, lines: Iterable[Line]) -> list[Figure]:
        """Return all figures that stand in some lines."""
        spans: dict[int, list[Span]] = {}
        for line in lines:
            spans.setdefault(line.block, []).append(line.span())
        return [
            one
            for block in sorted(spans)
            for one in self.by_block.get(block, ())
            if any(a <= one.number_start < b for a, b in spans[block])
        ]

    @cached_property
    def by_block(self) -> Mapping[int, Sequence[Figure]]:
        """Return all figures by block, in reading order."""
        found: dict[int, list[Figure]] = {}
        for one in self.reading.figures:
            found.setdefault(one.block, []).append(one)
        return found

    def place(self, found: str) -> Span | None:
        """Return where words stand in the text."""
        start = self.text.find(found) if found else -1
        return None if start < 0 else (start, start + len(found))

    @property
    def title_span(self) -> Span | None:
        """Return where the title stands, its first line where it was set over several."""
        whole = self.place(self.reading.document.title)
        if whole is not None:
            return whole
        first = next(iter(self._title_blocks()), None)
        if first is None:
            return None
        block = self.reading.document.blocks[first]
        return block.start, block.end


def passage(lines: Sequence[Line]) -> Span:
    """Return the first lines as one quote."""
    start, end = lines[0].span()
    for line in lines[1:]:
        first, last = line.span()
        if line.block != lines[0].block or last - start > _PASSAGE or first < end:
            break
        end = last
    return start, end


def figure_span(figure: Figure) -> Span:
    """Return where a figure's clause stands."""
    return figure.start, figure.end


def standing_of(line: Line, start: int, end: int) -> Literal["told", "denied", "planned"]:
    """Return whether words of a line are told as done, denied, or only meant to be.

    Args:
        line: the sentence.
        start: where the words begin in it.
        end: where they end, exclusive.
    """
    first, last = line.clause(start)
    before = line.text[max(first, start - _REACH) : start]
    after = line.text[end : max(min(last, end + _REACH), end)]
    if line.role is SectionRole.NEXT_YEAR or words("planned").search(before):
        return "planned"
    if words("planned_sentence").match(line.text):
        return "planned"
    within = line.text[start:end]
    is_denied = (
        words("denied_before").search(before)
        or words("denied_within").search(within)
        or words("denied_after").match(after)
    )
    return "denied" if is_denied else "told"
