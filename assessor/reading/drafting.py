"""From a reading to a submission: only what was accepted counts; the rest waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.mandatory import answers_of_parts
from assessor.reading.printing import as_printed, place_of, subject_of
from assessor.reading.proposals import MODEL_FLAG
from assessor.reading.soundness import sound
from schemas.base import Level
from schemas.issue import Issue, IssueCode, Location
from schemas.reading import Bound, Confidence, Figure, FigureStatus, Reading, Statement
from schemas.submission import (
    Answer,
    Entity,
    Evidence,
    EvidenceClass,
    EvidenceLevel,
    Period,
    Submission,
)
from scoring.checks import severities
from scoring.rulebook import Rulebook

_SECTION_SHORT = "shortcomings"
_ROLES = ("value", "numerator", "denominator")
_PROVEN = 2
"""Evidence level from which a yes may be taken from words: a named measure or document."""


class Known(NamedTuple):
    """What the user says about the unit; goes before what the document says."""

    entity: str = ""
    level: Level | None = None
    regions: tuple[str, ...] = ()
    year: int | None = None
    settles: bool = False
    """Whether it decides where form and report name different units or years."""


class Drafted(NamedTuple):
    """A submission made from a report."""

    submission: Submission | None
    """Null when unit, level or year cannot be told, and for plans."""
    waiting: tuple[Figure, ...]
    """Figures of scored items that a person must decide on."""
    issues: tuple[Issue, ...]


def draft_submission(reading: Reading, book: Rulebook, known: Known | None = None) -> Drafted:
    """Return the submission a report amounts to.

    Args:
        reading: what was read.
        book: rules; only items of its catalogue become answers.
        known: facts given by the user.
    """
    if reading.document.kind == "plan":
        return Drafted(None, (), reading.issues)
    entity, period, issues = _identity(reading, book, known or Known())
    waiting = tuple(figure for figure in reading.figures if _waits(figure))
    if entity is None or period is None:
        return Drafted(None, waiting, (*reading.issues, *issues))
    answers: dict[str, Answer] = {}
    for answer in _answers(reading, book) if reading.document.kind == "report" else ():
        answers.setdefault(answer.item, answer)
    submission = Submission(
        schema_name="submission/1",
        entity=entity,
        period=period,
        answers=tuple(answers[item] for item in sorted(answers)),
        note=f"取自公开报告 {reading.document.file}",
    )
    kept = sound(submission, book, reading.document.file)
    return Drafted(kept.submission, waiting, (*reading.issues, *issues, *kept.issues))


def _answers(reading: Reading, book: Rulebook) -> Iterable[Answer]:
    """Yield answers in the order they hold: of two on one item the earlier one stands."""
    yield from _numeric(reading, book)
    yield from _qualitative(reading, book)
    yield from _admitted(reading, book, shipped_lexicon())


def answer_of(figure: Figure, reading: Reading) -> Answer:
    """Return the answer one figure amounts to, as value, numerator or denominator."""
    fields: dict[str, object] = {
        "item": figure.feeds,
        figure.role: figure.value,
        "evidence": (evidence_of(figure, reading),),
        "scope": figure.scope,
        "is_approximate": figure.bound is not Bound.EXACT,
        "evidence_level": EvidenceLevel.V3,
    }
    return Answer.model_validate(fields)


def evidence_of(one: Figure | Statement, reading: Reading) -> Evidence:
    """Return the quote with its place, how sure it is, and the figure as printed."""
    document = reading.document
    return Evidence(
        quote=one.quote,
        document=document.file,
        locator=place_of(one.block, one.page),
        dated=document.publish_date,
        confidence=_class_of(one),
        focus=as_printed(one, document.text) if isinstance(one, Figure) else subject_of(one),
    )


def _class_of(one: Figure | Statement) -> EvidenceClass:
    if isinstance(one, Figure):
        if one.status is FigureStatus.PREVIOUS_YEAR:
            return EvidenceClass.PREVIOUS
        sure = one.confidence is Confidence.ACCEPTED
        return EvidenceClass.ACCEPTED if sure else EvidenceClass.REVIEW
    if one.polarity == "negative":
        return EvidenceClass.WEAKNESS
    return EvidenceClass.CLAIM if one.is_claim else EvidenceClass.STATEMENT


def _identity(
    reading: Reading, book: Rulebook, known: Known
) -> tuple[Entity | None, Period | None, tuple[Issue, ...]]:
    document = reading.document
    name, level = known.entity or document.entity, known.level or document.level
    period = document.period
    if known.year is not None:
        period = Period.model_validate({"from": f"{known.year}-01-01", "to": f"{known.year}-12-31"})
    absent = [
        word
        for word, found in (("单位名称", name), ("层级", level), ("报告年度", period))
        if not found
    ]
    if absent or level is None:
        issue = _issue(IssueCode.REPORT_UNIDENTIFIED, reading, book, "、".join(absent))
        return None, period, (issue,)
    entity = Entity(name=name, level=level, regions=known.regions or (name,))
    return entity, period, ()


def _issue(code: IssueCode, reading: Reading, book: Rulebook, found: str) -> Issue:
    location = Location(file=reading.document.file, place="标题")
    return Issue(code=code, severity=severities(book)[code], location=location, found=found)


def _waits(figure: Figure) -> bool:
    achieved = figure.status is FigureStatus.ACHIEVED
    return achieved and figure.feeds is not None and figure.confidence is Confidence.REVIEW


def _numeric(reading: Reading, book: Rulebook) -> Iterable[Answer]:
    by_item: dict[str, list[Figure]] = {}
    for figure in reading.figures:
        if figure.feeds is None or MODEL_FLAG in figure.flags:
            continue
        if figure.feeds in book.items:
            by_item.setdefault(figure.feeds, []).append(figure)
    for item, figures in by_item.items():
        answer = _combined(item, figures, reading)
        if answer is not None:
            yield answer


def _combined(item: str, figures: Sequence[Figure], reading: Reading) -> Answer | None:
    counted = [f for f in figures if f.confidence is Confidence.ACCEPTED]
    if not counted:
        return None
    parts = _parts(counted, reading)
    last_year = next(
        (f for f in figures if f.status is FigureStatus.PREVIOUS_YEAR and f.role == "value"), None
    )
    rate = parts.get("value")
    whole, top = parts.get("denominator"), parts.get("numerator")
    return Answer(
        item=item,
        value=None if rate is None else rate.value,
        numerator=None if top is None else top.value,
        denominator=None if whole is None else whole.value,
        previous=None if last_year is None else last_year.value,
        scope=next((f.scope for f in parts.values() if f.scope), ""),
        is_approximate=any(f.bound is not Bound.EXACT for f in parts.values()),
        evidence_level=EvidenceLevel.V3,
        evidence=tuple(evidence_of(f, reading) for f in (*parts.values(), *_only(last_year))),
    )


def _only(figure: Figure | None) -> tuple[Figure, ...]:
    return () if figure is None else (figure,)


def _parts(counted: Sequence[Figure], reading: Reading) -> dict[str, Figure]:
    """Return value, numerator and denominator, in this order; a rate only with its own counts."""
    found: dict[str, Figure] = {}
    rate = next((one for one in counted if one.role == "value"), None)
    own = counted if rate is None else [rate, *_mates(rate, reading)]
    for role in _ROLES:
        figure = next((one for one in own if one.role == role), None)
        if figure is not None:
            found[role] = figure
    if rate is not None and "denominator" not in found:
        found.pop("numerator", None)
    return found


def _mates(rate: Figure, reading: Reading) -> list[Figure]:
    """Return the accepted counts of a rate, also those proven to be its by arithmetic."""
    if rate.group is None:
        return []
    mates = [one for one in reading.figures if one.group == rate.group and one is not rate]
    waiting = [one for one in mates if one.confidence is Confidence.REVIEW]
    return [one for one in mates if one not in waiting and one.feeds in (rate.feeds, None)]


def _qualitative(reading: Reading, book: Rulebook) -> Iterable[Answer]:
    day = reading.document.publish_date
    if day is not None and "report-published-on" in book.items:
        evidence = Evidence(document=reading.document.file, locator="页面信息", dated=day)
        yield Answer(item="report-published-on", value=day, evidence=(evidence,))
    by_item: dict[str, list[Statement]] = {}
    parts = {answer.item: answer for answer in answers_of_parts(reading, book)}
    yield from parts.values()
    for statement in reading.statements:
        if statement.item in book.items and statement.item not in parts:
            by_item.setdefault(statement.item, []).append(statement)
    for item, statements in by_item.items():
        unit = book.units[book.items[item].unit].dimension
        if unit == "rate":
            answer = _claimed(item, statements, reading)
        elif unit not in ("tier", "yes_no"):
            answer = _happened(item, statements, reading)
        else:
            answer = _stated(item, statements, reading, is_tier=unit == "tier")
        if answer is not None:
            yield answer


def _claimed(item: str, statements: Sequence[Statement], reading: Reading) -> Answer | None:
    """Return a claim of 100 %; a figure of the item, counted or waiting, goes before words."""
    good = [s for s in statements if s.polarity == "positive" and not s.flags]
    if _has_figure(item, reading) or not good:
        return None
    return Answer(
        item=item,
        is_claim=True,
        evidence_level=good[0].evidence_level,
        evidence=(evidence_of(good[0], reading),),
    )


def _has_figure(item: str, reading: Reading) -> bool:
    return any(
        figure.feeds == item and figure.status is FigureStatus.ACHIEVED
        for figure in reading.figures
    )


def _happened(item: str, statements: Sequence[Statement], reading: Reading) -> Answer | None:
    """Return that something was done at least once, where the report does not say how often."""
    good = [s for s in statements if s.polarity == "positive" and not s.flags]
    proven = [s for s in good if int(s.evidence_level[1]) >= _PROVEN]
    if _has_figure(item, reading) or not proven:
        return None
    return Answer(
        item=item,
        value=Decimal(1),
        is_approximate=True,
        evidence_level=EvidenceLevel.V3,
        evidence=(evidence_of(proven[0], reading),),
        note="原文没有写次数，按至少1次计",
    )


def _stated(
    item: str, statements: Sequence[Statement], reading: Reading, *, is_tier: bool
) -> Answer | None:
    good = [s for s in statements if s.polarity == "positive" and not s.flags]
    if not good:
        bad = [s for s in statements if s.polarity == "negative"]
        if not bad:
            return None
        return Answer(item=item, is_weakness=True, evidence=(evidence_of(bad[0], reading),))
    best = max(good, key=lambda s: (s.evidence_level, not s.is_claim))
    rank = int(best.evidence_level[1])
    if not is_tier and rank < _PROVEN:
        return Answer(item=item, evidence=(evidence_of(best, reading),))
    return Answer(
        item=item,
        value=Decimal(rank) if is_tier else True,
        is_claim=not is_tier and best.is_claim,
        evidence_level=best.evidence_level,
        evidence=(evidence_of(best, reading),),
    )


def _admitted(reading: Reading, book: Rulebook, lexicon: Lexicon) -> Iterable[Answer]:
    """Yield scored items without a figure that the shortcomings name."""
    document = reading.document
    blocks = [
        document.blocks[index]
        for section in reading.sections
        if section.role.value == _SECTION_SHORT
        for index in range(section.first_block, section.last_block + 1)
    ]
    for term in lexicon.terms:
        item = term.entry.item
        if item is None or item not in book.items or term.entry.role != "value":
            continue
        for block in blocks:
            text = document.text[block.start : block.end]
            match = next((m for head in term.heads if (m := head.search(text))), None)
            if match is None or match.end() - match.start() < 3:
                continue
            start = max(match.start() - 20, 0)
            quote = text[start : match.end() + 20]
            evidence = Evidence(
                quote=quote,
                document=document.file,
                locator=place_of(block.index, block.page),
                confidence=EvidenceClass.WEAKNESS,
            )
            yield Answer(item=item, is_weakness=True, evidence=(evidence,))
            break
