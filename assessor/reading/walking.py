"""Reads a document block by block and keeps the role that holds at each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessor.reading.headings import (
    annex_role,
    answers_doubts,
    attached_role,
    is_title_of_report,
    looks_back,
    names_shortcomings,
    opens_list,
    role_of,
    starts_plans,
)
from schemas.reading import Block, BlockKind, SectionRole

_MAX_HEADING = 60
_LEVELS = (
    re.compile(r"^\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3}、)"),
    re.compile(r"^\s*[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\s*(?:\d{1,2}\s?[.．、]|[(（]\d{1,2}[)）])(?!\d)"),
)
_FREE = 9
"""Level of a heading without a number."""

_SHORT_START = re.compile(
    r"^(?:[^。]{0,90}[,，])?(?:但|同时|也|还|仍)?[^。,，]{0,16}(?:存在|面临|有)(?:着|一些|不少|许多)?"
    r"[^。,，]{0,10}(?:问题|不足|短板|差距|薄弱环节|弱项)"
)
"""A paragraph without a heading that turns to what is not good enough."""
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,2}是|[①-⑳]|[(（]?\d{1,2}[)）.、])")
_FIRST = re.compile(r"^\s*(?:[(（]?[一1][)）、.．]|第一(?:部分|章))")
_NOTE = re.compile(r"^[(（]?注(?:释)?[①-⑳\d]{0,2}[:：]")
"""A footnote printed below the text it belongs to, not part of the section it stands in."""
_CLOSED = "。;；！!？?：:.”）)》"
"""Ends of lines that are whole; one with a comma and none of them goes on in the next line."""
_LATE_ENOUGH = 3
"""Paragraphs at the head of a document do not yet turn to what is not good enough."""


class Walker:
    """Reads blocks in order and keeps the role that holds at each of them."""

    def __init__(self, year: int | None, texts: Sequence[str], title: str) -> None:
        self.year = year
        self.title = "".join(title.split())
        self.last_results = max(
            (n for n, text in enumerate(texts) if _level_of(text) == 1 and self._is_results(text)),
            default=-1,
        )
        """Block of the last chapter on results; a plan before it is a remark in passing."""
        self.role = SectionRole.OTHER
        self.level = _FREE
        self.outer = SectionRole.OTHER
        self.heading = ""
        self.roles: list[SectionRole] = []
        self.headings: list[str] = []
        self.is_final = False
        """Next year's plan has begun under a heading of its own without a number."""
        self.is_mixed = False
        """The chapter is on shortcomings and plans alike."""
        self.is_passing = False
        """The last block was a plan amid results."""
        self.led: int | None = None
        """Level of the section in which a sentence opened a list of plans, which still goes on."""
        self.is_fresh = False
        """The last block opened a list of plans."""
        self.runs_on = False
        """The last line broke off in the middle of a sentence."""
        self.has_text = False
        """The report itself has begun, behind title and date."""
        self.opens = False
        """The block opens with what is planned."""
        self.is_annex = False
        """The last block announced an attachment without its name."""

    def step(self, block: Block, text: str) -> None:
        """Take the next block."""
        level = _level_of(text)
        role = self._of_one(block, text, level)
        self.is_passing = role is SectionRole.NEXT_YEAR
        if role is None:
            self._carry_on(block, text, level)
        else:
            self.is_fresh = False
        self.roles.append(role or self.role)
        self.headings.append(self.heading)
        self.has_text = self.has_text or level == 1 or "。" in text
        is_text = block.kind is BlockKind.PARAGRAPH and not level
        self.runs_on = is_text and ("，" in text or "," in text) and text[-1] not in _CLOSED

    def _carry_on(self, block: Block, text: str, level: int) -> None:
        """Take a block whose role holds for what follows it too."""
        was_fresh, self.is_fresh = self.is_fresh, False
        attached = self._attached(block, text, level)
        if attached is not None:
            self.role = self.outer = attached
            self.level, self.led, self.heading = 0, None, text[:_MAX_HEADING]
            self.is_final = self.is_mixed = False
        elif block.kind is not BlockKind.CELL and (level or self._is_heading(block, text)):
            self._enter(level or _FREE, _lead(text), is_first=was_fresh and _starts(text))
        elif self.opens:
            self.led = self.level if self.level != _FREE else 0
            self.role, self.is_fresh = SectionRole.NEXT_YEAR, True
        elif self.role is SectionRole.OTHER and text:
            self.role = SectionRole.RESULTS if len(self.roles) > 1 else SectionRole.OTHER

    def _of_one(self, block: Block, text: str, level: int) -> SectionRole | None:
        """Return the role of a block that does not carry on to the next; None for the others."""
        self.opens = False
        if block.kind is BlockKind.NOTE or _NOTE.match(text):
            return SectionRole.OTHER
        if self.is_passing and _ITEM.match(text):
            return SectionRole.NEXT_YEAR
        if level or block.kind is BlockKind.HEADING or self._is_heading(block, text):
            return None
        self.opens = self._starts_plans(block, text)
        if self.opens:
            is_results = self.role in (SectionRole.RESULTS, SectionRole.OTHER)
            is_amid = is_results and block.index < self.last_results
            return SectionRole.NEXT_YEAR if is_amid and not opens_list(text) else None
        return SectionRole.SHORTCOMINGS if self._turns(text) else None

    def _starts_plans(self, block: Block, text: str) -> bool:
        if block.kind is BlockKind.CELL or self.runs_on or not text:
            return False
        if starts_plans(text, self.year):
            return True
        is_doubtful = self.role in (SectionRole.SHORTCOMINGS, SectionRole.CAUSES)
        return is_doubtful and answers_doubts(text)

    def _attached(self, block: Block, text: str, level: int) -> SectionRole | None:
        """Return the role of an attachment that begins with this block."""
        if level or not self.has_text or block.kind is BlockKind.CELL or len(text) > _MAX_HEADING:
            return None
        if self.is_annex and text:
            self.is_annex = False
            return annex_role(text, self.year) if self._is_heading(block, text) else None
        role = attached_role(text, self.year)
        self.is_annex = role is SectionRole.OTHER
        return role

    def _is_heading(self, block: Block, text: str) -> bool:
        if block.kind is BlockKind.HEADING:
            return True
        is_short = 0 < len(text) <= _MAX_HEADING and text[-1] not in "。;,;，:：、"
        return is_short and "。" not in text and not self.runs_on

    def _turns(self, text: str) -> bool:
        may = self.is_mixed or self.role in (SectionRole.RESULTS, SectionRole.OTHER)
        return may and len(self.roles) > _LATE_ENOUGH and bool(_SHORT_START.match(text))

    def _is_results(self, text: str) -> bool:
        return self._role_of(_lead(text)) in (None, SectionRole.RESULTS)

    def _is_title(self, lead: str) -> bool:
        """Return whether a line is the title, or one like it at the head of the document."""
        plain = "".join(lead.split())
        if len(plain) > 5 and (plain == self.title or (not self.has_text and plain in self.title)):
            return True
        return not self.has_text and is_title_of_report(plain)

    def _enter(self, level: int, lead: str, *, is_first: bool) -> None:
        role = self._role_of(lead)
        if level == _FREE:
            self._enter_free(lead, role)
            return
        self.heading = lead[:_MAX_HEADING]
        if self._goes_on(level, lead, role, is_first=is_first):
            self.role = SectionRole.NEXT_YEAR
            return
        self.led = None
        if level == 1:
            is_back = role is SectionRole.SHORTCOMINGS or (
                role is SectionRole.RESULTS and looks_back(lead)
            )
            if self.is_final and not is_back:
                return
            self.is_final = False
            self.role = self.outer = role or SectionRole.RESULTS
            self.is_mixed = role is SectionRole.NEXT_YEAR and names_shortcomings(lead)
        else:
            inherits = self.outer is SectionRole.NEXT_YEAR and not self.is_mixed
            inner = None if role is SectionRole.RESULTS else role
            self.role = self.outer if inherits or inner is None else inner
        self.level = level

    def _enter_free(self, lead: str, role: SectionRole | None) -> None:
        """Take a heading without a number."""
        self.heading = lead[:_MAX_HEADING]
        if role is None or self._is_title(lead):
            return
        self.role = self.outer = role
        self.level, self.led = 0, None
        self.is_final = role is SectionRole.NEXT_YEAR

    def _goes_on(self, level: int, lead: str, role: SectionRole | None, *, is_first: bool) -> bool:
        """Return whether a heading is an entry of the list of plans opened before it."""
        if self.led is None:
            return False
        if is_first:
            self.led = min(self.led, level - 1)
        is_back = role is SectionRole.SHORTCOMINGS or (
            role is SectionRole.RESULTS and looks_back(lead)
        )
        return level > self.led and not is_back

    def _role_of(self, lead: str) -> SectionRole | None:
        return role_of(lead, self.year)


def _level_of(text: str) -> int:
    for level, pattern in enumerate(_LEVELS, start=1):
        if pattern.match(text):
            return level
    return 0


def _starts(text: str) -> bool:
    """Return whether a numbered heading is the first of its kind."""
    return bool(_FIRST.match(text))


def _lead(text: str) -> str:
    """Return the heading part of a block: its first sentence, without a long run-on."""
    first = re.split(r"[。\n]", text, maxsplit=1)[0]
    if len(first) > _MAX_HEADING:
        first = re.split(r"[,，;；:：]", first, maxsplit=1)[0]
    return first[: _MAX_HEADING * 2]
