"""Sentences on matters without a number: what stands behind each, and which way it cuts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from assessor.reading.grams import GramIndex
from assessor.reading.sections import Roles, first_shortcoming
from assessor.reading.sentences import Sentence
from schemas.reading import Block, ReadDocument, SectionRole, Statement
from schemas.submission import EvidenceLevel
from scoring.rulebook import Rulebook
from scoring.yaml_strict import parse_yaml

Polarity = Literal["positive", "negative", "planned"]

_FACT = re.compile(
    r"\d\s?(?:%|余|多|件|人|名|次|场|期|份|个|项|条|家|户|部|批|宗|起|亿|万)|\d{1,2}月\d{1,2}日"
)
_NAMED = re.compile(
    r"《[^》]{2,60}》|印发|出台|制定|修订|建立|成立|设立|组建|编制|发布|公布|建成|搭建|召开|组织|开展|实施"
)
_WEAK = re.compile(
    r"有待|亟[待需]|还?不够|不足|尚未|还未|仍未|未能|不到位|不高|薄弱|欠缺|滞后|短板|差距|不强|不平衡|还需|仍需|缺乏|努力消除|避免出现"
)
_DENIED = re.compile(
    r"(?:没有|未|尚未|暂未|不曾)(?:能|再|按时|按期|及时|如期|全部|完全)?"
    r"(?:建立|开展|制定|出台|公布|落实|实现|完成|组织|发布|公开|委托|聘请|录入|归档|更新|编制|配备|"
    r"送审|报送|纳入|执行|修订|建成)(?![^,。;]{0,16}(?:一律|不得|不予))|不(?:齐全|完整)"
)
_PLANNED = re.compile(
    r"下一?步|明年|今后|打算|拟|力争|争取|将(?:继续|进一步|以|全面|持续|坚持|着力|加强|深入)"
)
_ALL = re.compile(r"全覆盖|全部|所有|均(?:已|达|实现)|100%|百分之百|应审尽审|应备尽备|应评尽评")
_LEVEL_WORDS = {
    EvidenceLevel.V1: "只有表述",
    EvidenceLevel.V2: "有具名的制度或举措",
    EvidenceLevel.V3: "有数据或可核验的事实",
}


class Matter(NamedTuple):
    """How reports speak of one qualitative item."""

    item: str
    find: re.Pattern[str]
    fact: re.Pattern[str] | None
    never: re.Pattern[str] | None


@cache
def matters() -> tuple[Matter, ...]:
    """Return the patterns of all qualitative items."""
    path = Path(str(files("assessor.reading") / "statements.yaml"))
    document: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    return tuple(
        Matter(
            row["item"],
            re.compile(row["find"]),
            re.compile(row["fact"]) if "fact" in row else None,
            re.compile(row["never"]) if "never" in row else None,
        )
        for row in document["items"]
    )


@cache
def _index() -> GramIndex:
    return GramIndex([matter.find.pattern for matter in matters()])


def find_statements(
    document: ReadDocument,
    sentences: Iterable[Sentence],
    roles: Roles,
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
) -> tuple[Statement, ...]:
    """Return every sentence that speaks of a qualitative item, in reading order."""
    found: list[Statement] = []
    for sentence in sentences:
        for number in _index().within(sentence.text):
            matter = matters()[number]
            if matter.item not in book.items or not matter.find.search(sentence.text):
                continue
            if matter.never is None or not matter.never.search(sentence.text):
                found.append(_statement(document, roles, sentence, matter, book, indicators))
    found.extend(_about_sections(document, roles, book, indicators))
    return tuple(found)


def _statement(  # noqa: PLR0913 - a sentence and everything its meaning hangs on
    document: ReadDocument,
    roles: Roles,
    sentence: Sentence,
    matter: Matter,
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
) -> Statement:
    text, block = sentence.text, sentence.block
    level = _level(text, matter)
    start, end = sentence.raw_span()
    clause = _clause(text, matter)
    polarity = polarity_of(text, clause, roles.at(block.index, start), document.kind)
    claim = level is EvidenceLevel.V1 or bool(_ALL.search(text) and not _FACT.search(text))
    return Statement(
        quote=document.text[start:end],
        start=start,
        end=end,
        item=matter.item,
        item_label=book.items[matter.item].label,
        indicators=indicators.get(matter.item, ()),
        evidence_level=level,
        polarity=polarity,
        is_claim=claim,
        reason=_LEVEL_WORDS[level],
        block=block.index,
        page=block.page,
        flags=tuple(flag.value for flag in block.flags),
    )


def _level(text: str, matter: Matter) -> EvidenceLevel:
    if matter.fact is not None and not matter.fact.search(text):
        return EvidenceLevel.V1
    if _FACT.search(text):
        return EvidenceLevel.V3
    return EvidenceLevel.V2 if _NAMED.search(text) else EvidenceLevel.V1


def _clause(text: str, matter: Matter) -> str:
    """Return the clauses that name the matter: doubts about something else do not touch it."""
    found = matter.find.search(text)
    if found is None:
        return text
    start = max(text.rfind(mark, 0, found.start()) for mark in ",，:：")
    ends = [end for mark in ",，" if (end := text.find(mark, found.end())) >= 0]
    return text[start + 1 : min(ends, default=len(text))]


def polarity_of(text: str, clause: str, role: SectionRole, kind: str) -> Polarity:
    """Return which way a sentence cuts by its words, its section and the kind of document."""
    if kind == "plan" or role is SectionRole.NEXT_YEAR or _PLANNED.search(text):
        return "planned"
    if role in (SectionRole.SHORTCOMINGS, SectionRole.CAUSES):
        return "negative"
    return "negative" if _WEAK.search(clause) or _DENIED.search(clause) else "positive"


_SECTION_ITEMS = {
    "report-results": SectionRole.RESULTS,
    "report-shortcomings": SectionRole.SHORTCOMINGS,
    "report-causes": SectionRole.CAUSES,
    "report-first-responsible": SectionRole.FIRST_RESPONSIBLE,
    "report-next-year": SectionRole.NEXT_YEAR,
}
_IN_TEXT = {
    "report-shortcomings": re.compile(
        r"存在[^。]{0,20}(?:问题|不足|短板|差距)|(?:还|仍)有[^。]{0,10}(?:差距|不足)"
    ),
    "report-causes": re.compile(r"(?:主要|究其)?原因(?:是|在于|有|:)|主要在于|究其原因|是由于"),
    "report-first-responsible": re.compile(r"第一责任人"),
    "report-next-year": re.compile(r"下一?步|20\d\d年[^。]{0,12}将|明年|今后"),
}


def _about_sections(
    document: ReadDocument,
    roles: Roles,
    book: Rulebook,
    indicators: Mapping[str, tuple[str, ...]],
) -> Iterator[Statement]:
    """Yield one statement for each part a report must have, with its first sentence as quote."""
    for item, role in _SECTION_ITEMS.items():
        if item not in book.items or document.kind == "plan":
            continue
        block = _first_block(document, roles, role, _IN_TEXT.get(item))
        if block is None:
            continue
        text = document.text[block.start : block.end]
        lead = len(text) - len(text.lstrip())
        length = min(len(text.rstrip()) - lead, 120)
        yield Statement(
            quote=text[lead : lead + length],
            start=block.start + lead,
            end=block.start + lead + length,
            item=item,
            item_label=book.items[item].label,
            indicators=indicators.get(item, ()),
            evidence_level=EvidenceLevel.V3,
            polarity="positive",
            reason="报告有这部分内容",
            block=block.index,
            page=block.page,
        )


def _first_block(
    document: ReadDocument, roles: Roles, role: SectionRole, words: re.Pattern[str] | None
) -> Block | None:
    held = [
        block
        for block in document.blocks
        if roles.of_block[block.index] is role and block.end - block.start >= 20
    ]
    if held:
        return held[0]
    if words is None:
        return None
    first = 0 if role is not SectionRole.CAUSES else first_shortcoming(roles)
    return next(
        (b for b in document.blocks[first:] if words.search(document.text[b.start : b.end])), None
    )
