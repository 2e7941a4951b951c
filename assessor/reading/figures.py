"""Every figure of a document: number, status, scope and the quantity it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.cells import Tables, inside, moved
from assessor.reading.lexicon import Lexicon
from assessor.reading.linking import (
    Linker,
    Match,
    Place,
    is_tie,
    names_change,
    places_of,
    shared_names,
)
from assessor.reading.normal import Normal, normalise
from assessor.reading.numbers import Discard, Mention, find_numbers
from assessor.reading.sections import Roles
from assessor.reading.status import Context, Standing, standing
from schemas.base import Level
from schemas.reading import (
    Block,
    Bound,
    Confidence,
    Discarded,
    Figure,
    FigureStatus,
    ReadDocument,
    SectionRole,
    Suggestion,
)

_COUNTED = frozenset((FigureStatus.ACHIEVED,))
_DOUBTS = {
    "other_year": "不是报告年度的数据",
    "other_body": "不是本单位范围的数据",
    "span": "跨年度的数据",
    "ensured": "“确保”类表述",
    "part": "只是其中一部分",
    "elided": "名称承前省略",
    "share": "是占比，不是总数",
    "inherited": "主题承前文",
    "tie": "与别的填报项同样相近",
    "range": "是一个区间",
    "elided_unit": "单位承后省略",
    "fraction": "原文为分数",
    "vague": "是概数",
    "rank": "是位次",
    "each": "是每个单位的数",
    "per_period": "是每期的数",
    "broken": "数字中间有空格",
    "opposite_hedges": "约数词相互矛盾",
    "tracked": "出自修订内容",
    "hidden": "出自隐藏文字",
    "struck": "出自删除线文字",
    "text_box": "出自文本框",
    "header": "出自页眉页脚或注释",
    "ocr": "由图像识别得到",
    "damaged": "附近有损坏字符",
    "ratio": "与分子分母对不上",
    "conflict": "与报告别处的数值不同",
}
_QUOTE_EDGE = ",;:。!?、\n"
_QUOTE_BEFORE, _QUOTE_AFTER = 80, 40


class Found(NamedTuple):
    """Everything numeric in a document."""

    figures: tuple[Figure, ...]
    discarded: tuple[Discarded, ...]


class Facts(NamedTuple):
    """The facts of the document that figures are judged by."""

    year: int | None
    level: Level | None
    is_plan: bool


def find_figures(
    document: ReadDocument,
    roles: Roles,
    lexicon: Lexicon,
    facts: Facts,
    indicators: Mapping[str, tuple[str, ...]],
) -> Found:
    """Return all figures in reading order.

    Args:
        document: text and blocks.
        roles: role and heading of every block.
        lexicon: names of the quantities.
        facts: reporting year, level of the entity, plan or report.
        indicators: codes of the indicators each scored item serves.
    """
    figures: list[Figure] = []
    discarded: list[Discarded] = []
    linker, tables = Linker(lexicon), Tables(document)
    for block in document.blocks:
        normal = normalise(document.text[block.start : block.end])
        linked, dropped = _linked(linker, tables, block, normal, roles.headings[block.index])
        for one in dropped:
            start, end = _raw(normal, block, one.start, one.end)
            discarded.append(
                Discarded(quote=document.text[start:end], start=start, end=end, why=one.why)
            )
        role = roles.of_block[block.index]
        for place, matches in linked:
            figures.extend(
                _figures(document, block, normal, place, matches, role, facts, indicators)
            )
    return Found(tuple(figures), tuple(discarded))


def _linked(
    linker: Linker, tables: Tables, block: Block, normal: Normal, heading: str
) -> tuple[list[tuple[Place, tuple[Match, ...]]], Sequence[Discard]]:
    """Return a block's numbers in their surroundings with their terms, and what is no figure."""
    headed = tables.headed(block, normal)
    if headed is None:
        scan = find_numbers(normal.text)
        places = places_of(normal.text, scan.mentions, heading)
        return list(zip(places, linker.link(places), strict=True)), scan.discarded
    scan = find_numbers(headed.text)
    places = places_of(headed.text, scan.mentions, heading)
    links = linker.link(places)
    return [
        (places[i]._replace(mention=moved(places[i].mention, headed)), links[i])
        for i in inside(headed, scan.mentions)
    ], ()


def _figures(  # noqa: PLR0913 - a number with everything that decides its meaning
    document: ReadDocument,
    block: Block,
    normal: Normal,
    place: Place,
    matches: tuple[Match, ...],
    role: SectionRole,
    facts: Facts,
    indicators: Mapping[str, tuple[str, ...]],
) -> Iterator[Figure]:
    mention = place.mention
    also = shared_names(place, matches)
    best = also[0] if also else (matches[0] if matches else None)
    context = Context(
        before=place.left,
        sentence=place.sentence_left,
        after=place.right,
        unit=mention.unit,
        role=role,
        is_plan=facts.is_plan,
        in_parenthesis=place.in_parenthesis,
        hedge=normal.text[mention.start : mention.number_start],
        is_rank="rank" in mention.flags,
        names_change=best is not None and names_change(best, place),
    )
    stand = standing(context, facts.year, facts.level)
    start, end = _quote(normal, block, mention)
    number = _raw(normal, block, mention.number_start, mention.number_end)
    flags = _flags(stand, mention, matches, block)
    accepted = (
        best is not None
        and stand.status in _COUNTED
        and not flags
        and mention.bound is not Bound.APPROX
    )
    yield Figure(
        quote=document.text[start:end],
        start=start,
        end=end,
        number_text=document.text[number[0] : number[1]],
        number_start=number[0],
        number_end=number[1],
        value=mention.value,
        unit=mention.unit,
        bound=mention.bound,
        status=stand.status,
        year=_year(stand, facts),
        scope=stand.scope,
        item=None if best is None else best.term.entry.id,
        item_label="" if best is None else _label(best, stand, context, mention),
        feeds=None if best is None else best.term.entry.item,
        also=tuple(match.term.entry.id for match in also[1:]),
        indicators=_indicators((*([best] if best else []), *also), indicators),
        confidence=_confidence(best, accepted=accepted),
        reason=_reason(best, stand, flags),
        suggestions=_suggestions(matches, accepted=accepted),
        role="value" if best is None else best.term.entry.role,
        is_cumulative=stand.is_cumulative or (best is not None and best.term.entry.stock),
        flags=flags,
        block=block.index,
        page=block.page,
    )


