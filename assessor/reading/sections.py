"""What each part of a report is about: its role decides the status of its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas.reading import Block, BlockKind, ReadDocument, Section, SectionRole

_MAX_HEADING = 60
_LEVELS = (
    re.compile(r"^\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3}、)"),
    re.compile(r"^\s*[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\s*(?:\d{1,2}\s?[.．、]|[(（]\d{1,2}[)）])(?!\d)"),
)
_FREE = 9
"""Level of a heading without a number."""

_SHORT_WORDS = re.compile(
    r"(?:存在|面临)[^,。;]{0,8}(?:问题|不足|短板|困难)|不足(?:之处)?|短板|薄弱环节|问题"
)
_ROLES: tuple[tuple[SectionRole, re.Pattern[str]], ...] = (
    (
        SectionRole.FIRST_RESPONSIBLE,
        re.compile(r"第一责任人|主要负责(?:人|同志)履[行职]|主要领导履[行职]|述法(?:情况|工作)"),
    ),
    (
        SectionRole.NEXT_YEAR,
        re.compile(
            r"下一?步|下(?:一)?年度?|明年|来年|今后|工作(?:打算|计划|思路|谋划|展望|设想|安排)"
            r"|(?:主要|重点)安排|努力方向|改进(?:措施|方向|举措|打算)|整改(?:措施|打算|方向)"
            r"|(?:打算|展望|思路|计划)$"
        ),
    ),
    (SectionRole.SHORTCOMINGS, _SHORT_WORDS),
    (SectionRole.CAUSES, re.compile(r"原因")),
    (
        SectionRole.RESULTS,
        re.compile(
            r"主要(?:举措|做法|措施|工作|成效|成绩|亮点)|工作(?:情况|成效|举措|开展|进展|亮点)"
            r"|(?:开展|推进|落实|履行)情况|成效|基本情况|总体情况|工作回顾"
        ),
    ),
)
_PLAN_START = re.compile(
    r"^(?:下一?步|今后|下一阶段|展望|明年|来年|接下来|(?:20\d\d年|新的一年)(?:里)?[,，]?"
    r"(?:我[市县区局州旗镇乡街院委办省]|[^,，。]{1,12})?将)"
)
_OPENS_WITH_YEAR = re.compile(r"^(20\d\d)年")
_SHORT_START = re.compile(
    r"^(?:[^。]{0,90}[,，])?(?:但|同时|也|还|仍)?[^。,，]{0,16}(?:存在|面临|有)(?:着|一些|不少|许多)?"
    r"[^。,，]{0,10}(?:问题|不足|短板|差距|薄弱环节|弱项)"
)
"""A paragraph without a heading that turns to what is not good enough."""


_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,2}是|[①-⑳]|[(（]?\d{1,2}[)）.、])")
_NOTE = re.compile(r"^[(（]?注(?:释)?[①-⑳\d]{0,2}[:：]")
"""A footnote printed below the text it belongs to, not part of the section it stands in."""


class Roles(NamedTuple):
    """Sections, and the role of each block by its index."""

    sections: tuple[Section, ...]
    of_block: tuple[SectionRole, ...]
    headings: tuple[str, ...]
    """Heading above each block, empty for none."""


def find_roles(document: ReadDocument, year: int | None) -> Roles:
    """Return the role of every block.

    Args:
        document: with blocks; `text[start:end]` is a block's text.
        year: reporting year; a heading with a later year speaks of plans.
    """
    texts = [
        (block.number + document.text[block.start : block.end]).strip() for block in document.blocks
    ]
    walker = _Walker(year, texts)
    for block, text in zip(document.blocks, texts, strict=True):
        walker.step(block, text)
    return walker.result()


class _Walker:
    """Reads blocks in order and keeps the role that holds at each of them."""

    def __init__(self, year: int | None, texts: Sequence[str]) -> None:
        self.year = year
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

    def step(self, block: Block, text: str) -> None:
        """Take the next block."""
        level = _level_of(text)
        role = self._of_one(block, text, level)
        self.is_passing = role is SectionRole.NEXT_YEAR
        if role is None:
            if block.kind is not BlockKind.CELL and (level or _is_heading(block, text)):
                self._enter(level or _FREE, _lead(text))
            elif self._is_ahead(text):
                self.role = SectionRole.NEXT_YEAR
            elif self.role is SectionRole.OTHER and text:
                self.role = SectionRole.RESULTS if len(self.roles) > 1 else SectionRole.OTHER
        self.roles.append(role or self.role)
        self.headings.append(self.heading)

    def _of_one(self, block: Block, text: str, level: int) -> SectionRole | None:
        """Return the role of a block that does not carry on to the next; None for the others."""
        if block.kind is BlockKind.NOTE or _NOTE.match(text):
            return SectionRole.OTHER
        if self.is_passing and _ITEM.match(text):
            return SectionRole.NEXT_YEAR
        if level or block.kind is BlockKind.HEADING or _is_heading(block, text):
            return None
        if self._is_ahead(text):
            is_amid = self.role is SectionRole.RESULTS and block.index < self.last_results
            return SectionRole.NEXT_YEAR if is_amid and text[-1] not in ":：" else None
        return SectionRole.SHORTCOMINGS if self._turns(text) else None

    def _is_ahead(self, text: str) -> bool:
        """Return whether a paragraph opens with a plan; what the year itself did is none."""
        if not _PLAN_START.match(text):
            return False
        year = _OPENS_WITH_YEAR.match(text)
        return year is None or self.year is None or int(year.group(1)) > self.year

    def _turns(self, text: str) -> bool:
        may = self.is_mixed or self.role in (SectionRole.RESULTS, SectionRole.OTHER)
        return may and len(self.roles) > 3 and bool(_SHORT_START.match(text))

    def _is_results(self, text: str) -> bool:
        return self._role_of(_lead(text)) in (None, SectionRole.RESULTS)

    def _enter(self, level: int, lead: str) -> None:
        role = self._role_of(lead)
        self.heading = lead[:_MAX_HEADING]
        if level == _FREE:
            if role is None:
                return
            self.role = self.outer = role
            self.level = 0
            self.is_final = role is SectionRole.NEXT_YEAR
            return
        if level == 1:
            if self.is_final and role is not SectionRole.SHORTCOMINGS:
                return
            self.role = self.outer = role or SectionRole.RESULTS
            self.is_mixed = role is SectionRole.NEXT_YEAR and bool(_SHORT_WORDS.search(lead))
        else:
            inherits = self.outer is SectionRole.NEXT_YEAR and not self.is_mixed
            inner = None if role is SectionRole.RESULTS else role
            self.role = self.outer if inherits or inner is None else inner
        self.level = level

    def _role_of(self, lead: str) -> SectionRole | None:
        years = [int(found) for found in re.findall(r"(20\d\d)年", lead)]
        if self.year is not None and any(one == self.year + 1 for one in years):
            return SectionRole.NEXT_YEAR
        for role, pattern in _ROLES:
            if pattern.search(lead):
                return role
        return None

    def result(self) -> Roles:
        """Return all roles and the sections they form."""
        sections: list[Section] = []
        for index, (role, heading) in enumerate(zip(self.roles, self.headings, strict=True)):
            last = sections[-1] if sections else None
            if last is not None and last.role is role and last.heading == heading:
                sections[-1] = last.model_copy(update={"last_block": index})
            else:
                sections.append(
                    Section(role=role, heading=heading, first_block=index, last_block=index)
                )
        return Roles(tuple(sections), tuple(self.roles), tuple(self.headings))


def _level_of(text: str) -> int:
    for level, pattern in enumerate(_LEVELS, start=1):
        if pattern.match(text):
            return level
    return 0


def _is_heading(block: Block, text: str) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    return 0 < len(text) <= _MAX_HEADING and text[-1] not in "。;,;，:：、" and "。" not in text


def _lead(text: str) -> str:
    """Return the heading part of a block: its first sentence, without a long run-on."""
    first = re.split(r"[。\n]", text, maxsplit=1)[0]
    if len(first) > _MAX_HEADING:
        first = re.split(r"[,，;；:：]", first, maxsplit=1)[0]
    return first[: _MAX_HEADING * 2]


def blocks_of(roles: Roles, wanted: SectionRole) -> Sequence[int]:
    """Return the indices of the blocks of a role."""
    return [index for index, role in enumerate(roles.of_block) if role is wanted]


def first_shortcoming(roles: Roles) -> int:
    """Return the first block on shortcomings, from where causes may be told; 0 without one."""
    return next(iter(blocks_of(roles, SectionRole.SHORTCOMINGS)), 0)
