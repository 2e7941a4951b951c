"""Which way a statement cuts: done, denied or wanting, or only promised, demanded or under way."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from schemas.reading import SectionRole
from scoring.yaml_strict import parse_yaml

Polarity = Literal["positive", "negative", "planned"]

_TITLE = re.compile(r"《[^》]{0,80}》")
_BREAK = re.compile(r",(?!(?<=\d,)\d{3}(?!\d))|[:，：]")
_NOTHING = re.compile(r"(?!)")
_FILLER = "□"


class Stance(NamedTuple):
    """Which way a sentence cuts for one matter, and how much its words are worth."""

    polarity: Polarity
    is_weak: bool = False
    """Demanded, under way or doubly denied: no proof that it was done."""
    is_open: bool = False
    """Not done yet, where the matter is a fact that is there or is not."""


class Scope(NamedTuple):
    """The clauses of a sentence that speak of a matter; offsets, end exclusive."""

    start: int
    end: int


@cache
def words(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of polarity.yaml."""
    return _all_words().get(name, _NOTHING)


@cache
def _all_words() -> dict[str, re.Pattern[str]]:
    path = Path(str(files("assessor.reading") / "polarity.yaml"))
    document: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    return {
        name: re.compile("|".join(entries))
        for name, entries in document.items()
        if name != "schema"
    }


@lru_cache(maxsize=256)  # one sentence is looked at for several matters
def blank(text: str, pattern: re.Pattern[str]) -> str:
    """Return a text of the same length with what a pattern matches blanked out."""
    return pattern.sub(lambda found: _FILLER * len(found.group()), text)


def scope_of(text: str, start: int, end: int) -> Scope:
    """Return the clauses a stretch of a sentence touches."""
    breaks = _breaks(text)
    before, behind = bisect_left(breaks, start), bisect_left(breaks, end)
    first = breaks[before - 1] + 1 if before else 0
    return Scope(first, breaks[behind] if behind < len(breaks) else len(text))


@lru_cache(maxsize=256)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(found.start() for found in _BREAK.finditer(text))


def stance_of(  # noqa: PLR0913 - a sentence and everything its meaning hangs on
    text: str, start: int, end: int, role: SectionRole, kind: str, *, may_end: bool = False
) -> Stance:
    """Return which way a sentence cuts for the matter named from `start` to `end`.

    Args:
        text: normalised sentence.
        start: of the words that name the matter.
        end: of these words, exclusive.
        role: what the section, or the rest of the paragraph, is about.
        kind: kind of the document; a plan only promises.
        may_end: giving it up is what is wanted, as with certificates that are no longer asked for.
    """
    if kind == "plan" or role is SectionRole.NEXT_YEAR:
        return Stance("planned")
    bare = blank(text, _TITLE)
    scope = _with_next(bare, scope_of(text, start, end))
    own = bare[scope.start : scope.end]
    if _is_promised(bare, scope, own):
        return Stance("planned")
    if role in (SectionRole.SHORTCOMINGS, SectionRole.CAUSES):
        return Stance("negative")
    doubled = words("doubled").search(own) is not None
    heard = blank(blank(bare, words("doubled")), words("silent"))
    is_ended = not may_end and _is_ended(heard, start, end, scope)
    if is_ended or _is_denied(heard[scope.start : scope.end]):
        return Stance("negative")
    return _pushed(blank(bare, words("as_told")), scope, start, end, doubled=doubled)


def _with_next(text: str, scope: Scope) -> Scope:
    """Return a scope with the next clause, where that only goes on to deny or promise."""
    after = text[scope.end + 1 :]
    silent = blank(after, words("silent"))
    if words("perfect").search(text, scope.start, scope.end) or not words("elliptic").match(silent):
        return scope
    return Scope(scope.start, scope_of(text, scope.end + 1, scope.end + 2).end)


def _is_promised(text: str, scope: Scope, own: str) -> bool:
    if words("ahead").search(own) or words("promised").search(own):
        return True
    return bool(words("ahead").search(text, 0, scope.start)) and not words("done").search(own)


def _is_denied(heard: str) -> bool:
    return bool(words("denied").search(heard) or words("weak").search(heard))


def _is_ended(text: str, start: int, end: int, scope: Scope) -> bool:
    before, behind = text[scope.start : start], text[end : scope.end]
    return bool(words("ended_before").search(before) or words("ended_behind").match(behind))


def _pushed(text: str, scope: Scope, start: int, end: int, *, doubled: bool) -> Stance:
    """Return how much a positive statement is worth: told to do, under way, or done."""
    before = text[scope.start : start]
    demanded = words("demanded").search(text, scope.start, end) or (
        words("demanded_ahead").search(text, 0, scope.start)
        and not words("done").search(text, scope.start, scope.end)
    )
    hard = demanded or words("pushed_hard").search(before)
    weak = doubled or hard or words("pushed").search(before)
    return Stance("positive", is_weak=bool(weak), is_open=bool(hard))


def role_after(text: str, role: SectionRole) -> SectionRole:
    """Return what the rest of a paragraph is about from a sentence on."""
    if role in (SectionRole.NEXT_YEAR, SectionRole.SHORTCOMINGS, SectionRole.CAUSES):
        return role
    if words("turns_plan").match(text):
        return SectionRole.NEXT_YEAR
    return SectionRole.SHORTCOMINGS if words("turns_short").match(text) else role
