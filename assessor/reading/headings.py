"""What headings and opening sentences say of the part they stand above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.genres import genre_of
from schemas.reading import SectionRole
from scoring.yaml_strict import parse_yaml

_CLAUSE = re.compile(r"[,，;；:：]")
_SENTENCE = re.compile(r"[。!！?？\n]")
_YEAR = re.compile(r"(20[0-3]\d)年")
_FIRST_SENTENCE = 160
_MAY_TURN = re.compile(r"[。;；]\s{0,4}(?=[下今展明来接未后新2]|[^。;；:：\n]{2,120}[:：])")
"""Ends of sentences behind which a plan may begin."""
_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、]"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）])\s*"
)


class _Rule(NamedTuple):
    role: SectionRole
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    nominal: bool


class _Rules(NamedTuple):
    rules: tuple[_Rule, ...]
    action: re.Pattern[str]
    looks_back: re.Pattern[str]
    occasion: re.Pattern[str]
    attachment: re.Pattern[str]
    attached_results: re.Pattern[str]
    ahead: re.Pattern[str]
    this_year_will: re.Pattern[str]
    later_year: re.Pattern[str]
    wills: re.Pattern[str]
    announces: re.Pattern[str]
    done: re.Pattern[str]
    goals: re.Pattern[str]
    answers: re.Pattern[str]


@cache
def _rules() -> _Rules:
    path = Path(str(files("assessor.reading") / "sections.yaml"))
    data: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    rules = tuple(
        _Rule(
            SectionRole(row["role"]),
            re.compile(row["find"]),
            re.compile(row["unless"]) if "unless" in row else None,
            row.get("nominal", False),
        )
        for row in data["rules"]
    )
    return _Rules(rules, *(re.compile(data[name]) for name in _Rules._fields[1:]))


def role_of(heading: str, year: int | None) -> SectionRole | None:
    """Return what a heading says its part is about; None when it names a matter only.

    Args:
        heading: with or without its number.
        year: reporting year; a heading with the year after it speaks of plans.
    """
    text = _NUMBER.sub("", heading)
    clauses = _CLAUSE.split(text)
    first = next((rule for rule in _rules().rules if _fits(rule, clauses)), None)
    if first is not None and first.role is SectionRole.FIRST_RESPONSIBLE:
        return first.role
    if is_later(text, year):
        return SectionRole.NEXT_YEAR
    return None if first is None else first.role


def _fits(rule: _Rule, clauses: Sequence[str]) -> bool:
    """Return whether a rule fits one of the clauses of a heading."""
    for clause in clauses:
        found = rule.find.search(clause)
        if found is None or (rule.unless is not None and rule.unless.search(clause)):
            continue
        if not rule.nominal or not _rules().action.match(clause):
            return True
    return False


def names_shortcomings(heading: str) -> bool:
    """Return whether a heading speaks of what is not good enough, if of other matters too."""
    clauses = _CLAUSE.split(_NUMBER.sub("", heading))
    rules = (rule for rule in _rules().rules if rule.role is SectionRole.SHORTCOMINGS)
    return any(_fits(rule, clauses) for rule in rules)


def is_later(text: str, year: int | None) -> bool:
    """Return whether a text names the year after the reporting year, other than in a date."""
    years = _YEAR.findall(_rules().occasion.sub("", text))
    return year is not None and any(int(one) == year + 1 for one in years)


def looks_back(heading: str) -> bool:
    """Return whether a heading says that results follow."""
    return bool(_rules().looks_back.search(heading))


def is_title_of_report(line: str) -> bool:
    """Return whether a line reads like the title of a report."""
    genre = genre_of(line)
    return genre is not None and genre.kind == "report"


def attached_role(line: str, year: int | None) -> SectionRole | None:
    """Return what an attachment behind a report holds by its name; None for other lines."""
    named = _rules().attachment.match(line)
    return None if named is None else annex_role(line[named.end() :].strip(), year)


def annex_role(title: str, year: int | None) -> SectionRole:
    """Return what a paper with this title holds when it is attached to a report."""
    genre = genre_of(title)
    if is_later(title, year) or (genre is not None and genre.kind in ("plan", "demand")):
        return SectionRole.NEXT_YEAR
    is_ours = year is not None and f"{year}年" in title
    if is_ours or genre is not None or _rules().attached_results.search(title):
        return SectionRole.RESULTS
    return SectionRole.OTHER


def starts_plans(text: str, year: int | None) -> bool:
    """Return whether a paragraph or sentence opens with what is planned."""
    rules, first = _rules(), _SENTENCE.split(text, maxsplit=1)[0][:_FIRST_SENTENCE]
    if rules.done.search(first) and not rules.ahead.match(first):
        return False
    if rules.ahead.match(first) or rules.goals.match(first):
        return True
    named = _YEAR.match(first)
    if named is not None and _YEAR.match(rules.occasion.sub("", first)):
        is_own = year is not None and int(named.group(1)) <= year
        if not is_own and rules.later_year.search(first[6:90]):
            return True
        if not is_own and year is None and "将" in first[6:30]:
            return True
    if rules.this_year_will.match(first):
        return True
    return opens_plans(text)


def opens_plans(text: str) -> bool:
    """Return whether a sentence wills something and announces a list of it."""
    rules, first = _rules(), _SENTENCE.split(text, maxsplit=1)[0][:_FIRST_SENTENCE]
    if rules.done.search(first) or not rules.wills.search(first):
        return False
    return bool(rules.announces.search(first[-40:]))


def opens_list(text: str) -> bool:
    """Return whether a paragraph's first sentence announces a list."""
    first = _SENTENCE.split(text, maxsplit=1)[0][:_FIRST_SENTENCE]
    return text[-1:] in ":：" or bool(_rules().announces.search(first[-40:]))


def answers_doubts(text: str) -> bool:
    """Return whether a paragraph turns from shortcomings to what is done about them."""
    return bool(_rules().answers.match(text))


def plans_begin(text: str, year: int | None) -> int | None:
    """Return where in a paragraph, behind its first sentence, it turns to plans; None if never."""
    for found in _MAY_TURN.finditer(text):
        rest = text[found.end() : found.end() + _FIRST_SENTENCE]
        named = _YEAR.match(rest)
        is_ahead = _rules().ahead.match(rest) is not None
        is_later_year = named is not None and year is not None and int(named.group(1)) > year
        is_list = named is None and rest.find("：") + rest.find(":") > -2 and opens_plans(rest)
        if is_ahead or is_list or (is_later_year and starts_plans(rest, year)):
            return found.end()
    return None
