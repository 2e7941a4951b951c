"""What kind of paper a document is: a report, a plan, demands on others, or none of them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from scoring.yaml_strict import parse_yaml

Kind = Literal["report", "plan", "demand", "other"]

_SPACE = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_LONGEST = 200
_SAMPLE = 20_000


class Genre(NamedTuple):
    """A word of a title that names a kind of paper."""

    kind: Kind
    word: str
    start: int
    end: int


class _Rules(NamedTuple):
    kind_of_word: dict[str, Kind]
    words: re.Pattern[str]
    of_others: re.Pattern[str]
    carries: re.Pattern[str]
    carried_out: re.Pattern[str]
    joins: re.Pattern[str]
    labels: re.Pattern[str]
    remarks: re.Pattern[str]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _rules() -> _Rules:
    path = Path(str(files("assessor.reading") / "genres.yaml"))
    data: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    words: dict[str, Kind] = {word: row["kind"] for row in data["kinds"] for word in row["words"]}
    longest_first = sorted(words, key=len, reverse=True)
    rest = [re.compile(data[name]) for name in _Rules._fields[2:]]
    return _Rules(words, re.compile("|".join(longest_first)), *rest)


def plain_title(title: str) -> str:
    """Return a title in one shape: half-width, without spaces and without labels before it."""
    text = unicodedata.normalize("NFKC", title[:_LONGEST])
    return _rules().labels.sub("", _SPACE.sub("", text))


def genres_of(plain: str) -> list[Genre]:
    """Return the words of a plain title that name kinds of papers, in order."""
    rules = _rules()
    return [
        Genre(rules.kind_of_word[found.group()], found.group(), found.start(), found.end())
        for found in rules.words.finditer(plain)
    ]


def genre_of(title: str) -> Genre | None:
    """Return the word that decides what kind of paper a title names; None without one."""
    rules = _rules()
    plain = rules.remarks.sub("", plain_title(title))
    carried = rules.carries.search(plain)
    inner = genre_of(carried.group()[2:]) if carried else None
    if inner is not None:
        return inner
    others = rules.of_others.search(plain)
    if others is not None:
        return Genre("other", others.group(), *others.span())
    found = genres_of(plain)
    if not found:
        return None
    return _deciding(plain, found)


def _deciding(plain: str, found: list[Genre]) -> Genre:
    """Return which of several words decides: the last, unless a report is named beside plans."""
    last = found[-1]
    if last.kind == "report":
        before = found[-2] if len(found) > 1 else None
        is_of_plan = before is not None and before.kind == "plan"
        is_joined = before is not None and plain[before.end : last.start] == "的"
        return _of_plan(plain, found) if is_of_plan and is_joined else last
    report = next((one for one in reversed(found) if one.kind == "report"), None)
    if report is None or last.kind == "other":
        return last
    return report if _rules().joins.match(plain[report.end : last.start]) else last


def _of_plan(plain: str, found: list[Genre]) -> Genre:
    """Return what …计划的报告 is: a plan, unless it tells how the plan was carried out."""
    looks_back = any(one.kind == "report" for one in found[:-2])
    if looks_back or _rules().carried_out.search(plain[: found[-2].start]):
        return found[-1]
    return found[-2]


def kind_by_words(text: str) -> Kind:
    """Return the kind of a document whose title does not tell it."""
    sample = unicodedata.normalize("NFKC", text[:_SAMPLE])
    ahead = sum(1 for _ in _rules().ahead.finditer(sample))
    behind = sum(1 for _ in _rules().behind.finditer(sample))
    if ahead == behind == 0:
        return "other"
    return "plan" if ahead > behind * 2 else "report"