def _raw(normal: Normal, block: Block, start: int, end: int) -> tuple[int, int]:
    first, last = normal.raw_span(start, end)
    return block.start + first, block.start + last


def _quote(normal: Normal, block: Block, mention: Mention) -> tuple[int, int]:
    """Return the raw span of the short clause a number stands in, parentheses kept whole."""
    text, start, end = normal.text, mention.start, mention.end
    depth = 0
    while start > 0 and mention.start - start < _QUOTE_BEFORE:
        character = text[start - 1]
        depth += (character == ")") - (character == "(")
        if depth < 0 or (depth == 0 and character in _QUOTE_EDGE):
            break
        start -= 1
    depth = 0
    while end < len(text) and end - mention.end < _QUOTE_AFTER:
        depth += (text[end] == "(") - (text[end] == ")")
        if depth < 0 or (depth == 0 and text[end] in _QUOTE_EDGE):
            break
        end += 1
    return _raw(normal, block, start, end)


def _flags(
    stand: Standing, mention: Mention, matches: Sequence[Match], block: Block
) -> tuple[str, ...]:
    found = [*stand.flags, *mention.flags]
    if matches and matches[0].how in ("elided", "share"):
        found.append(matches[0].how)
    if is_tie(matches):
        found.append("tie")
    found += [flag.value for flag in block.flags]
    return tuple(dict.fromkeys(found))


def _year(stand: Standing, facts: Facts) -> int | None:
    if stand.status is FigureStatus.PREVIOUS_YEAR and stand.year == facts.year:
        return None if facts.year is None else facts.year - 1
    if stand.status is FigureStatus.PLANNED and stand.year == facts.year and not facts.is_plan:
        return None if facts.year is None else facts.year + 1
    return stand.year


_FALLS = re.compile(r"下降|减少|降低|缩减|压减|压缩|回落|缩短|降|少")


def _label(best: Match, stand: Standing, context: Context, mention: Mention) -> str:
    """Return the item's printed name; changes carry the vocabulary's suffix."""
    label = best.term.entry.label
    if best.how == "share":
        return f"{label}·占比"
    if stand.status is FigureStatus.CHANGE:
        return label + _change_suffix(context, mention)
    return label


def _change_suffix(context: Context, mention: Mention) -> str:
    """Return the vocabulary's name of a change: 增幅 and 降幅 in %, 增量 absolute."""
    if _FALLS.search(context.before[-12:]):
        return "·同比降幅"
    return "·同比增幅" if mention.unit in ("%", "倍", "‰") else "·同比增量"


def _indicators(
    matches: Sequence[Match], indicators: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for match in matches:
        for code in indicators.get(match.term.entry.item or "", ()):
            codes[code] = None
    return tuple(codes)


def _confidence(best: Match | None, *, accepted: bool) -> Confidence:
    if best is None:
        return Confidence.NONE
    return Confidence.ACCEPTED if accepted else Confidence.REVIEW


def _reason(best: Match | None, stand: Standing, flags: Sequence[str]) -> str:
    if best is None:
        return "没有对应的填报项"
    ways = {
        "before": "同一分句内，数字前写明名称",
        "after": "数字后紧接名称",
        "elided": "并列结构，名称承前省略",
        "around": "名称在数字两侧",
        "respectively": "“分别”按次序对应",
        "change": "是前面所说数据的增减",
        "share": "是前面所说数据的占比",
        "rank": "是前面所说数据的位次",
    }
    parts = [ways[best.how]]
    if stand.status is not FigureStatus.ACHIEVED:
        parts.append(f"性质为{_STATUS_WORDS[stand.status]}，不作当年完成数")
    parts += [_DOUBTS.get(flag, flag) for flag in flags if flag != "elided"]
    return "；".join(parts)


_STATUS_WORDS = {
    FigureStatus.ACHIEVED: "已完成",
    FigureStatus.PLANNED: "计划",
    FigureStatus.TARGET: "目标",
    FigureStatus.PREVIOUS_YEAR: "往年数",
    FigureStatus.CHANGE: "增减变化",
    FigureStatus.RANK: "位次",
}


def _suggestions(matches: Sequence[Match], *, accepted: bool) -> tuple[Suggestion, ...]:
    if accepted:
        return ()
    seen: dict[str, Suggestion] = {}
    for match in matches:
        entry = match.term.entry
        score = Decimal(max(min(match.score, 130), 0)) / 130
        seen.setdefault(
            entry.label,
            Suggestion(item=entry.id, item_label=entry.label, score=round(score, 2)),
        )
    return tuple(seen.values())[:3]
